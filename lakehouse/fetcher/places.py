"""Selectors beyond CSS: `own()` and `line(2)` at the end of one, and the nearest element above a node."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from lakehouse.fetcher.lines import visible_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborNode

COLON = " :\u00a0\uff1a"
PLACE = re.compile(r"^(?P<css>.*?)\s*\b(?P<name>own|line|lines)\((?P<number>-?\d*)\)$", re.DOTALL)


def split_place(css: str) -> tuple[str, str, int] | None:
    """Return the CSS, the name and the number of `css line(2)`; None for plain CSS."""
    match = PLACE.match(css) if css.endswith(")") else None
    return (match["css"], match["name"], int(match["number"] or 0)) if match else None


def texts_at(nodes: Sequence[LexborNode], name: str, number: int) -> list[str]:
    """Return an element's own text without its children's, one of its visible lines (from 1, or -1), or all of them."""
    if name == "own":
        own = own_text(nodes)
        return [own] if own else []
    lines = visible_lines(nodes)
    if name == "lines":
        return lines
    index = number - 1 if number > 0 else len(lines) + number
    return lines[index : index + 1] if index >= 0 else []


def labelled(nodes: Sequence[LexborNode], label: str) -> list[str]:
    """Return what follows a label: the rest of its line, or the next line where it stands alone."""
    wanted = label.casefold().rstrip(COLON)
    lines = visible_lines(nodes)
    for index, line in enumerate(lines):
        if line.casefold().startswith(wanted):
            rest = line[len(wanted) :]
            if not rest.strip(COLON):
                return lines[index + 1 : index + 2]
            if rest.lstrip(" \u00a0")[:1] in (":", "\uff1a"):
                return [rest.strip(COLON)]
    return []


def own_text(nodes: Sequence[LexborNode]) -> str:
    """Return the text that stands in the nodes themselves, not in elements below them."""
    inside = _children(nodes[0]) if len(nodes) == 1 and nodes[0].is_element_node else nodes
    return " ".join("".join((node.text_content or "") if node.is_text_node else " " for node in inside).split())


def _children(node: LexborNode) -> list[LexborNode]:
    found, child = [], node.first_child
    while child is not None:
        found.append(child)
        child = child.next
    return found


class Places:
    """The document order of a tree's nodes, and by it the nearest of some elements before a node."""

    def __init__(self, root: LexborNode) -> None:
        self._order = {node.mem_id: place for place, node in enumerate(root.traverse(include_text=True))}

    def nearest_before(self, node: LexborNode, elements: Sequence[LexborNode]) -> LexborNode | None:
        """Return the last of the elements (in document order) that begins before the node."""
        here = self._order.get(node.mem_id, 0)
        index = bisect_left(elements, here, key=lambda element: self._order.get(element.mem_id, 0))
        return elements[index - 1] if index else None
