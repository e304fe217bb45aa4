"""Selectors beyond CSS: `own()` and `line(2)` at the end of one, and the nearest element above a node."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lakehouse.fetcher.css import LABEL, PRECEDING, find_elements
from lakehouse.fetcher.lines import visible_lines
from lakehouse.fetcher.linked import LINKED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborNode

COLON = " :\u00a0\uff1a"
PLACE = re.compile(r"^(?P<css>.*?)\s*\b(?P<name>own|line|lines)\((?P<number>-?\d*)\)$", re.DOTALL)


class Place(NamedTuple):
    """A place in the text of what CSS finds: its own text, one of its lines, or all of them."""

    css: str
    name: str
    number: int

    def texts(self, nodes: Sequence[LexborNode]) -> list[str]:
        """Return what stands at this place of some neighbouring nodes."""
        return texts_at(nodes, self.name, self.number)


@lru_cache(maxsize=2048)
def split_place(css: str) -> Place | None:
    """Return the place of `css line(2)`; None for plain CSS."""
    match = PLACE.match(css) if css.endswith(")") else None
    return Place(match["css"], match["name"], int(match["number"] or 0)) if match else None


@lru_cache(maxsize=2048)
def is_plain(css: str) -> bool:
    """Tell whether a selector is CSS for elements and no more; most are, and each is asked of many nodes."""
    calls = LABEL.fullmatch(css) or PRECEDING.fullmatch(css) or LINKED.match(css)
    return not calls and split_place(css) is None


def texts_at(nodes: Sequence[LexborNode], name: str, number: int) -> list[str]:
    """Return an element's own text without its children's, one of its visible lines (from 1, or -1), or all of them."""
    if name == "own":
        own = own_text(nodes)
        return [own] if own else []
    lines = visible_lines(nodes)
    return lines if name == "lines" else line_at(lines, number)


def line_at(lines: Sequence[str], number: int) -> list[str]:
    """Return the line of a number, from 1, or -1 for the last; nothing where there are fewer."""
    index = number - 1 if number > 0 else len(lines) + number
    return list(lines[index : index + 1]) if index >= 0 else []


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
        self._root = root
        self._order = {node.mem_id: place for place, node in enumerate(root.traverse(include_text=True))}
        self._found: dict[str, list[LexborNode]] = {}
        self._ids: dict[str, frozenset[int]] = {}

    def nearest_before(self, node: LexborNode, css: str) -> LexborNode | None:
        """Return the last element that CSS finds and that begins before the node."""
        if css not in self._found:
            self._found[css] = find_elements(self._root, css, css)
        elements = self._found[css]
        index = bisect_left(elements, self._place(node), key=self._place)
        return elements[index - 1] if index else None

    def holds(self, element: LexborNode, css: str) -> bool:
        """Tell whether CSS finds this very element; the search is made once for all elements of the tree."""
        if css not in self._ids:
            self._ids[css] = frozenset(found.mem_id for found in find_elements(self._root, css, css))
        return element.mem_id in self._ids[css]

    def _place(self, node: LexborNode) -> int:
        return self._order.get(node.mem_id, 0)


def nearest_before(known: dict[object, Places], node: LexborNode, css: str) -> LexborNode | None:
    """Return the nearest element above a node that CSS finds in its tree."""
    return places_of(known, node).nearest_before(node, css)


def places_of(known: dict[object, Places], node: LexborNode) -> Places:
    """Return the places of a node's tree; `known` keeps them."""
    # The parser is the key, and not its address: while it is one, no other markup can come to lie there.
    parser = node.parser
    if parser not in known:
        known[parser] = Places(parser.root or node)
    return known[parser]
