"""A page as a light tree of its elements, so that the scout can look at each of them many times."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from lakehouse.agents.once import told_once
from lakehouse.agents.scout.words import steady_classes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from lakehouse.fetcher.page import Page

SILENT = frozenset({"script", "style", "noscript", "template", "head", "meta", "link", "svg", "title"})
INLINE = frozenset({"span", "b", "i", "u", "font", "strong", "em", "small", "sup", "sub", "a", "abbr", "cite", "code"})


@dataclass(eq=False)
class Element:
    """One element: `content` holds its children and its texts in order; `order` counts in document order."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None
    order: int
    depth: int
    node: LexborNode
    content: list[Element | LexborNode] = field(default_factory=list)
    end: int = 0

    @cached_property
    def children(self) -> list[Element]:
        """Its child elements."""
        return [child for child in self.content if isinstance(child, Element)]

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """Its class names, without those that are hashed, numbered or only for the looks of one row."""
        return steady_classes(self.attributes.get("class", ""))

    @cached_property
    def text(self) -> str:
        """All of its text, white space collapsed."""
        return " ".join(" ".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        # Without recursion, as a page may nest its elements as deep as it likes.
        stack = self.content[::-1]
        while stack:
            part = stack.pop()
            if isinstance(part, Element) and "text" not in part.__dict__:
                stack.extend(part.content[::-1])
            else:
                yield text_of(part)

    def below(self) -> Iterator[Element]:
        """The elements below it in document order."""
        for child in self.children:
            yield child
            yield from child.below()

    def above(self) -> Iterator[Element]:
        """The elements above it, nearest first."""
        up = self.parent
        while up is not None:
            yield up
            up = up.parent

    def holds(self, other: Element) -> bool:
        """Whether `other` stands inside it (or is it)."""
        return self.order <= other.order <= self.end


def text_of(part: Element | LexborNode) -> str:
    """The text of an element, or of a text between elements, as it stands."""
    return part.text if isinstance(part, Element) else part.text_content or ""


@dataclass(eq=False)
class Outline:
    """All elements of a page in document order, and by the memory of their nodes."""

    root: Element
    elements: list[Element]
    by_node: dict[int, Element]


@told_once
def outline_of(page: Page) -> Outline:
    """The outline of a whole page, which all who look at the page share."""
    return outline(page.html.nodes[0])


def outline(root: LexborNode) -> Outline:
    """The outline of the tree under `root`; silent elements (scripts, styles) are left out."""
    elements: list[Element] = []
    by_node: dict[int, Element] = {}
    top = _grow(root, None, 0, elements, by_node)
    return Outline(top, elements, by_node)


def _grow(
    node: LexborNode, parent: Element | None, depth: int, elements: list[Element], by_node: dict[int, Element]
) -> Element:
    attributes = {name: value or "" for name, value in node.attributes.items()}
    element = Element(node.tag or "", attributes, parent, len(elements), depth, node)
    elements.append(element)
    by_node[node.mem_id] = element
    child = node.first_child
    while child is not None:
        if child.is_text_node:
            element.content.append(child)
        elif child.is_element_node and child.tag not in SILENT and depth < 200:
            element.content.append(_grow(child, element, depth + 1, elements, by_node))
        child = child.next
    element.end = len(elements) - 1
    return element
