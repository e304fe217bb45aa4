"""Where the records of a good day stood on their page, so that the like can be looked for without the fetcher."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from lakehouse.agents.doctor.case import Known, Record
from lakehouse.agents.doctor.diagnosis.structure import own_text
from lakehouse.agents.scout.match import address_key, bare
from lakehouse.agents.scout.outline import Element, Outline, outline_of

SHORTEST = 4
"""Characters of a value below which it may stand anywhere by chance."""
MOST_RECORDS = 200
FURNITURE = frozenset({"nav", "header", "footer"})
PARTS = frozenset({"html", "body", "main"})
HEADINGS = frozenset({"h1", "h2"})
MOSTLY = 0.5
KIND_SHARE = 0.1
ALIKE = 0.5

TagPath = tuple[str, ...]


class KnownRows:
    """The elements of a known HTML page that hold one record each, and how they are built."""

    def __init__(self, known: Known) -> None:
        self.page = outline_of(known.page)
        self.elements = _row_elements(self.page, known.records[:MOST_RECORDS])
        counted = Counter(tag_path(element) for element in self.elements)
        self._kinds = {path for path, count in counted.items() if count >= KIND_SHARE * len(self.elements)}
        self._inner = list(dict.fromkeys(inner_tags(element) for element in self.elements))
        self._fewest = min((len(element.children) for element in self.elements), default=0)

    @cached_property
    def list_elements(self) -> set[Element]:
        """The rows, what stands around them as heads of columns do, and everything inside."""
        tops = self.elements if self._around is None else [self._around]
        return {inner for top in tops for inner in (top, *top.below())}

    @cached_property
    def _around(self) -> Element | None:
        """The widest element around all rows that consists of them for the most part, and is no part of the page."""
        if not self.elements:
            return None
        first, last = self.elements[0], max(self.elements, key=lambda row: row.order)
        length, found = sum(len(row.text) for row in self.elements), None
        for up in first.above():
            if up.holds(last) and not _is_part_of_page(up) and length > MOSTLY * len(up.text):
                found = up
        return found

    def like(self, page: Outline) -> list[Element]:
        """Return the elements of a page that stand where rows stood and hold what rows held, classes aside."""
        return [element for element in page.elements if tag_path(element) in self._kinds and self._is_like(element)]

    def _is_like(self, element: Element) -> bool:
        """Tell whether an element holds what rows hold; one cell over the whole width is a note, and no row."""
        has_parts = len(element.children) >= ALIKE * self._fewest
        return bool(element.text) and has_parts and any(_alike(inner_tags(element), shape) for shape in self._inner)


def tag_path(element: Element) -> TagPath:
    """Return the tags from an element up to the root."""
    return (element.tag, *(up.tag for up in element.above()))


def inner_tags(element: Element) -> frozenset[str]:
    """Return the kinds of element inside of one."""
    return frozenset(inner.tag for inner in element.below())


def distinctive(records: Sequence[Record]) -> list[list[str]]:
    """Return, for each record, its values that no other record has."""
    values = [{bare(value) for value in record.values() if len(bare(value)) >= SHORTEST} for record in records]
    counted = Counter(value for each in values for value in each)
    return [[value for value in each if counted[value] == 1] for each in values]


def in_furniture(element: Element) -> bool:
    """Return whether an element belongs to the frame of a site by its tag."""
    return any(up.tag in FURNITURE for up in (element, *element.above()))


def _is_part_of_page(element: Element) -> bool:
    return element.tag in PARTS or any(inner.tag in HEADINGS for inner in element.below())


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return one == other or len(one & other) >= ALIKE * len(one | other)


def _row_elements(page: Outline, records: Sequence[Record]) -> list[Element]:
    """Return the widest element around each record that holds no other record; none for a page of one record."""
    anchors = _anchors(page, distinctive(records))
    holds: dict[Element, set[int]] = {}
    for number, element in anchors.items():
        for up in (element, *element.above()):
            holds.setdefault(up, set()).add(number)
    found = [] if len(anchors) < 2 else [_widest(element, holds) for element in anchors.values()]
    return list(dict.fromkeys(found))


def _widest(element: Element, holds: dict[Element, set[int]]) -> Element:
    while element.parent is not None and element.parent.tag != "body" and len(holds[element.parent]) == 1:
        element = element.parent
    return element


def _anchors(page: Outline, wanted: Sequence[Iterable[str]]) -> dict[int, Element]:
    """Return, for each record, the first element that says one of its values, whole or else inside a longer text."""
    said, parts = _said(page)
    anchors: dict[int, Element] = {}
    for number, values in enumerate(wanted):
        hits = [said[value] for value in values if value in said]
        hits = hits or [element for value in values for text, element in parts if value in text][:1]
        if hits:
            anchors[number] = min(hits, key=lambda element: element.order)
    return anchors


def _said(page: Outline) -> tuple[dict[str, Element], list[tuple[str, Element]]]:
    """Return the texts and addresses of a page: the first element that is each, and all that stand in pieces."""
    said: dict[str, Element] = {}
    parts: list[tuple[str, Element]] = []
    for element in page.elements:
        own = bare(own_text(element))
        if own:
            said.setdefault(own, element)
            parts.append((own, element))
        for name in ("href", "src"):
            if address := element.attributes.get(name):
                said.setdefault(bare(address), element)
                said.setdefault(address_key(address), element)
    return said, parts
