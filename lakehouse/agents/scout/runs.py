"""Rows that are no single element: runs of siblings, and segments of a text."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from lakehouse.agents.scout.outline import Element, text_of
from lakehouse.agents.scout.region import Region
from lakehouse.agents.scout.rows import Row
from lakehouse.fetcher.group import LONGEST

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from selectolax.lexbor import LexborNode


def runs_below(parent: Element) -> Iterator[Region]:
    """Runs among the children of an element: each begins with a child of a kind that comes back."""
    kinds: dict[tuple[Hashable, ...], list[Element]] = defaultdict(list)
    for child in parent.children:
        kinds[_likeness(child)].append(child)
    for key, starters in kinds.items():
        if 3 <= len(starters) <= 0.62 * len(parent.children) and key[0] != "br":
            yield from runs_from(f"siblings:{key[0]}", starters)


def _likeness(element: Element) -> tuple[Hashable, ...]:
    first = element.children[0] if element.children else None
    tells = element.tag in ("tr", "p", "div", "td") and first is not None
    width = len(element.children) if element.tag == "tr" else 0
    span = first.attributes.get("colspan") if first is not None and element.tag == "tr" else None
    return element.tag, element.classes[:1], width, first.tag if tells and first is not None else "", span


def runs_from(kind: str, starters: Sequence[Element]) -> Iterator[Region]:
    """The region of the rows that begin with the starters and go on to the next of them."""
    ends = set(starters)
    rows = [Row(_run(starter, ends), starter.parent) for starter in starters]
    kept = [(row, starter) for row, starter in zip(rows, starters, strict=True) if len(row.text) >= 3]
    yield Region("runs", f"run:{kind}", [row for row, _ in kept], [starter for _, starter in kept])


def _run(starter: Element, ends: set[Element]) -> list[Element | LexborNode]:
    if starter.parent is None:
        return [starter]
    siblings = starter.parent.content
    run: list[Element | LexborNode] = []
    for part in siblings[siblings.index(starter) :]:
        if (run and part in ends) or len(run) >= LONGEST:
            break
        run.append(part)
    return run


def segments_below(parent: Element) -> Iterator[Region]:
    """The segments of an element's content, where breaks or rules part it."""
    breaks = sum(child.tag == "br" for child in parent.children)
    rules = sum(child.tag == "hr" for child in parent.children)
    for separator in ("br", "br br", "hr"):
        if breaks >= 3 if separator != "hr" else rules >= 2:
            rows = [row for row in segments(parent, separator) if row.text]
            if len(rows) >= 3:
                yield Region("segments", f"segment:{separator}", rows, [parent] * len(rows), parent)


def segments(parent: Element, separator: str) -> list[Row]:
    """The content of `parent` split at each `<br>`, each blank line (`br br`) or each `<hr>`."""
    rows: list[list[Element | LexborNode]] = [[]]
    blank = True
    for part in parent.content:
        tag = part.tag if isinstance(part, Element) else ""
        ends = tag == "hr" or (tag == "br" and (separator == "br" or (separator == "br br" and blank)))
        if ends:
            rows.append([])
        else:
            rows[-1].append(part)
        if tag:
            blank = tag == "br"
        elif text_of(part).strip():
            blank = False
    return [Row(parts, parent) for parts in rows]
