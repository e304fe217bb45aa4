"""Values that are printed once above several rows: the headings of groups, the date of a section."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from lakehouse.agents.once import told_once
from lakehouse.agents.scout.words import is_steady
from lakehouse.fetcher.marks import DATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lakehouse.agents.scout.outline import Element, Outline
    from lakehouse.agents.scout.rows import Row

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "dt", "th"})
LONGEST = 160
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
    for element, names in _named(page):
        for css in names:
            if _within(element, inside, starts):
                spoiled.add(css)
            elif not _around(element, starts):
                groups[css].append(element)
    return [css for css, group in groups.items() if css not in spoiled and _tells(group, starts)]


@told_once
def _named(page: Outline) -> list[tuple[Element, list[str]]]:
    """The elements of a page that may head rows, and CSS that finds them."""
    return [(element, list(_names(element))) for element in page.elements if element.tag in HEADINGS | SHORT]


def _names(element: Element) -> Iterator[str]:
    yield from (f"{element.tag}.{name}" for name in element.classes[:2])
    yield element.tag
    # A day stands above a whole list as often as above its parts, and then in an element like many others.
    if len(element.text) <= LONGEST and DATE.search(element.text):
        if is_steady(element.attributes.get("id", "")):
            yield f"#{element.attributes['id']}"
        yield from (f"{above} {element.tag}" for above in _around_it(element))


def _around_it(element: Element) -> Iterator[str]:
    """Names of what an element stands in, as far as they say more than its tag."""
    for up in list(element.above())[:3]:
        if is_steady(up.attributes.get("id", "")):
            yield f"#{up.attributes['id']} >" if up is element.parent else f"#{up.attributes['id']}"
        yield from (f"{up.tag}.{name} >" if up is element.parent else f"{up.tag}.{name}" for name in up.classes[:1])
        if up.tag in ("thead", "caption", "header", "h1", "h2", "h3"):
            yield up.tag


def _spans(rows: list[Row]) -> list[tuple[int, int]]:
    return sorted((row.tops[0].order, row.tops[-1].end) for row in rows if row.tops)


def _within(element: Element, spans: list[tuple[int, int]], starts: list[int]) -> bool:
    index = bisect_left(starts, element.order + 1) - 1
    return index >= 0 and spans[index][0] <= element.order <= spans[index][1]


def _around(element: Element, starts: list[int]) -> bool:
    index = bisect_left(starts, element.order)
    return index < len(starts) and starts[index] <= element.end


def _tells(group: list[Element], starts: list[int]) -> bool:
    before = [element for element in group if element.order < starts[-1] and 1 < len(element.text) <= LONGEST]
    if not before:
        return False
    between = sum(element.order > starts[0] for element in before)
    last = [element for element in before if element.order < starts[0]][-1:]
    if between:
        return len(last) == 1 or between >= 2
    return before[-1].tag in HEADINGS or any(DATE.search(element.text) for element in last)
