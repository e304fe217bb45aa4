"""Linked data of an HTML page by selectors: `ld(Recipe) author.name` finds a path in the entities of a type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from lakehouse.fetcher.lines import visible_lines
from lakehouse.fetcher.paths import find
from lakehouse.fetcher.references import unescaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LINKED = re.compile(r"^ld\((?P<type>[^()]*)\)\s*(?P<path>.*)$", re.DOTALL)
LINES = re.compile(r"\s+lines\(\)$")
SAID = ("@value", "name", "text", "item", "itemlistelement")
"""The keys, in lower case, under which schema.org keeps what an entry of a list says to a person."""


def linked_values(entities: Iterable[Any], kind: str, path: str) -> list[Any]:
    """Return what stands at a path of the first entity of a type that has it; lists as their items.

    Texts have their character references read, since many sites escape them for a page. `path lines()` gives its lines
    as a page would show them: markup is read, and of an entry that is an object its name, its text and the entries
    below it.
    """
    plain = LINES.sub("", path)
    for entity in entities:
        if isinstance(entity, dict) and kind in types_of(entity):
            found = [value for value in find(entity, plain) if value not in (None, "", [])]
            if found:
                return list(map(_read, _items(found))) if plain == path else list(said_lines(found))
    return []


def types_of(entity: dict[str, Any]) -> list[str]:
    """Return the types of an entity, without the addresses of their vocabulary."""
    types = entity.get("@type")
    return [str(kind).rpartition("/")[2] for kind in (types if isinstance(types, list) else [types]) if kind]


def said_lines(values: list[Any]) -> Iterator[str]:
    """Yield the lines of values as a person would read them, without recursion."""
    stack = values[::-1]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            stack.extend(reversed(list(_said(value))))
        elif isinstance(value, list):
            stack.extend(reversed(value))
        elif value not in (None, ""):
            yield from text_lines(str(value))


def text_lines(text: str) -> list[str]:
    """Return the lines of a text that may be markup, escaped or not."""
    plain = unescaped(text)
    if "<" not in plain:
        return [line for part in plain.splitlines() if (line := " ".join(part.split()))]
    root = LexborHTMLParser(plain.replace("\n", "<br>")).root
    return visible_lines([root]) if root is not None else []


def _said(entry: dict[str, Any]) -> Iterator[Any]:
    known = {key.casefold(): value for key, value in entry.items()}
    text, name = known.get("text"), known.get("name")
    # Many sites fill `name` with the beginning of the text: a person would see it once.
    if isinstance(text, str) and isinstance(name, str) and _bare(text).startswith(_bare(name)):
        known.pop("name")
    return (known[key] for key in SAID if key in known)


def _bare(text: str) -> str:
    return "".join(unescaped(text).split()).rstrip(".\u2026").casefold()


def _read(value: Any) -> Any:
    return unescaped(value) if isinstance(value, str) else value


def _items(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list):
            yield from value
        else:
            yield value
