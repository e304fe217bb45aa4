"""Readers of text: `text`, and `items` for lists of it."""

from __future__ import annotations

from typing import Any, Unpack

from lakehouse.fetcher.cut import Cut
from lakehouse.fetcher.data import show
from lakehouse.fetcher.node import Node
from lakehouse.fetcher.reading import note, read


def text(node: Node, *selectors: str, default: str | None = None, **cut: Unpack[Cut]) -> str | None:
    """Return text in one line; `default` where no selector gives any."""
    found = read("text", node, selectors, cut, show)
    return found if isinstance(found, str) else default


def items(node: Node, *selectors: str, separator: str | None = None) -> list[str] | None:
    """Return the text of everything that the first fruitful selector finds, parted at `separator`."""
    for index, selector in enumerate(selectors or ("",)):
        if found := _texts(node, selector, separator):
            return note(node, "items", selectors, index, found)
    return note(node, "items", selectors, -1, None)


def _texts(node: Node, selector: str, separator: str | None) -> list[str]:
    found = node.select(selector)
    texts = [piece for item in found for piece in _parted(item.text, separator)]
    return [piece for piece in texts if piece]


def _parted(value: Any, separator: str | None) -> list[str]:
    return [piece.strip() for piece in value.split(separator)] if separator else [value]
