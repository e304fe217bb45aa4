"""Values that stand beside or after their label."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from lakehouse.fetcher.visible import BLOCKS, HIDDEN, is_hidden, visible_text

CELLS = {"td", "th"}
MARKS = " :\u00a0\uff1a"
LABELS = {"b", "strong", "dt", "label", "th"}


def beside_label(element: LexborNode, label: str) -> Iterator[LexborNode | str]:
    """Yield the element, or else the text, that stands beside or after each such label inside an element."""
    wanted = _plain(label)
    first = wanted.partition(" ")[0]
    for node in element.traverse(include_text=True):
        # Most texts of a page are no such label: that is seen soonest by its first word.
        if not node.is_text_node or first not in (node.text_content or "").casefold():
            continue
        if node.parent is not None and node.parent.tag in HIDDEN:
            continue
        own = visible_text(node)
        if _plain(own) == wanted:
            yield from _after(_widest(node, element), element)
        elif own.casefold().startswith(wanted) and own[len(wanted) :].lstrip()[:1] in {":", "\uff1a"}:
            yield own[len(wanted) :].strip(MARKS)


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(MARKS).casefold()


def _widest(node: LexborNode, limit: LexborNode) -> LexborNode:
    """Return the widest node around a label that shows nothing else."""
    while not any(map(_shows, _neighbours(node))):
        parent = node.parent
        if parent is None or parent.mem_id == limit.mem_id:
            break
        node = parent
    return node


def _neighbours(node: LexborNode) -> Iterator[LexborNode]:
    for direction in ("prev", "next"):
        beside = getattr(node, direction)
        while beside is not None:
            yield beside
            beside = getattr(beside, direction)


def _shows(node: LexborNode) -> bool:
    """Tell whether a node has text that is seen, and is more than the colon of a label."""
    return bool(visible_text(node).strip(MARKS)) and not is_hidden(node)


def _after(label: LexborNode, limit: LexborNode) -> Iterator[LexborNode | str]:
    run: list[LexborNode] = []
    node = label.next if label.mem_id != limit.mem_id else None
    while node is not None and not (run and _ends(node, label)):
        if _shows(node):
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
