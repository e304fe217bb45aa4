"""Log lines go to stderr, from the severity that the settings ask for."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator

import pytest
import structlog

from lakehouse.logs import configure_logs


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def test_lines_below_the_level_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("WARNING")
    log = structlog.get_logger("test")
    log.info("unimportant")
    log.warning("important", source="books")
    said = capsys.readouterr()
    assert said.out == ""
    assert "unimportant" not in said.err
    assert "important" in said.err
    assert "books" in said.err


def test_stderr_may_be_redirected_after_the_fact() -> None:
    configure_logs("INFO")
    log = structlog.get_logger("test")
    first, second = io.StringIO(), io.StringIO()
    with contextlib.redirect_stderr(first):
        log.info("one")
    first.close()
    with contextlib.redirect_stderr(second):
        log.info("two")
    assert "two" in second.getvalue()
