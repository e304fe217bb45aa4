"""The difference of two releases' code, as `diff -u` shows it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.registry import Registry, Release
from lakehouse.registry.diff import code_diff

LINES = st.lists(st.sampled_from(["a\n", "b\n", "\n", "c\f\n", "d\u2028e\n"]), max_size=8).map("".join)
CODE = st.builds(str.__add__, LINES, st.sampled_from(["", "last"]))


def _release(number: int, code: str) -> Release:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    note = {"source": "opinions", "number": number, "created_at": at, "author": "", "reason": "", "parent": None}
    return Release(**note, sha256="", code=code, blueprint={}, proof={})


def test_what_changed_is_shown_with_the_names_of_both_releases(
    registry: Registry, release: Callable[[str], Release]
) -> None:
    release("a")
    release("b")
    lines = registry.diff("opinions", 1, 2).splitlines()
    assert lines[:2] == ["--- opinions/0001/fetcher.py", "+++ opinions/0002/fetcher.py"]
    changed = [line for line in lines[2:] if line[0] in "+-"]
    assert changed == [
        '-        yield {"title": text(row, "a"), "docket": text(row, "td")}',
        '+        yield {"title": text(row, "b"), "docket": text(row, "td")}',
    ]


def test_two_releases_with_the_same_code_show_nothing(registry: Registry, release: Callable[[str], Release]) -> None:
    release("a")
    release("a")
    assert registry.diff("opinions", 1, 2) == ""


def test_a_missing_last_line_end_is_marked() -> None:
    assert code_diff(_release(1, "a\n"), _release(2, "a")).endswith("-a\n+a\n\\ No newline at end of file\n")


@pytest.mark.skipif(not shutil.which("patch"), reason="the command `patch` is not installed")
@settings(max_examples=25, deadline=None)
@given(CODE, CODE)
def test_patch_makes_the_second_release_of_the_first(tmp_path_factory, before: str, after: str) -> None:
    folder: Path = tmp_path_factory.mktemp("patch")
    (folder / "fetcher.py").write_bytes(before.encode())
    difference = code_diff(_release(1, before), _release(2, after))
    if difference:
        command = ["patch", "--quiet", "--binary", str(folder / "fetcher.py")]
        subprocess.run(command, input=difference.encode(), check=True, timeout=30)
    patched = (folder / "fetcher.py").read_bytes() if (folder / "fetcher.py").exists() else b""
    assert patched == after.encode()
