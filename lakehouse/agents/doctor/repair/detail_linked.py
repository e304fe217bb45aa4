"""Spots in what a page says to machines: its linked data, its microdata and its head."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lakehouse.agents.doctor.repair.detail_spots import Source, Spot
from lakehouse.agents.doctor.repair.sightings import words
from lakehouse.fetcher.linked import types_of
from lakehouse.fetcher.paths import write_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lakehouse.agents.scout.outline import Outline
    from lakehouse.fetcher.page import Page
    from lakehouse.fetcher.paths import Step

DEEPEST = 4
MOST = 250
TYPE = re.compile(r"[^()]+")
NAMED = re.compile(r"[\w:.-]+")


def linked_spots(page: Page) -> Iterator[Spot]:
    """Yield the paths to all values of all entities, and the lines of what has several."""
    for entity in page.linked_data:
        kinds = types_of(entity) if isinstance(entity, dict) else []
        if kinds and TYPE.fullmatch(kinds[0]):
            paths = dict.fromkeys(_paths(entity, (), 0))
            yield from (_linked(kinds[0], steps) for steps in list(paths)[:MOST])
            yield from (_linked(kinds[0], (key,), " lines()") for key in entity if _is_long(entity, key))


def _linked(kind: str, steps: tuple[Step, ...], place: str = "") -> Spot:
    keys = [step for step in steps if isinstance(step, str)]
    source = Source("ld", kind, ".".join(keys) + place)
    return Spot(f"ld({kind}) {write_path(steps)}{place}", source, words(f"{keys[0]} {keys[-1]}"))


def _paths(value: Any, steps: tuple[Step, ...], depth: int) -> Iterator[tuple[Step, ...]]:
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            if not key.startswith("@"):
                yield from _paths(inner, (*steps, key), depth + 1)
    elif isinstance(value, list):
        for inner in value:
            # Lists within lists count, as a page may nest them as deep as it likes.
            deeper = depth + isinstance(inner, list)
            yield from _paths(inner, (*steps, None) if isinstance(inner, dict | list) else steps, deeper)
    elif value not in (None, ""):
        yield steps


def _is_long(entity: dict[str, Any], key: str) -> bool:
    value = None if key.startswith("@") else entity.get(key)
    return isinstance(value, list | dict) or (
        isinstance(value, str) and ("\n" in value or "<" in value or "&" in value)
    )


def head_spots(page: Page) -> Iterator[Spot]:
    """Yield the meta elements of a page that have a name, and its title."""
    for node in page.select("meta[content]"):
        for attribute in ("property", "name"):
            name = node.attr(attribute)
            if name and NAMED.fullmatch(name):
                source = Source("meta", "", name.casefold())
                yield Spot(f'meta[{attribute}="{name}"]@content', source, words(name.replace(":", " ")))
    yield Spot("title", Source("meta", "", "title"), words("title"))


def microdata_spots(outline: Outline) -> Iterator[Spot]:
    """Yield the properties of microdata: as text, and as what an attribute says."""
    names = dict.fromkeys(n for e in outline.elements for n in e.attributes.get("itemprop", "").split())
    for name in names:
        if NAMED.fullmatch(name):
            source, said = Source("prop", "", name), words(name)
            yield Spot(f'[itemprop="{name}"]@content', source, said)
            yield Spot(f'[itemprop="{name}"]', source, said)
            yield Spot(f'[itemprop="{name}"] lines()', Source("prop", "", f"{name} lines()"), said)
            yield Spot(f'[itemprop="{name}"] li', Source("prop", "", f"{name} li"), said)
