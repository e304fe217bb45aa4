"""A place on a page where a value of its one record may stand, and what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lakehouse.agents.scout.match import bare
from lakehouse.fetcher.errors import SelectorError
from lakehouse.fetcher.html import HtmlNode
from lakehouse.fetcher.links import absolute

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lakehouse.fetcher.node import Node
    from lakehouse.fetcher.page import Page

LONGEST = 6_000
MOST_ITEMS = 150
LINES = " lines()"


class Source(NamedTuple):
    """What tells a place apart.

    `kind` is "ld" (linked data), "prop" (microdata), "meta" (the head), "label", "body" or "image"; `owner` the type of
    an entity; `key` its path, or the name, the label or the selector of anything else.
    """

    kind: str
    owner: str
    key: str


@dataclass(frozen=True)
class Spot:
    """A place by its selector; `words` are those of the names around it, `heading` stands above it."""

    selector: str
    source: Source
    words: frozenset[str] = frozenset()
    heading: str = ""


@dataclass(frozen=True, eq=False)
class Offer:
    """A spot and what stands there: its texts in order, and the address of the first."""

    spot: Spot
    texts: tuple[str, ...]
    address: str

    @cached_property
    def bare_texts(self) -> tuple[str, ...]:
        """The texts in the form in which two are compared."""
        return tuple(map(bare, self.texts))


def read_spots(page: Page, spots: Iterable[Spot]) -> list[Offer]:
    """Return what stands at each spot of a page, without the empty ones; of two with one selector the first counts."""
    reading = _Reading(page)
    first_of: dict[str, Spot] = {}
    for spot in spots:
        first_of.setdefault(spot.selector, spot)
    return [offer for spot in first_of.values() if (offer := reading.offer(spot))]


class _Reading:
    """Selects and reads every element of one page once."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._texts: dict[Node, str] = {}
        self._found: dict[str, list[Node]] = {}
        self._lines: dict[Node, list[Node]] = {}

    def offer(self, spot: Spot) -> Offer | None:
        nodes = self._at(spot.selector)[:MOST_ITEMS]
        texts = tuple(text for node in nodes if (text := self._text(node)))
        address = self._address(nodes[0]) if nodes else ""
        return Offer(spot, texts, address) if texts or address else None

    def _at(self, selector: str) -> list[Node]:
        if selector.startswith("ld(") or not selector.endswith(LINES):
            return self._selected(selector)
        blocks = self._selected(selector.removesuffix(LINES))
        return [line for block in blocks if isinstance(block, HtmlNode) for line in self._lines_of(block)]

    def _selected(self, selector: str) -> list[Node]:
        if selector not in self._found:
            try:
                self._found[selector] = self._page.one().select(selector)
            except SelectorError:
                # A name on the page that makes no CSS is no way to find anything.
                self._found[selector] = []
        return self._found[selector]

    def _lines_of(self, block: HtmlNode) -> list[Node]:
        if block not in self._lines:
            self._lines[block] = block.select("lines()")
        return self._lines[block]

    def _text(self, node: Node) -> str:
        if not isinstance(node, HtmlNode):
            return node.text[:LONGEST]
        if node not in self._texts:
            self._texts[node] = node.text[:LONGEST]
        return self._texts[node]

    def _address(self, node: Node) -> str:
        written = node.address
        found = absolute(self._page.base, written) if written else None
        return found if isinstance(found, str) else ""
