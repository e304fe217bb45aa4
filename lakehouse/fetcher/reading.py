"""What all value readers do: try the selectors in order, read the first that has something, note the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from lakehouse.fetcher.cut import Cut, cut
from lakehouse.fetcher.data import show
from lakehouse.fetcher.node import Node
from lakehouse.fetcher.values import Answer, Unread, Unreadable

T = TypeVar("T")

MAX_VALUE = 10_000
"""Characters of a text that a single value is looked for in; readers may take the square of it in steps."""


def read(
    reader: str, node: Node, selectors: tuple[str, ...], options: Cut, convert: Callable[[Any], T]
) -> T | Unread | None:
    """Return the first non-empty value converted, `Unread` where `convert` raises `Unreadable`, or None."""
    for index, selector in enumerate(selectors or ("",)):
        raw = value_at(node, selector, options)
        if raw is None or raw in ("", []):
            continue
        return note(node, reader, selectors, index, converted(reader, raw, convert))
    return note(node, reader, selectors, -1, None)


def value_at(node: Node, selector: str, options: Cut) -> Any:
    """Return what stands at a selector: text in one line, or another JSON value where nothing is cut."""
    found = node.first(selector) if selector else node
    if found is None:
        return None
    value = found.value
    if options:
        return cut(found.text, options)
    return show(value) if isinstance(value, str) else value


def converted(reader: str, raw: Any, convert: Callable[[Any], T]) -> T | Unread:
    """Return the converted value, or `Unread` with the reason."""
    try:
        return convert(raw)
    except Unreadable as error:
        return Unread(show(raw)[:MAX_VALUE], reader, str(error))


def shown(raw: Any) -> str:
    """Return a raw value as one line of text; raises `Unreadable` where it is too long to hold a single value."""
    text = show(raw)
    if len(text) > MAX_VALUE:
        raise Unreadable(f"it is longer than {MAX_VALUE} characters; cut the value out of it")
    return text


def note(node: Node, reader: str, selectors: tuple[str, ...], index: int, value: T) -> T:
    """Write an answer into the page's trace and return its value."""
    node.page.answers.append(Answer(reader, selectors, index, value))
    return value
