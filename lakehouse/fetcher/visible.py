"""The text of HTML as a browser shows it, without recursion."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option",
    "p", "pre", "search", "section", "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead",
    "title", "tr", "ul", "video",
])  # fmt: skip
HIDDEN = frozenset([
    "script", "style", "template", "noscript", "head", "iframe", "object", "audio", "canvas", "datalist",
])  # fmt: skip
CLOAK = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def visible_text(node: LexborNode) -> str:
    """Return the text of a node in one line; blocks and line breaks part words, inline tags do not."""
    child = node.first_child
    if child is not None and child.next is None and child.is_text_node:
        return " ".join((child.text_content or "").split())
    return " ".join("".join(_pieces(node)).split())


def _pieces(start: LexborNode) -> Iterator[str]:
    if start.is_text_node:
        yield start.text_content or ""
    stack: list[LexborNode | str] = [*_children(start)]
    stack.reverse()
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif node.is_text_node:
            yield node.text_content or ""
        elif node.is_element_node and not is_hidden(node):
            edge = " " if node.tag in BLOCKS else ""
            yield edge
            stack.append(edge)
            stack.extend(list(_children(node))[::-1])


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def is_hidden(node: LexborNode) -> bool:
    """Tell whether a browser shows nothing of a node, whatever is inside."""
    if node.tag in HIDDEN:
        return True
    attributes = node.attributes
    return bool(attributes) and ("hidden" in attributes or bool(CLOAK.search(attributes.get("style") or "")))
