"""A page as a tree that can be changed: parsed as the fetchers parse it, so that their rows are found in it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import html
from selectolax.lexbor import LexborNode

from benchmarks.markup import markup
from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.extract import rows_of
from lakehouse.fetcher import Page
from lakehouse.fetcher.group import GroupNode
from lakehouse.fetcher.html import HtmlNode

Element = html.HtmlElement
SILENT = frozenset({"script", "style", "template", "noscript", "svg"})


@dataclass(frozen=True)
class Slot:
    """Where a text stands: inside of an element before its first child, or behind it."""

    element: Element
    is_tail: bool = False

    @property
    def text(self) -> str:
        """The text as it is written."""
        return (self.element.tail if self.is_tail else self.element.text) or ""

    def put(self, text: str) -> None:
        """Write another text there."""
        if self.is_tail:
            self.element.tail = text
        else:
            self.element.text = text


@dataclass
class Tree:
    """The tree of a page; `elements` and `slots` lead from the nodes of the parsed page into it."""

    url: str
    root: Element
    elements: dict[int, Element] = field(default_factory=dict)
    slots: dict[int, Slot] = field(default_factory=dict)

    @classmethod
    def of(cls, page: Page) -> Tree:
        """Return the tree of a page."""
        source = page.html.nodes[0]
        tree = cls(page.url, html.Element(source.tag or "html"))
        tree._fill(source, tree.root)
        return tree

    def _fill(self, source: LexborNode, into: Element) -> None:
        """Copy an element's attributes and all below it, without recursion: pages nest deeply."""
        waiting = [(source, into)]
        while waiting:
            node, element = waiting.pop()
            self.elements[node.mem_id] = element
            for name, value in node.attributes.items():
                _attribute(element, name, value or "")
            slot, child = Slot(element), node.first_child
            while child is not None:
                if child.is_text_node:
                    slot.put(_printable(slot.text + (child.text_content or "")))
                    self.slots[child.mem_id] = slot
                elif child.is_element_node and (made := _made(child.tag or "span")) is not None:
                    element.append(made)
                    slot = Slot(made, is_tail=True)
                    waiting.append((child, made))
                child = child.next

    def page(self) -> Page:
        """Return the page that the tree stands for now."""
        return Page(self.url, f"<!doctype html><meta charset=utf-8>{markup(self.root)}".encode())

    def nodes(self, blueprint: Blueprint, page: Page) -> list[list[LexborNode]]:
        """Return the rows that a blueprint finds on the page of this tree, each as its nodes."""
        found = (node for node in rows_of(page, blueprint.rows) if isinstance(node, HtmlNode | GroupNode))
        return [node.nodes for node in found]

    def texts(self, nodes: Iterable[LexborNode]) -> list[Slot]:
        """Return where the texts of some nodes stand, in their order."""
        slots: dict[Slot, None] = {}
        for node in nodes:
            if node.is_text_node and node.mem_id in self.slots:
                slots[self.slots[node.mem_id]] = None
            elif node.mem_id in self.elements:
                slots |= dict.fromkeys(texts_of(self.elements[node.mem_id]))
        return list(slots)

    def inner(self, nodes: Sequence[LexborNode]) -> list[Element]:
        """Return the elements of some nodes and all below them."""
        tops = [self.elements[node.mem_id] for node in nodes if node.mem_id in self.elements]
        return [element for top in tops for element in top.iter("*")]


def texts_of(element: Element) -> Iterator[Slot]:
    """Yield where the texts inside of an element stand, without those of scripts and the like."""
    waiting = [(element, False)]
    while waiting:
        found, is_behind = waiting.pop()
        if is_behind or found.tag in SILENT:
            if is_behind and found.tail:
                yield Slot(found, is_tail=True)
            continue
        if found.text:
            yield Slot(found)
        for child in reversed(found):
            waiting += [(child, True), (child, False)]


def _made(tag: str) -> Element | None:
    try:
        return html.Element(tag)
    except ValueError:
        return html.Element("span")


def _attribute(element: Element, name: str, value: str) -> None:
    try:
        element.set(name, _printable(value))
    except ValueError:
        return  # What XML does not take for a name, no fetcher asks for.


def _printable(text: str) -> str:
    return "".join(c if c >= " " or c in "\t\n\r" else " " for c in text)
