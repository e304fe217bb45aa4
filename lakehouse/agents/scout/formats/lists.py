"""Where in a JSON value records lie: lists of objects, tables of lists, and objects that are a list by name."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from lakehouse.fetcher.paths import write_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lakehouse.fetcher.paths import Step

DEEPEST = 12
LEAST_NAMED = 3
ALIKE = 0.8
SAMPLE = 200


class Found(NamedTuple):
    """A path that gives records, the records, and how alike they are (0 to 1)."""

    steps: tuple[Step, ...]
    records: list[Any]
    homogeneity: float
    nested: float
    """Records in each list on average, where there are many lists; 0 where there is one."""

    @property
    def path(self) -> str:
        """The path as the fetcher language writes it."""
        return write_path(self.steps)


def record_lists(document: Any) -> list[Found]:
    """All places of a JSON value that hold two or more records, outer ones first."""
    return record_lists_of([document])


def record_lists_of(values: Sequence[Any]) -> list[Found]:
    """The same of several values that stand under one name, each path taken in all of them."""
    return list(_lists((), list(values), 0))


def _lists(steps: tuple[Step, ...], values: list[Any], depth: int) -> Iterator[Found]:
    """Look at all values that stand at one path, as if they were one."""
    if depth > DEEPEST:
        return
    lists = [value for value in values if isinstance(value, list)]
    objects = [value for value in values if isinstance(value, dict)]
    items = list(chain.from_iterable(lists))
    if (found := _records(items)) and len(items) > 1:
        yield Found(steps, items, found, len(items) / len(lists) if len(values) > 1 else 0.0)
    inner = [item for item in items if isinstance(item, dict)]
    yield from _inside((*steps, None) if inner else steps, inner or objects, depth + 1)


def _inside(steps: tuple[Step, ...], objects: list[dict[str, Any]], depth: int) -> Iterator[Found]:
    named = [value for each in objects for value in each.values()]
    if objects and _is_named_list(objects):
        yield Found((*steps, None), named, homogeneity(named), len(named) / len(objects) if len(objects) > 1 else 0.0)
        objects, steps = named, (*steps, None)
    for key in dict.fromkeys(key for each in objects[:SAMPLE] for key in each):
        values = [each[key] for each in objects if isinstance(each.get(key), dict | list)]
        if values:
            yield from _lists((*steps, key), values, depth)


def _is_named_list(objects: Sequence[dict[str, Any]]) -> bool:
    """Whether objects hold nothing but alike objects, whose keys are names of things: ids, days, codes."""
    return all(
        len(each) >= LEAST_NAMED and all(isinstance(value, dict) and len(value) > 1 for value in each.values())
        and homogeneity(list(each.values())) >= ALIKE
        for each in objects
    )  # fmt: skip


def _records(items: Sequence[Any]) -> float:
    if items and all(isinstance(item, dict) and item for item in items):
        return homogeneity(items)
    return _evenness(items) if items and all(isinstance(item, list) and len(item) > 1 for item in items) else 0.0


def _evenness(rows: Sequence[list[Any]]) -> float:
    if any(isinstance(cell, dict | list) and cell and isinstance(row[0], list) for row in rows for cell in row):
        return 0.0
    # Pairs of numbers are coordinates.
    if all(
        len(row) < 4 and all(isinstance(cell, int | float) or hasattr(cell, "as_tuple") for cell in row) for row in rows
    ):
        return 0.0
    return Counter(map(len, rows)).most_common(1)[0][1] / len(rows)


def homogeneity(objects: Sequence[dict[str, Any]]) -> float:
    """How alike the keys of objects are: the mean overlap of each one's keys with those that half of them have."""
    sample = objects[:SAMPLE]
    counts = Counter(key for each in sample for key in each)
    common = {key for key, count in counts.items() if 2 * count >= len(sample)}
    return (
        sum(len(common & each.keys()) / len(common | each.keys()) for each in sample) / len(sample) if common else 0.0
    )
