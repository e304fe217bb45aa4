"""Values that stand beside something: after their label, or under a heading."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from lakehouse.fetcher.visible import BLOCKS, HIDDEN, visible_text

CELLS = {"td", "th"}
MARKS = " :\u00a0\uff1a"
LABELS = {"b", "strong", "dt", "label", "th"}


def beside_label(element: LexborNode, label: str) -> Iterator[LexborNode | str]:
    """Yield the element, or else the text, that stands beside or after each such label inside an element."""
    wanted = _plain(label)
    for node in element.traverse(include_text=True):
        if not node.is_text_node or (node.parent is not None and node.parent.tag in HIDDEN):
            continue
        own = visible_text(node)
        if _plain(own) == wanted:
            yield from _after(_widest(node, wanted, element), element)
        elif own.casefold().startswith(wanted) and own[len(wanted) :].lstrip()[:1] in {":", "\uff1a"}:
            yield own[len(wanted) :].strip(MARKS)


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(MARKS).casefold()


def _widest(node: LexborNode, wanted: str, limit: LexborNode) -> LexborNode:
    """Return the widest node around a label that holds nothing else."""
    while (parent := node.parent) is not None and parent != limit and _plain(visible_text(parent)) == wanted:
        node = parent
    return node


def _after(label: LexborNode, limit: LexborNode) -> Iterator[LexborNode | str]:
    run: list[LexborNode] = []
    node = label.next if label != limit else None
    while node is not None and not (run and _ends(node, label)):
        if visible_text(node).strip(MARKS) and not (node.is_element_node and node.tag in HIDDEN):
            run.append(node)
            if node.is_element_node and node.tag in BLOCKS:
                break
        node = node.next
    if len(run) == 1 and run[0].is_element_node:
        yield run[0]
    elif run:
        yield " ".join(visible_text(piece) for piece in run).strip(MARKS)


def _ends(node: LexborNode, label: LexborNode) -> bool:
    return node.is_element_node and (node.tag in BLOCKS or node.tag in LABELS or node.tag == label.tag)


def before(element: LexborNode) -> Iterator[LexborNode]:
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
