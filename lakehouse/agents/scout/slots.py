"""The slots of a region: every place in its rows where a value stands, each with the selectors that find it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from lakehouse.agents.scout.labels import label_at
from lakehouse.agents.scout.outline import Element, text_of
from lakehouse.agents.scout.reading import Reading, reading_of
from lakehouse.agents.scout.selectors import cost, row_selectors
from lakehouse.agents.thinking import go_on
from lakehouse.fetcher.lines import visible_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lakehouse.agents.scout.rows import Row
    from lakehouse.fetcher.node import Node

VALUE_ATTRIBUTES = (
    "href",
    "src",
    "datetime",
    "content",
    "data-src",
    "data-date",
    "data-value",
    "value",
    "title",
    "alt",
    "data-href",
)
LABEL = re.compile(r"^([^\W\d][\w /#.&'()-]{1,32}?)\s*:(?:\s|$)")
LONGEST = 6000
MOST = 260
MOST_LINES = 6


@dataclass(eq=False)
class Slot:
    """One place: `values` has what stands there in each row, `selectors` are in order of preference."""

    selectors: list[str]
    values: list[str | None]
    hint: str = ""
    place: float = 0.0
    tag: str = ""
    leaf: bool = True
    in_link: bool = False
    label: str = ""
    marks: list[str | re.Pattern[str]] = field(default_factory=list)
    covered: float = 0.0

    @property
    def is_constant(self) -> bool:
        """Whether it says the same in every row."""
        return len(set(self.values)) == 1

    @property
    def attribute(self) -> str:
        """The attribute that the slot reads, "" for text."""
        first = self.selectors[0]
        return first.rpartition("@")[2] if "@" in first else ""


Blank = Callable[[], Slot]
"""Makes a slot without values: one row of many needs it."""


def slots(nodes: Sequence[Node], rows: Sequence[Row], heads: Sequence[str] = ()) -> list[Slot]:
    """The slots of rows; those with the same values in every row are one slot with several selectors."""
    found: dict[tuple[str | None, ...], Slot] = {}
    reading = reading_of(nodes[0].page) if nodes else Reading()
    for selector, slot in _candidates(rows, heads):
        go_on()
        values = [reading.value(node, selector) for node in nodes]
        filled = sum(value is not None for value in values)
        if filled < _enough(len(nodes)) or max(len(value) for value in values if value) > LONGEST:
            continue
        known = found.setdefault(tuple(values), slot)
        known.values = values
        known.label = known.label or slot.label
        known.selectors.append(selector)
    for slot in found.values():
        slot.selectors = sorted(dict.fromkeys(slot.selectors), key=cost)
        slot.label = label_at(nodes, slot.selectors) or slot.label
    return list(found.values())


def _enough(rows: int) -> float:
    return max(2, 0.1 * rows) if rows > 3 else 1


def _candidates(rows: Sequence[Row], heads: Sequence[str]) -> Iterator[tuple[str, Slot]]:
    seen: Counter[str] = Counter()
    first: dict[str, Blank] = {}
    for row in rows:
        for selector, blank in _row_candidates(row):
            seen[selector] += 1
            first.setdefault(selector, blank)
    often = [selector for selector, count in seen.items() if count >= _enough(len(rows))]
    often = sorted(often, key=lambda selector: -min(seen[selector], len(rows)) / len(rows) + 0.1 * cost(selector))[
        :MOST
    ]
    yield "", Slot([], [], leaf=False)
    for selector in often:
        yield selector, first[selector]()
    for head in heads:
        yield f"preceding({head})", Slot([], [], hint=head.partition(".")[2], place=-1.0, tag=head.split(".")[0])


def _row_candidates(row: Row) -> Iterator[tuple[str, Blank]]:
    done: set[str] = set()
    places = {element: index / len(row.elements) for index, element in enumerate(row.elements)}
    for element, selector in row_selectors(row):
        if selector not in done:
            done.add(selector)
            yield from _element_candidates(element, selector, partial(_blank, element, places[element]))
    yield from _root_candidates(row)


def _blank(element: Element, place: float, *, leaf: bool = False) -> Slot:
    """A slot without values that tells what kind of element it stands for."""
    near = [element, *islice(element.above(), 3)]
    return Slot(
        [],
        [],
        hint=" ".join([element.attributes.get("itemprop", ""), *element.classes, element.attributes.get("id", "")]),
        place=place,
        tag=element.tag,
        leaf=leaf or not element.children,
        in_link=any(up.tag == "a" for up in near),
    )


def _element_candidates(element: Element, selector: str, blank: partial[Slot]) -> Iterator[tuple[str, Blank]]:
    whole = partial(blank, leaf=True)
    if element.text:
        yield selector, blank
    for attribute in VALUE_ATTRIBUTES:
        if element.attributes.get(attribute):
            yield f"{selector}@{attribute}", whole
    if element.children and any(text_of(part).strip() for part in element.content if not isinstance(part, Element)):
        yield f"{selector} own()", whole
        for number, _ in enumerate(visible_lines([element.node])[:MOST_LINES], 1):
            yield f"{selector} line({number})", whole


def _root_candidates(row: Row) -> Iterator[tuple[str, Blank]]:
    if len(row.parts) == 1 and row.tops:
        for attribute in VALUE_ATTRIBUTES:
            if row.tops[0].attributes.get(attribute):
                yield f"@{attribute}", partial(Slot, [], [], tag=row.tops[0].tag)
    found = visible_lines(row.nodes)
    if len(found) > 1 or len(row.parts) > 1:
        for number, _ in enumerate(found[:10], 1):
            yield f"line({number})", partial(Slot, [], [], place=number / (1 + len(found)), tag="line")
        yield "line(-1)", partial(Slot, [], [], place=1.0, tag="line")
        yield "own()", partial(Slot, [], [], place=0.5, tag="own")
    for index, line in enumerate(found):
        match = LABEL.match(line)
        if match:
            yield f"label({match[1]})", partial(Slot, [], [], place=index / len(found), tag="label", label=match[1])
