"""A region seen closely: what each column of a sample of its rows says, and what the page says around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from math import log
from statistics import fmean
from typing import TYPE_CHECKING

from lakehouse.agents.doctor.repair.sightings import label_of, names_of, speaks_of, words
from lakehouse.agents.scout.columns import Column, columns
from lakehouse.agents.scout.heads import heads
from lakehouse.agents.scout.listing import anchor
from lakehouse.agents.scout.slots import slots
from lakehouse.fetcher.group import GroupNode
from lakehouse.fetcher.html import HtmlNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.scout.outline import Element, Outline
    from lakehouse.agents.scout.region import Region
    from lakehouse.agents.scout.rows import Row
    from lakehouse.agents.scout.slots import Slot
    from lakehouse.fetcher.node import Node
    from lakehouse.fetcher.page import Page

SAMPLE = 16
ASKED = 6
"""Rows whose elements are looked up, where only where they stand matters."""


@dataclass(eq=False)
class View:
    """A region of a page with all columns over a sample of its rows."""

    page: Page
    tree: Outline
    region: Region
    nodes: list[Node]
    columns: list[Column]
    _elements: dict[Slot, list[Element | None]] = field(default_factory=dict)
    _labels: dict[Slot, frozenset[str]] = field(default_factory=dict)
    _names: dict[Slot, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def slots(self) -> list[Slot]:
        """The slots that the columns are whole or pieces of."""
        return list(dict.fromkeys(column.slot for column in self.columns))

    def elements(self, slot: Slot) -> list[Element | None]:
        """Return the elements of a slot in the first rows; None where its value is no whole element."""
        if slot not in self._elements:
            self._elements[slot] = [self._element(node, slot.selectors[0]) for node in self.nodes[:ASKED]]
        return self._elements[slot]

    def labels(self, slot: Slot) -> frozenset[str]:
        """Return the words that label the values of a slot."""
        if slot not in self._labels:
            first = self._first(slot)
            own = words(slot.label)
            self._labels[slot] = own | words(label_of(first)) if first is not None else own
        return self._labels[slot]

    def names(self, slot: Slot) -> frozenset[str]:
        """Return the words of the classes of the elements of a slot."""
        if slot not in self._names:
            first = self._first(slot)
            own = words(slot.hint)
            self._names[slot] = own | names_of(first) if first is not None else own
        return self._names[slot]

    def speaks_of(self, slot: Slot, word: str) -> float:
        """Return the share of a slot's elements that a word is told of: by them, in them or by an icon before them."""
        found = [element for element in self.elements(slot) if element is not None]
        return fmean(speaks_of(element, word) for element in found) if found else 0.0

    def _first(self, slot: Slot) -> Element | None:
        return next((element for element in self.elements(slot) if element is not None), None)

    def distance(self, slot: Slot) -> float:
        """Return how far above its row a heading stands, as the logarithm of the elements between; 0 for the others."""
        if not slot.selectors[0].startswith("preceding("):
            return 0.0
        starts = [self.tree.by_node.get(anchor(node)) for node in self.nodes[:ASKED]]
        pairs = [(a, b) for a, b in zip(starts, self.elements(slot), strict=True) if a is not None and b is not None]
        return fmean(log(1 + max(0, start.order - head.order)) for start, head in pairs) if pairs else 0.0

    def _element(self, node: Node, selector: str) -> Element | None:
        css = selector.rpartition("@")[0].strip() if "@" in selector else selector
        found = node.first(css) if css else node
        return self.tree.by_node.get(found.nodes[0].mem_id) if isinstance(found, HtmlNode) else None


def view(page: Page, tree: Outline, region: Region) -> View:
    """Look closely at a region."""
    rows = region.rows[:: max(1, len(region.rows) // SAMPLE)][:SAMPLE]
    nodes = [node_of(page, region, row) for row in rows]
    return View(page, tree, region, nodes, columns(slots(nodes, rows, heads(tree, region.rows))))


def node_of(page: Page, region: Region, row: Row) -> Node:
    """Return a row of a region as the node that the fetcher would read."""
    return HtmlNode(page, row.nodes[0]) if region.form == "select" else GroupNode(page, row.nodes)


def stand_together(one: Sequence[Element | None], other: Sequence[Element | None]) -> float:
    """Return the share of rows in which two elements are one, or one of them holds the other."""
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    return sum(a.holds(b) or b.holds(a) for a, b in pairs) / len(one) if pairs else 0.0
