"""Values that are printed once above several rows: the headings of groups, the date of a section."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from lakehouse.fetcher.marks import DATE

if TYPE_CHECKING:
    from lakehouse.agents.scout.outline import Element, Outline
    from lakehouse.agents.scout.rows import Row

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "dt", "th"})
SHORT = frozenset(
    {"strong", "b", "p", "u", "span", "font", "td", "div", "li", "center", "em", "time", "legend", "summary"}
)


def heads(page: Outline, rows: list[Row]) -> list[str]:
    """CSS of the elements above rows whose text may belong to each row below them."""
    inside = _spans(rows)
    starts = [start for start, _ in inside]
    if not starts:
        return []
    groups: dict[str, list[Element]] = defaultdict(list)
    spoiled: set[str] = set()
    for element in page.elements:
        if element.tag not in HEADINGS and element.tag not in SHORT:
            continue
        for css in _names(element):
            if _within(element, inside, starts):
                spoiled.add(css)
            elif not (element.order < starts[0] <= element.end or any(True for _ in ()) or _around(element, starts)):
                groups[css].append(element)
    return [css for css, group in groups.items() if css not in spoiled and _tells(group, starts)]


def _names(element: Element) -> list[str]:
    return [f"{element.tag}.{name}" for name in element.classes[:2]] + [element.tag]


def _spans(rows: list[Row]) -> list[tuple[int, int]]:
    return sorted((row.tops[0].order, row.tops[-1].end) for row in rows if row.tops)


def _within(element: Element, spans: list[tuple[int, int]], starts: list[int]) -> bool:
    index = bisect_left(starts, element.order + 1) - 1
    return index >= 0 and spans[index][0] <= element.order <= spans[index][1]


def _around(element: Element, starts: list[int]) -> bool:
    index = bisect_left(starts, element.order)
    return index < len(starts) and starts[index] <= element.end


def _tells(group: list[Element], starts: list[int]) -> bool:
    before = [element for element in group if element.order < starts[-1] and 1 < len(element.text) <= 160]
    if not before:
        return False
    between = sum(element.order > starts[0] for element in before)
    last = [element for element in before if element.order < starts[0]][-1:]
    if between:
        return len(last) == 1 or between >= 2
    return before[-1].tag in HEADINGS or any(DATE.search(element.text) for element in last)
