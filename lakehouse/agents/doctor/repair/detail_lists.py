"""Spots in the body of a page that hold a list: like elements, lists with headings between them, lines of blocks."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import dropwhile, pairwise
from statistics import fmean
from typing import TYPE_CHECKING

from lakehouse.agents.doctor.repair.detail_elements import HEADING, names_of, names_within, said_of
from lakehouse.agents.doctor.repair.detail_spots import Source, Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lakehouse.agents.scout.outline import Element

LISTED = frozenset({"li", "p", "tr", "div", "span", "label", "dd", "td", "a", "h3", "h4", "strong"})
CONTAINERS = frozenset({"div", "section", "article", "ul", "ol", "td", "aside", "p", "dl", "table", "main", "span"})
LEAVES = ("li", "p", "dd")
MOST_ITEMS = 90
LONGEST = 12_000
UNNAMED = 12
"""So many groups without a name of their own are found by a path."""

UNNAMED_TAGS = frozenset({"li", "p", "dd", "tr", "div"})
DEEPEST = 8

Group = tuple[str, "Sequence[Element]"]


def list_spots(elements: list[Element], above: Mapping[Element, str]) -> Iterator[Spot]:
    """Yield the lists of a page, without two that hold the same elements."""
    seen: set[tuple[int, ...]] = set()
    for css, group in _named(elements):
        key = tuple(element.order for element in group)
        if key not in seen and _is_list(group):
            seen.add(key)
            yield _spot(css, group[0], above)
    yield from (_spot(css, group[0], above) for css, group in _unnamed(elements, seen))
    yield from _blocks(elements, above)


def _spot(css: str, first: Element, above: Mapping[Element, str], ups: int = 4) -> Spot:
    return Spot(css, Source("body", "", css), said_of(first, ups), above[first])


def _named(elements: list[Element]) -> Iterator[Group]:
    groups: dict[str, list[Element]] = defaultdict(list)
    for element in elements:
        if element.tag in LISTED and element.text:
            for css in (*names_of(element), *names_within(element)):
                groups[css].append(element)
    yield from sorted(groups.items(), key=lambda item: len(item[0]))


def _is_list(group: Sequence[Element]) -> bool:
    if not 2 <= len(group) <= MOST_ITEMS or any(a.holds(b) for a, b in pairwise(group)):
        return False
    return 2 <= fmean(len(element.text) for element in group) <= 2_000


def _unnamed(elements: list[Element], seen: set[tuple[int, ...]]) -> Iterator[Group]:
    groups: dict[tuple[int, str], list[Element]] = defaultdict(list)
    for element in elements:
        if element.tag in UNNAMED_TAGS and element.text and element.parent is not None:
            groups[element.parent.order, element.tag].append(element)
    new = [g for g in groups.values() if _is_list(g) and tuple(e.order for e in g) not in seen]
    unique = {css for css, count in Counter(css for e in elements for css in names_of(e)).items() if count == 1}
    for group in sorted(new, key=lambda g: -sum(len(e.text) for e in g))[:UNNAMED]:
        if path := _path(group[0].parent, unique):
            yield f"{path} > {group[0].tag}", group


def _path(element: Element | None, unique: set[str]) -> str:
    """Return the way to an element from the nearest one around it with a name of its own."""
    steps: list[str] = []
    while element is not None and element.parent is not None and len(steps) < DEEPEST:
        if own := next((css for css in names_of(element) if css in unique), ""):
            return " > ".join([own, *reversed(steps)])
        alike = [child for child in element.parent.children if child.tag == element.tag]
        steps.append(f"{element.tag}:nth-of-type({1 + alike.index(element)})")
        element = element.parent
    return " > ".join(["html", *reversed(steps)]) if element is not None and element.parent is None else ""


def _blocks(elements: list[Element], above: Mapping[Element, str]) -> Iterator[Spot]:
    blocks: dict[str, list[Element]] = defaultdict(list)
    for element in elements:
        if element.tag in CONTAINERS and element.children and 0 < len(element.text) <= LONGEST:
            for css in names_of(element):
                blocks[css].append(element)
    seen: set[tuple[int, ...]] = set()
    for css, group in blocks.items():
        key = tuple(element.order for element in group)
        if key not in seen and len(group) <= MOST_ITEMS:
            seen.add(key)
            yield _spot(f"{css} lines()", group[0], above)
            yield from _mixed(css, group, above)


def _mixed(css: str, group: Sequence[Element], above: Mapping[Element, str]) -> Iterator[Spot]:
    inside = [below for element in group for below in element.below()]
    for leaf in LEAVES:
        begun = dropwhile(lambda element, leaf=leaf: element.tag != leaf, inside)
        first = next(begun, None)
        # A heading above all entries is the name of the list; one between them parts it, and is read with them.
        heads = dict.fromkeys(e.tag for e in begun if HEADING.fullmatch(e.tag) or e.tag in ("strong", "dt"))
        if first is not None:
            yield from (_spot(f"{css} :is({head}, {leaf})", first, above) for head in heads)
