"""How the rows of a finding are formed: one element each, runs of siblings, or the segments of a text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lakehouse.agents.scout.outline import Element, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborNode


@dataclass(eq=False)
class Row:
    """One row: an element, or neighbouring elements and texts under one parent."""

    parts: Sequence[Element | LexborNode]
    parent: Element | None = None

    @cached_property
    def tops(self) -> list[Element]:
        """The elements among its parts."""
        return [part for part in self.parts if isinstance(part, Element)]

    @cached_property
    def nodes(self) -> list[LexborNode]:
        """Its parts as nodes."""
        return [part.node if isinstance(part, Element) else part for part in self.parts]

    @cached_property
    def text(self) -> str:
        """All of its text, white space collapsed."""
        return " ".join(" ".join(map(text_of, self.parts)).split())

    @cached_property
    def elements(self) -> list[Element]:
        """All of its elements in document order."""
        return list(self._elements())

    def _elements(self) -> Iterator[Element]:
        for top in self.tops:
            yield top
            yield from top.below()

    @cached_property
    def links(self) -> list[Element]:
        """Its links that lead somewhere."""
        return [element for element in self.elements if element.tag == "a" and leads(element)]


def leads(element: Element) -> bool:
    """Whether a link goes to another address."""
    href = element.attributes.get("href", "").strip()
    return bool(href) and not href.lower().startswith(("#", "javascript:", "mailto:", "tel:"))
