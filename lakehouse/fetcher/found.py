"""All that a CSS selector finds in a document, kept for the many nodes that ask where they stand among it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborNode


class Found:
    """Elements, in any order; the document that they are of must live as long, for they are known by their address."""

    def __init__(self, elements: Iterable[LexborNode]) -> None:
        self._ids = frozenset(element.mem_id for element in elements)
        self._known: dict[int, LexborNode | None] = {}

    def __contains__(self, element: LexborNode) -> bool:
        return element.mem_id in self._ids

    def before(self, element: LexborNode) -> LexborNode | None:
        """Return the one that begins before an element and is nearest to it; the way is walked once for all rows."""
        nearest = None
        for earlier in _backwards(element):
            if earlier in self:
                nearest = earlier
                break
            if earlier.mem_id in self._known:
                nearest = self._known[earlier.mem_id]
                break
        self._known[element.mem_id] = nearest
        return nearest


def _backwards(element: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements that begin before one, the nearest first; those around it too."""
    node = element
    while True:
        previous = node.prev
        if previous is not None:
            node = previous
            while (last := node.last_child) is not None:
                node = last
        elif node.parent is not None:
            node = node.parent
        else:
            return
        if node.is_element_node:
            yield node
