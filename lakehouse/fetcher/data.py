"""Nodes of everything that is not HTML: JSON values, CSV rows, feed and sitemap entries, PDF rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lakehouse.fetcher.node import Node
from lakehouse.fetcher.paths import find

if TYPE_CHECKING:
    from lakehouse.fetcher.page import Page


class DataNode(Node):
    """A JSON-like value; selectors are paths, and a path to a list gives its items."""

    __slots__ = ("_value",)

    def __init__(self, page: Page, value: Any) -> None:
        super().__init__(page)
        self._value = value

    def __repr__(self) -> str:
        return f"DataNode({self._value!r:.80})"

    @property
    def value(self) -> Any:
        return self._value

    @property
    def text(self) -> str:
        return show(self._value)

    @property
    def address(self) -> str | None:
        value = self._value
        if isinstance(value, dict):
            value = next((value[key] for key in ("url", "link", "href", "@id") if value.get(key)), None)
        return value if isinstance(value, str) else None

    def attr(self, name: str) -> Any:
        return self._value.get(name) if isinstance(self._value, dict) else None

    def select(self, selector: str) -> list[Node]:
        return [DataNode(self.page, item) for value in find(self._value, selector) for item in _items(value)]

    def first(self, selector: str) -> Node | None:
        """Return the node at a path; unlike `select`, a list stays one node."""
        return next((DataNode(self.page, value) for value in find(self._value, selector)), None)

    def __iter__(self) -> Iterator[Node]:
        children = self._value.values() if isinstance(self._value, dict) else _items(self._value)
        return (DataNode(self.page, child) for child in children if child is not self._value)


class EmptyNode(DataNode):
    """A piece of a page that is not there: it has no value, and any selector, CSS or path, finds nothing in it."""

    __slots__ = ()

    def __init__(self, page: Page) -> None:
        super().__init__(page, None)

    def select(self, selector: str) -> list[Node]:  # noqa: ARG002
        return []

    def first(self, selector: str) -> Node | None:  # noqa: ARG002
        return None


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def show(value: Any) -> str:
    """Return a JSON value as one line of text; lists are joined by commas, objects written as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(shown for item in _flat(value) if (shown := show(item)))
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict) else str(value)


def _flat(value: list[Any]) -> Iterator[Any]:
    """Yield what stands in lists within lists, without recursion."""
    stack = value[::-1]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(item[::-1])
        else:
            yield item
