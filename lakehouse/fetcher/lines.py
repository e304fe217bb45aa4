"""The lines of a piece of HTML as a person sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.fetcher.visible import BLOCKS, is_hidden

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

_BREAK = "\x00"


def visible_lines(nodes: Iterable[LexborNode]) -> list[str]:
    """Return the lines of the nodes: blocks, cells and `<br>` begin a new one; white space is collapsed."""
    pieces: list[str] = []
    stack: list[LexborNode | str] = [*nodes]
    stack.reverse()
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif node.is_text_node:
            pieces.append(_written(node))
        elif node.is_element_node and not is_hidden(node):
            edge = _BREAK if node.tag in BLOCKS else ""
            pieces.append(edge)
            stack.append(edge)
            stack.extend([*_children(node)][::-1])
    found = (" ".join(line.split()) for line in "".join(pieces).split(_BREAK))
    return [line for line in found if line]


def _written(node: LexborNode) -> str:
    text = node.text_content or ""
    parent = node.parent
    return text.replace("\n", _BREAK) if parent is not None and parent.tag == "pre" else text


def _children(node: LexborNode) -> Iterable[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next
