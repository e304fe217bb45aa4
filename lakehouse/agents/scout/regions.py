"""Regions of a page whose parts repeat: every group of like elements that could be the rows of a list."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lakehouse.agents.scout.outline import Element, Outline
from lakehouse.agents.scout.rows import Row, leads

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

PHRASES = frozenset({"span", "b", "i", "font", "strong", "em", "u", "small"})
BARE = PHRASES | {"td", "th", "a"}
NEVER = frozenset({"html", "body", "br", "img", "hr", "wbr", "input"})


@dataclass(eq=False)
class Region:
    """Rows that look alike; `form` says how they are formed and `starters` are the elements that begin them."""

    form: str
    kind: str
    rows: list[Row]
    starters: list[Element]
    container: Element | None = None
    score: float = 0.0

    @property
    def key(self) -> tuple[str, tuple[int, ...]]:
        """The same for two regions of the same rows."""
        return self.form, tuple(starter.order for starter in self.starters)


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
            yield from _runs_below(element)
            yield from _segments_below(element)


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
    path = href.split("?")[0]
    ending = re.search(r"\.([a-z0-9]{2,5})$", path, re.IGNORECASE)
    return re.sub(r"[^/]*$", "", re.sub(r"\d+", "9", path)), ending[1].lower() if ending else ""


def _selected(kind: str, group: Sequence[Element]) -> Iterator[Region]:
    rows = [element for element in group if len(element.text) >= 3 or element.attributes.get("href")]
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
        yield from _runs(f"around-{kind}", tops)
    yield from _selected(kind, group)


def _alike(tops: list[Element]) -> list[Element]:
    tag, _ = Counter(top.tag for top in tops).most_common(1)[0]
    return [top for top in dict.fromkeys(tops) if top.tag == tag]


def _widest(link: Element, holds: dict[Element, int]) -> Element:
    top = link
    while top.parent is not None and top.parent.tag != "body" and holds[top.parent] == 1:
        top = top.parent
    return top


def _runs_below(parent: Element) -> Iterator[Region]:
    kinds: dict[tuple[Hashable, ...], list[Element]] = defaultdict(list)
    for child in parent.children:
        kinds[_likeness(child)].append(child)
    for key, starters in kinds.items():
        if 3 <= len(starters) <= 0.62 * len(parent.children) and key[0] != "br":
            yield from _runs(f"siblings:{key[0]}", starters)


def _likeness(element: Element) -> tuple[Hashable, ...]:
    first = element.children[0] if element.children else None
    tells = element.tag in ("tr", "p", "div", "td") and first is not None
    width = len(element.children) if element.tag == "tr" else 0
    span = first.attributes.get("colspan") if first is not None and element.tag == "tr" else None
    return element.tag, element.classes[:1], width, first.tag if tells and first is not None else "", span


def _runs(kind: str, starters: Sequence[Element]) -> Iterator[Region]:
    ends = set(starters)
    rows = [Row(_run(starter, ends), starter.parent) for starter in starters]
    kept = [(row, starter) for row, starter in zip(rows, starters, strict=True) if len(row.text) >= 3]
    yield Region("runs", f"run:{kind}", [row for row, _ in kept], [starter for _, starter in kept])


def _run(starter: Element, ends: set[Element]) -> list:
    if starter.parent is None:
        return [starter]
    siblings = starter.parent.content
    run: list = []
    for part in siblings[siblings.index(starter) :]:
        if (run and part in ends) or len(run) > 60:
            break
        run.append(part)
    return run


def _segments_below(parent: Element) -> Iterator[Region]:
    breaks = sum(child.tag == "br" for child in parent.children)
    rules = sum(child.tag == "hr" for child in parent.children)
    for separator in ("br", "br br", "hr"):
        if breaks >= 3 if separator != "hr" else rules >= 2:
            rows = [row for row in segments(parent, separator) if row.text]
            if len(rows) >= 3:
                yield Region("segments", f"segment:{separator}", rows, [parent] * len(rows), parent)


def segments(parent: Element, separator: str) -> list[Row]:
    """The content of `parent` split at each `<br>`, each blank line (`br br`) or each `<hr>`."""
    rows: list[list] = [[]]
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
        elif (part.text_content or "").strip():
            blank = False
    return [Row(parts, parent) for parts in rows]
