"""Nodes of HTML pages, selected by CSS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, LexborNode

from lakehouse.fetcher.beside import beside_label
from lakehouse.fetcher.css import LABEL, PRECEDING, find_elements, split_selector
from lakehouse.fetcher.data import DataNode
from lakehouse.fetcher.errors import PageError
from lakehouse.fetcher.linked import LINKED, linked_values
from lakehouse.fetcher.node import Node
from lakehouse.fetcher.places import Place, is_plain, nearest_before, places_of, split_place
from lakehouse.fetcher.visible import visible_text

if TYPE_CHECKING:
    from lakehouse.fetcher.page import Page

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

    def select(self, selector: str) -> list[Node]:
        css, attribute = split_selector(selector)
        nodes = self._find(css, selector) if css else [self]
        if not attribute:
            return list(nodes)
        return [DataNode(self.page, value) for node in nodes if (value := node.attr(attribute)) is not None]

    @property
    def nodes(self) -> list[LexborNode]:
        """The element, as a group of one."""
        return [self._element]

    def first(self, selector: str) -> Node | None:
        css, attribute = split_selector(selector)
        if attribute or not css or not is_plain(css):
            return super().first(selector)
        found = find_elements(self._element, css, selector)
        return HtmlNode(self.page, found[0]) if found else None

    def _find(self, css: str, selector: str) -> list[Node]:
        if is_plain(css):
            return [HtmlNode(self.page, element) for element in find_elements(self._element, css, selector)]
        if linked := LINKED.match(css):
            found = linked_values(self.page.linked_data, linked["type"], linked["path"])
            return [DataNode(self.page, value) for value in found]
        if place := split_place(css):
            return [DataNode(self.page, text) for base in self._based(place) for text in place.texts(base.nodes)]
        if label := LABEL.fullmatch(css):
            found = beside_label(self._element, label[2])
            return [DataNode(self.page, hit) if isinstance(hit, str) else HtmlNode(self.page, hit) for hit in found]
        heading = PRECEDING.fullmatch(css)
        nearest = self.preceding(heading[1]) if heading else None
        return [nearest] if nearest else []

    def _based(self, place: Place) -> list[HtmlNode]:
        """Return the elements in which a place is looked for: all of them for lines, else the first."""
        found = self.select(place.css) if place.css else [self]
        return [node for node in (found if place.name == "lines" else found[:1]) if isinstance(node, HtmlNode)]

    def preceding(self, css: str) -> HtmlNode | None:
        """Return the nearest element that begins before this one and that a CSS selector finds: its heading."""
        nearest = nearest_before(self.page.places, self._element, css)
        return HtmlNode(self.page, nearest) if nearest is not None else None

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
        return places_of(self.page.places, self._element).holds(self._element, css)

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


def parse_html(page: Page, markup: str) -> HtmlNode:
    """Return the root element of markup, which may be broken or empty; raises `PageError` where there is no root."""
    root = LexborHTMLParser(markup or " ").root
    if root is None:
        raise PageError(page.url, "the page has no root element")
    return HtmlNode(page, root)
