"""Cuts a value out of longer text: between constant frames, as a piece of a list, or by a pattern."""

from __future__ import annotations

import re
from typing import TypedDict

from lakehouse.fetcher.marks import trim


class Cut(TypedDict, total=False):
    """The cutting options that all readers of single values take."""

    after: str | re.Pattern[str] | None
    """Only what stands after this; nothing, where it is not there."""

    before: str | re.Pattern[str] | None
    """Only what stands before this; to the end, where it is not there."""

    separator: str | None
    """Part the text here, and take one piece."""

    part: int
    """Number of the piece, from 0, or from the end with -1."""

    pattern: str | re.Pattern[str] | None
    """A regular expression; its first group, or else the whole match."""


def cut(text: str, options: Cut) -> str:
    """Return the piece of a text that the options frame, or "" where it is not there."""
    if (after := options.get("after")) is not None:
        text = text.partition(after)[2] if isinstance(after, str) else trim(part_at(text, after)[1])
    if (before := options.get("before")) is not None:
        text = text.partition(before)[0] if isinstance(before, str) else trim(part_at(text, before)[0])
    if (separator := options.get("separator")) is not None:
        text = _piece(text.split(separator), options.get("part", 0))
    if (pattern := options.get("pattern")) is not None:
        text = _matched(text, pattern)
    return text.strip()


def part_at(text: str, mark: re.Pattern[str]) -> tuple[str, str]:
    """Return what stands before and after the first match of a mark; all before, where there is none."""
    match = mark.search(text)
    return (text[: match.start()], text[match.end() :]) if match else (text, "")


def _piece(pieces: list[str], part: int) -> str:
    return pieces[part] if -len(pieces) <= part < len(pieces) else ""


def _matched(text: str, pattern: str | re.Pattern[str]) -> str:
    match = re.search(pattern, text)
    if not match:
        return ""
    return (match[1] if match.re.groups else match[0]) or ""
