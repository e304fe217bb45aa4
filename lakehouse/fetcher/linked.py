"""Linked data of an HTML page by selectors: `ld(Recipe) author.name` finds a path in the entities of a type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lakehouse.fetcher.paths import find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LINKED = re.compile(r"^ld\((?P<type>[^()]*)\)\s*(?P<path>.*)$", re.DOTALL)


def linked_values(entities: Iterable[Any], kind: str, path: str) -> list[Any]:
    """Return what stands at a path of the first entity of a type that has it; lists as their items."""
    for entity in entities:
        if isinstance(entity, dict) and kind in types_of(entity):
            found = [value for value in find(entity, path) if value not in (None, "", [])]
            if found:
                return list(_items(found))
    return []


def types_of(entity: dict[str, Any]) -> list[str]:
    """Return the types of an entity, without the addresses of their vocabulary."""
    types = entity.get("@type")
    return [str(kind).rpartition("/")[2] for kind in (types if isinstance(types, list) else [types]) if kind]


def _items(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list):
            yield from value
        else:
            yield value
