"""Nodes of HTML pages, selected by CSS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from lakehouse.fetcher.data import DataNode
from lakehouse.fetcher.errors import SelectorError
from lakehouse.fetcher.linked import LINKED, linked_values
from lakehouse.fetcher.node import Node
from lakehouse.fetcher.places import labelled, split_place, texts_at
from lakehouse.fetcher.visible import visible_text

if TYPE_CHECKING:
    from lakehouse.fetcher.page import Page

LABEL = re.compile(r"""label\(\s*(["']?)(.*)\1\s*\)""")
PRECEDING = re.compile(r"preceding\((.*)\)")
ATTRIBUTE = re.compile(r"\s*@([\w:.-]+)\s*$")
SCOPE = "data-selector-scope"
ADDRESS_ATTRIBUTES = ("href", "src", "content", "data-href", "data-src", "action")


class HtmlNode(Node):
    """An element; selectors are CSS, with `@name` at the end for an attribute of what was found."""

    __slots__ = ("_element",)

    def __init__(self, page: Page, element: LexborNode) -> None:
        super().__init__(page)
        self._element = element

    def __repr__(self) -> str:
        return f"HtmlNode(<{self.tag}> {self.text[:60]!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HtmlNode) and self._element.mem_id == other._element.mem_id

    def __hash__(self) -> int:
        return self._element.mem_id

    @property
    def tag(self) -> str:
        """The element's name in lower case."""
        return self._element.tag or ""

    @property
    def value(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return visible_text(self._element)

    @property
    def raw_text(self) -> str:
        """All text inside, scripts and line breaks too, as it stands in the page."""
        return self._element.text(deep=True)

    @property
    def html(self) -> str:
        """The markup of the element itself and all inside."""
        return self._element.html or ""

    @property
    def address(self) -> str | None:
        own = next((self.attr(name) for name in ADDRESS_ATTRIBUTES if self.attr(name)), None)
        if own:
            return own
        inner = self.first("a[href]")
        return inner.attr("href") if inner else None

    def attr(self, name: str) -> str | None:
        attributes = self._element.attributes
        return (attributes[name] or "") if name in attributes else None

    @property
    def nodes(self) -> list[LexborNode]:
        """The element, as a group of one."""
        return [self._element]

    def select(self, selector: str) -> list[Node]:
        css, attribute = split_selector(selector)
        if linked := LINKED.match(css):
            values = linked_values(self.page.linked_data, linked["type"], linked["path"])
            return [DataNode(self.page, value) for value in values]
        nodes = special_nodes(self.page, self.nodes, css)
        if nodes is None:
            elements = find_elements(self._element, css, selector) if css else [self._element]
            nodes = [HtmlNode(self.page, element) for element in elements]
        if not attribute:
            return nodes
        return [DataNode(self.page, value) for node in nodes if (value := node.attr(attribute)) is not None]

    @property
    def parent(self) -> HtmlNode | None:
        """The element around this one."""
        parent = self._element.parent
        return HtmlNode(self.page, parent) if parent is not None and parent.is_element_node else None

    @property
    def next(self) -> HtmlNode | None:
        """The next element beside this one."""
        return self._beside("next")

    @property
    def previous(self) -> HtmlNode | None:
        """The element before this one."""
        return self._beside("prev")

    def _beside(self, direction: str) -> HtmlNode | None:
        element = getattr(self._element, direction)
        while element is not None and not element.is_element_node:
            element = getattr(element, direction)
        return HtmlNode(self.page, element) if element is not None else None

    def matches(self, css: str) -> bool:
        """Tell whether a CSS selector finds this very element."""
        return bool(_found(self._element, css, css, first=True) == [self._element])

    def closest(self, css: str) -> HtmlNode | None:
        """Return the nearest element that a CSS selector finds: this one, or one around it."""
        node: HtmlNode | None = self
        while node is not None and not node.matches(css):
            node = node.parent
        return node

    def __iter__(self) -> Iterator[HtmlNode]:
        child = self._element.first_child
        while child is not None:
            if child.is_element_node:
                yield HtmlNode(self.page, child)
            child = child.next

    def as_html(self) -> Node:
        return self


@lru_cache(maxsize=2048)
def split_selector(selector: str) -> tuple[str, str | None]:
    """Return the CSS part and the attribute of `css@attribute`; an `@` inside brackets or quotes is no mark."""
    match = ATTRIBUTE.search(selector)
    if match:
        return selector[: match.start()].strip(), match[1].lower()
    return selector.strip(), None


def special_nodes(page: Page, nodes: list[LexborNode], css: str) -> list[Node] | None:
    """Return what `own()`, `line(2)`, `label(Price)` or `preceding(h3)` finds; None for plain CSS."""
    if not css.endswith(")"):
        return None
    if label := LABEL.fullmatch(css):
        return [DataNode(page, text) for text in labelled(nodes, label[2])]
    if heading := PRECEDING.fullmatch(css):
        nearest = page.nearest_before(nodes[0], heading[1])
        return [HtmlNode(page, nearest)] if nearest is not None else []
    place = split_place(css)
    if place is None:
        return None
    base = nodes if not place[0] else _first_below(nodes, place[0])
    return [DataNode(page, text) for text in texts_at(base, place[1], place[2])] if base else []


def _first_below(nodes: list[LexborNode], css: str) -> list[LexborNode]:
    for node in nodes:
        if node.is_element_node:
            if len(nodes) > 1 and node.css_matches(css):
                return [node]
            found = find_elements(node, css, css)
            if found:
                return found[:1]
    return []


def find_elements(element: LexborNode, css: str, selector: str) -> list[LexborNode]:
    """Return the elements below one that CSS finds, each once; `> x` and `:scope > x` start at the element."""
    if css == ":scope":
        return [element]
    if css.startswith((">", "+", "~", ":scope")):
        return _found_from(element, css, selector)
    unique: dict[int, LexborNode] = {found.mem_id: found for found in _found(element, css, selector)}
    unique.pop(element.mem_id, None)
    return list(unique.values())


def _found_from(element: LexborNode, css: str, selector: str) -> list[LexborNode]:
    # Lexbor has no :scope, so the element is marked while the search runs.
    element.attrs[SCOPE] = ""
    try:
        scoped = f"[{SCOPE}] " + css.removeprefix(":scope")
        unique: dict[int, LexborNode] = {found.mem_id: found for found in _found(element, scoped, selector)}
    finally:
        del element.attrs[SCOPE]
    return list(unique.values())


def _found(element: LexborNode, css: str, selector: str, *, first: bool = False) -> list[LexborNode]:
    try:
        if first:
            found = element.css_first(css)
            return [found] if found is not None else []
        return element.css(css)
    except SelectolaxError as error:
        raise SelectorError(selector, "it is no CSS that lexbor knows; see docs/fetchers.md for what works") from error


def parse_html(page: Page, markup: str) -> HtmlNode:
    """Return the root element of markup, which may be broken or empty."""
    root = LexborHTMLParser(markup).root
    if root is None:
        root = LexborHTMLParser("<html></html>").root
    if root is None:
        raise SelectorError("html", "the page has no root")
    return HtmlNode(page, root)
