"""What the fetcher would read at the selectors of a page: many of them find one element, which is read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.agents.once import told_once
from lakehouse.fetcher.group import GroupNode
from lakehouse.fetcher.html import HtmlNode
from lakehouse.fetcher.lines import visible_lines
from lakehouse.fetcher.places import line_at, split_place

if TYPE_CHECKING:
    from lakehouse.fetcher.node import Node
    from lakehouse.fetcher.page import Page


class Reading:
    """The texts and lines of one page's elements, by the memory of their nodes."""

    def __init__(self) -> None:
        self._texts: dict[int, str] = {}
        self._lines: dict[tuple[int, ...], list[str]] = {}

    def value(self, node: Node, selector: str) -> str | None:
        """What stands at a selector below a node of the page, as text; None where nothing does."""
        place = None if selector.startswith("label(") else split_place(selector)
        if place is not None and place.name == "line":
            base = node.first(place.css) if place.css else node
            found = line_at(self._lines_of(base), place.number) if isinstance(base, HtmlNode | GroupNode) else []
            return found[0] if found else None
        hit = node.first(selector) if selector else node
        return (self._text(hit) or None) if hit is not None else None

    def _text(self, node: Node) -> str:
        if not isinstance(node, HtmlNode):
            return node.text
        known = node.nodes[0].mem_id
        if known not in self._texts:
            self._texts[known] = node.text
        return self._texts[known]

    def _lines_of(self, node: HtmlNode | GroupNode) -> list[str]:
        known = tuple(each.mem_id for each in node.nodes)
        if known not in self._lines:
            self._lines[known] = visible_lines(node.nodes)
        return self._lines[known]


@told_once
def reading_of(page: Page) -> Reading:  # noqa: ARG001 - the page is only what it is kept with
    """The reading of a page's own tree, which all regions share."""
    return Reading()
