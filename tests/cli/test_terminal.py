"""What a page says cannot play with the terminal of the person who reads it."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.cli.output import complain, harmless, print_json, print_rows, say

HOSTILE = "red \x1b[31mtext\x1b]0;title\x07 \x9b2J\u202eback\r\ud800"


def test_tables_errors_and_remarks_hold_no_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows([{"title": HOSTILE}])
    print_json({"title": HOSTILE})
    complain(HOSTILE)
    say(HOSTILE)
    said = capsys.readouterr()
    for text in (said.out, said.err):
        assert "red" in text
        assert not set(text) & {"\x1b", "\x07", "\x9b", "\u202e", "\r", "\ud800"}


@given(st.text())
def test_json_without_them_means_the_same(text: str) -> None:
    with redirect_stdout(StringIO()) as out:
        print_json([text])
    assert json.loads(out.getvalue()) == [text]


@given(st.text())
def test_text_keeps_every_mark_that_can_be_seen(text: str) -> None:
    assert harmless(harmless(text)) == harmless(text)
    assert [mark for mark in harmless(text) if mark.isprintable()] == [
        mark for mark in text if mark.isprintable() and mark in harmless(text)
    ]
