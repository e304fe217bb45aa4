"""Paths into JSON-like values: `author.name`, `tags[0]`, `items[*].id`, `["a.b"]`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeAlias

from lakehouse.fetcher.errors import SelectorError

Step: TypeAlias = str | int | None
"""A key, an index, or None for every item."""

STEP = re.compile(
    r"""\.?(?P<key>[^.\[\]"']+)|\[(?P<index>-?\d+)\]|\[(?P<all>\*)\]|\[(?P<quoted>"(?:[^"\\]|\\.)*"|'[^']*')\]"""
)


@lru_cache(maxsize=2048)
def parse_path(path: str) -> tuple[Step, ...]:
    """Return the steps of a path; raises `SelectorError` that tells where it stops making sense."""
    steps: list[Step] = []
    position = 0
    while position < len(path):
        match = STEP.match(path, position)
        if not match or (path[position] == ".") != bool(steps and match["key"]):
            raise SelectorError(path, f'a key, [number], [*] or ["key"] is expected at character {position + 1}')
        steps.append(_step(match, path))
        position = match.end()
    return tuple(steps)


def _step(match: re.Match[str], path: str) -> Step:
    if match["key"]:
        return match["key"].strip()
    if match["index"]:
        return int(match["index"])
    if match["all"]:
        return None
    quoted = match["quoted"]
    try:
        return json.loads(quoted) if quoted[0] == '"' else quoted[1:-1]
    except ValueError as error:
        raise SelectorError(path, f"{quoted} is not a quoted key") from error


def find(value: Any, path: str) -> Iterator[Any]:
    """Yield what stands at a path; a key that is there exactly as the path is written wins over its steps."""
    if not path:
        return iter((value,))
    if isinstance(value, dict) and path in value:
        return iter((value[path],))
    return _walk(value, parse_path(path))


def _walk(value: Any, steps: tuple[Step, ...]) -> Iterator[Any]:
    found = [value]
    for step in steps:
        found = [child for parent in found for child in _children(parent, step)]
    return iter(found)


def _children(value: Any, step: Step) -> Iterator[Any]:
    if step is None:
        yield from value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    elif isinstance(step, str):
        if isinstance(value, dict) and step in value:
            yield value[step]
    elif isinstance(value, list) and -len(value) <= step < len(value):
        yield value[step]


def write_path(steps: tuple[Step, ...]) -> str:
    """Return the path that `parse_path` reads as these steps."""
    return "".join(_written(step) for step in steps).removeprefix(".")


def _written(step: Step) -> str:
    if step is None:
        return "[*]"
    if isinstance(step, int):
        return f"[{step}]"
    plain = step and step == step.strip() and not re.search(r"""[.\[\]"']""", step)
    return f".{step}" if plain else f"[{json.dumps(step)}]"
