"""Reader of yes and no: `boolean`."""

from __future__ import annotations

from typing import Any, Unpack

from lakehouse.fetcher.cut import Cut
from lakehouse.fetcher.data import show
from lakehouse.fetcher.node import Node
from lakehouse.fetcher.reading import read
from lakehouse.fetcher.values import Unread, Unreadable

TRUE = ("true", "yes", "y", "1", "on", "ja", "oui", "sí", "si", "sì", "sim", "tak", "ano", "kyllä", "✓", "✔", "☑", "✅")
FALSE = (
    "false",
    "no",
    "n",
    "0",
    "off",
    "nein",
    "non",
    "nee",
    "não",
    "nej",
    "nei",
    "nie",
    "ne",
    "ei",
    "✗",
    "✘",
    "☐",
    "❌",
)


def boolean(
    node: Node, *selectors: str, true: tuple[str, ...] = TRUE, false: tuple[str, ...] = FALSE, **cut: Unpack[Cut]
) -> bool | Unread | None:
    """Return yes or no where the whole text is one of the words, without regard to case."""
    yes, no = ({word.casefold() for word in words} for words in (true, false))
    return read("boolean", node, selectors, cut, lambda raw: find_boolean(raw, yes, no))


def find_boolean(raw: Any, true: set[str], false: set[str]) -> bool:
    """Return the meaning of a value; raises `Unreadable` where it is none of the words."""
    if isinstance(raw, bool):
        return raw
    word = show(raw).casefold().removesuffix("\ufe0f").rstrip(".!")
    if (word in true) == (word in false):
        raise Unreadable("it is none of the words for yes or no")
    return word in true
