"""Rows that are no single element: neighbouring nodes that belong together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lakehouse.fetcher.css import LABEL, PRECEDING, find_with_self, split_selector
from lakehouse.fetcher.data import DataNode
from lakehouse.fetcher.html import HtmlNode
from lakehouse.fetcher.node import Node
from lakehouse.fetcher.places import is_plain, labelled, nearest_before, split_place
from lakehouse.fetcher.visible import visible_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from lakehouse.fetcher.page import Page

LONGEST = 60
"""A run ends after so many nodes, so that the last one does not swallow the rest of the page."""


class GroupNode(Node):
    """Neighbouring elements and texts, read as if one element were around them."""

    __slots__ = ("nodes",)

    def __init__(self, page: Page, nodes: list[LexborNode]) -> None:
        super().__init__(page)
        self.nodes = nodes

    @property
    def value(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return " ".join(" ".join(_text(node) for node in self.nodes).split())

    @property
    def address(self) -> str | None:
        found = self.first("a[href]")
        return found.address if found else None

    def attr(self, name: str) -> str | None:
        return next((value for node in self if (value := node.attr(name)) is not None), None)

    def select(self, selector: str) -> list[Node]:
        css, attribute = split_selector(selector)
        nodes = self._find(css)
        if not attribute:
            return nodes
        return [DataNode(self.page, value) for node in nodes if (value := node.attr(attribute)) is not None]

    def _find(self, css: str) -> list[Node]:
        if is_plain(css):
            return list(self._found(css))
        if label := LABEL.fullmatch(css):
            return self._texts(labelled(self.nodes, label[2]))
        if heading := PRECEDING.fullmatch(css):
            nearest = nearest_before(self.page.places, self.nodes[0], heading[1])
            return [HtmlNode(self.page, nearest)] if nearest is not None else []
        if place := split_place(css):
            found = self.select(place.css) if place.css else [self]
            bases = found if place.name == "lines" else found[:1]
            return self._texts([t for b in bases if isinstance(b, HtmlNode | GroupNode) for t in place.texts(b.nodes)])
        return list(self._found(css))

    def first(self, selector: str) -> Node | None:
        css, attribute = split_selector(selector)
        return super().first(selector) if attribute or not is_plain(css) else next(self._found(css), None)

    def _found(self, css: str) -> Iterator[Node]:
        return (HtmlNode(self.page, e) for node in self.nodes if node.is_element_node for e in _within(node, css))

    def _texts(self, texts: list[str]) -> list[Node]:
        return [DataNode(self.page, text) for text in texts]

    def __iter__(self) -> Iterator[HtmlNode]:
        return (HtmlNode(self.page, node) for node in self.nodes if node.is_element_node)


def _within(node: LexborNode, css: str) -> list[LexborNode]:
    return find_with_self(node, css) if css else [node]


def _text(node: LexborNode) -> str:
    return (node.text_content or "") if node.is_text_node else visible_text(node)


def runs(starters: list[LexborNode]) -> list[list[LexborNode]]:
    """Return each starter with the nodes that follow it, up to the next starter or the end of its parent."""
    ends = {starter.mem_id for starter in starters}
    return [_run(starter, ends) for starter in starters]


def _run(starter: LexborNode, ends: set[int]) -> list[LexborNode]:
    run, node = [starter], starter.next
    while node is not None and node.mem_id not in ends and len(run) < LONGEST:
        run.append(node)
        node = node.next
    return run


def segments(parent: LexborNode, separator: str) -> list[list[LexborNode]]:
    """Return the content of an element, parted at each `br`, each blank line (`br br`) or each `hr`."""
    found: list[list[LexborNode]] = [[]]
    blank = True
    node = parent.first_child
    while node is not None:
        if _parts(node, separator, blank):
            found.append([])
        else:
            found[-1].append(node)
        if node.is_element_node:
            blank = node.tag == "br"
        elif (node.text_content or "").strip():
            blank = False
        node = node.next
    return found


def _parts(node: LexborNode, separator: str, blank: bool) -> bool:
    if not node.is_element_node:
        return False
    return node.tag == "hr" or (node.tag == "br" and (separator == "br" or (separator == "br br" and blank)))
