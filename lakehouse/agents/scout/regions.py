"""Regions of a page whose parts repeat: every group of like elements that could be the rows of a list."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from lakehouse.agents.once import told_once
from lakehouse.agents.scout.cells import names_columns
from lakehouse.agents.scout.region import Region
from lakehouse.agents.scout.rows import Row, leads
from lakehouse.agents.scout.runs import runs_below, runs_from, segments_below

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from lakehouse.agents.scout.outline import Element, Outline

PHRASES = frozenset({"span", "b", "i", "font", "strong", "em", "u", "small"})
BARE = PHRASES | {"td", "th", "a"}
NEVER = frozenset({"html", "body", "br", "img", "hr", "wbr", "input"})


@told_once
def regions(page: Outline) -> list[Region]:
    """All candidate regions of the page, each set of rows once, unranked."""
    found: dict[tuple[str, tuple[int, ...]], Region] = {}
    for region in _all(page):
        if len(region.rows) >= 2:
            found.setdefault(region.key, region)
    return list(found.values())


def _all(page: Outline) -> Iterator[Region]:
    for key, group in _groups(page).items():
        kind = str(key[0])
        if kind != "link":
            yield from _selected(kind, group)
        if kind == "link" or (group[0].tag == "a" and len(group) > 2 and kind in ("class", "path")):
            yield from _around_links(kind, group)
    for element in page.elements:
        if len(element.children) >= 3:
            yield from runs_below(element)
            yield from segments_below(element)


def _groups(page: Outline) -> dict[tuple[Hashable, ...], list[Element]]:
    groups: dict[tuple[Hashable, ...], list[Element]] = defaultdict(list)
    for element in page.elements:
        if element.tag not in NEVER and element.parent is not None:
            for key in _keys(element):
                groups[key].append(element)
    return groups


def _keys(element: Element) -> Iterator[tuple[Hashable, ...]]:
    tag, names = element.tag, element.classes
    if tag not in BARE or names:
        yield "siblings", element.parent, tag
    if names:
        yield "siblings", element.parent, tag, names
        yield "class", tag, names
        for name in names[:3]:
            yield "class", tag, name
    if tag in PHRASES:
        return
    ancestry = [element, *element.above()][:5]
    yield "path", tuple((up.tag, up.classes[:1]) for up in ancestry), element.depth
    yield "tags", tuple(up.tag for up in ancestry[:4])
    if tag == "tr":
        yield "table-row", len(element.children)
    if tag == "a" and leads(element):
        yield "link", _link_shape(element.attributes["href"])


def _link_shape(href: str) -> tuple[str, str]:
    path = href.partition("?")[0]
    ending = re.search(r"\.([a-z0-9]{2,5})$", path, re.IGNORECASE)
    return re.sub(r"[^/]*$", "", re.sub(r"\d+", "9", path)), ending[1].lower() if ending else ""


def _selected(kind: str, group: Sequence[Element]) -> Iterator[Region]:
    rows = [element for element in group if len(element.text) >= 3 or element.attributes.get("href")]
    rows = [row for row in rows if not names_columns(row)] or rows
    inside = set(rows)
    if any(up in inside for row in rows[:4] for up in row.above()):
        return
    yield Region("select", f"{kind}:{group[0].tag}", [Row([row]) for row in rows], list(rows))


def _around_links(kind: str, group: list[Element]) -> Iterator[Region]:
    if len(group) < 3:
        return
    holds: dict[Element, int] = defaultdict(int)
    for link in group:
        for up in link.above():
            holds[up] += 1
    tops = _alike([_widest(link, holds) for link in group])
    yield from _selected(f"around-{kind}", tops)
    if len({top.parent for top in tops}) < len(tops) * 0.8:
        yield from runs_from(f"around-{kind}", tops)
    yield from _selected(kind, group)


def _alike(tops: list[Element]) -> list[Element]:
    tag, _ = Counter(top.tag for top in tops).most_common(1)[0]
    return [top for top in dict.fromkeys(tops) if top.tag == tag]


def _widest(link: Element, holds: dict[Element, int]) -> Element:
    top = link
    while top.parent is not None and top.parent.tag != "body" and holds[top.parent] == 1:
        top = top.parent
    return top
