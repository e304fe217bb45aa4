"""A page as lines that a person can compare: its structure and its text, without what repeats."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, islice
from typing import Any, Literal, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from lakehouse.agents.scout.outline import Element, outline
from lakehouse.fetcher import Page
from lakehouse.fetcher.errors import PageError

MOST_LINES = 300
LONGEST_LINE = 140
ALIKE = 3
"""Neighbours of one form that are shown before the others are only counted."""


class Pair(NamedTuple):
    """Lines of two pages that stand beside each other; of what only one of them has, the other line is empty."""

    before: str
    after: str
    kind: Literal["same", "changed", "gone", "new"]


def lines_of(page: Page) -> list[str]:
    """Return the lines of a page: the tree of an HTML page, the indented document of JSON, else its text."""
    if page.body.startswith(b"%PDF"):
        # Reading one can take long, and a report is not made in the sandbox.
        found: Iterator[str] = iter([f"(a PDF of {len(page.body):,} bytes)"])
    elif page.is_json:
        found = _json_lines(page)
    elif "<" in page.text:
        root = LexborHTMLParser(page.text).root
        found = _tree(outline(root).root) if root else iter(())
    else:
        found = iter(page.text.splitlines())
    return [_cut(line) for line in islice(found, MOST_LINES)]


def beside(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """Return the lines of two pages side by side, as far as they are the same in line."""
    pairs: list[Pair] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs += [Pair(line, line, "same") for line in before[a:b]]
            continue
        both = min(b - a, d - c)
        pairs += [Pair(*lines, "changed") for lines in zip(before[a:b], after[c:d], strict=False)]
        pairs += [Pair(line, "", "gone") for line in before[a + both : b]]
        pairs += [Pair("", line, "new") for line in after[c + both : d]]
    return pairs


def _tree(element: Element, depth: int = 0) -> Iterator[str]:
    own = " ".join(
        " ".join(part.text_content or "" for part in element.content if not isinstance(part, Element)).split()
    )
    yield "  " * depth + _name(element) + (f"  {own}" if own else "")
    for name, group in groupby(element.children, key=_name):
        alike = list(group)
        for child in alike[:ALIKE]:
            yield from _tree(child, depth + 1)
        if len(alike) > ALIKE:
            yield "  " * (depth + 1) + f"… {len(alike) - ALIKE} more {name}"


def _name(element: Element) -> str:
    return ".".join((element.tag, *element.classes[:2]))


def _json_lines(page: Page) -> Iterator[str]:
    try:
        document = page.document
    except PageError as error:
        yield f"({error})"
        yield from page.text.splitlines()
        return
    yield from json.dumps(_short(document), indent=2, ensure_ascii=False, default=str).splitlines()


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _short(item) for key, item in value.items()}
    if isinstance(value, list):
        more = [f"… {len(value) - ALIKE} more"] if len(value) > ALIKE else []
        return [*map(_short, value[:ALIKE]), *more]
    return value


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…"
