"""The values of nested records as columns: each object's keys by their paths, lists kept where they are lists."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lakehouse.fetcher.cut import Cut
    from lakehouse.fetcher.paths import Step

DEEPEST = 10
MOST_KEYS = 200
GRAMMAR = frozenset({"@type", "@context"})
"""Keys of linked data that say of what kind a record is, and nothing of it."""
MOST_LEAVES = 400
MOSTLY = 0.8
"""Share of lists with one item at most, from which on only the first is looked at."""


class Leaf(NamedTuple):
    """A path and what stands there in each record, or None; `cut` are the options that took it out of longer text."""

    path: tuple[Step, ...]
    values: list[Any]
    cut: Cut = {}  # noqa: RUF012
    piece: str = ""
    """Which piece it is: "date", "before", "after"; for its name."""

    @property
    def present(self) -> list[Any]:
        """The values that are there."""
        return [value for value in self.values if value not in (None, "", [], {})]


def leaves(records: Sequence[Any]) -> list[Leaf]:
    """The leaves of records (objects, or lists as rows of a table), in their order, empty ones left out."""
    if records and all(isinstance(record, list) for record in records):
        width = max(map(len, records))
        found = (leaf for i in range(width) for leaf in _leaves((i,), [_at(record, i) for record in records]))
    else:
        found = _leaves((), list(records))
    return list(islice((leaf for leaf in found if leaf.present), MOST_LEAVES))


def _at(value: Any, place: int) -> Any:
    return value[place] if isinstance(value, list) and len(value) > place else None


def _leaves(path: tuple[Step, ...], values: list[Any]) -> Iterator[Leaf]:
    if len(path) > DEEPEST:
        return
    lists = [value for value in values if isinstance(value, list) and value]
    if any(isinstance(value, dict) for value in values):
        yield from _of_objects(path, values)
    elif any(isinstance(item, dict) for each in lists for item in each):
        yield from _of_lists(path, values)
    elif any(is_scalar(value) for value in values) or all(is_scalar(item) for each in lists for item in each):
        yield Leaf(path, values)


def _of_objects(path: tuple[Step, ...], values: list[Any]) -> Iterator[Leaf]:
    keys = dict.fromkeys(key for value in values if isinstance(value, dict) for key in value)
    if len(keys) <= MOST_KEYS:  # more are no fields but names of things
        for key in [key for key in keys if key not in GRAMMAR]:
            yield from _leaves((*path, key), [value.get(key) if isinstance(value, dict) else None for value in values])


def _of_lists(path: tuple[Step, ...], values: list[Any]) -> Iterator[Leaf]:
    filled = [value for value in values if isinstance(value, list) and value]
    if sum(len(value) == 1 for value in filled) >= MOSTLY * len(filled):
        yield from _leaves((*path, 0), [_at(value, 0) for value in values])
        return
    items = [[item for item in value if isinstance(item, dict)] if isinstance(value, list) else [] for value in values]
    for key in dict.fromkeys(key for each in items for item in each for key in item):
        columns = [[item[key] for item in each if is_scalar(item.get(key))] for each in items]
        if any(columns):
            yield Leaf((*path, None, key), columns)


def is_scalar(value: Any) -> bool:
    """Whether a JSON value is text, a number or a truth value."""
    return isinstance(value, str | int | float | Decimal)
