"""Fields that a repair may have exchanged: two dates look alike, and only how they stood to each other tells them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.extract import extract
from lakehouse.fetcher.errors import PageError, SelectorError
from lakehouse.fetcher.page import Page
from lakehouse.fetcher.values import Money

FEWEST = 5
"""Records in which two values differ before their order tells anything."""

ALWAYS, MOSTLY = 0.9, 0.5
"""Share of the known records in which one field was the smaller, and of the new ones in which it is the greater."""

Typed = Mapping[str, Any]


def read(blueprint: Blueprint, pages: Iterable[Page]) -> list[Typed]:
    """Return the records of some pages with their types; a page that cannot be read so gives none."""
    found: list[Typed] = []
    for page in pages:
        try:
            found += extract(blueprint.of_records, page)
        except (PageError, SelectorError):
            continue
    return found


def exchanged(before: Sequence[Typed], now: Sequence[Typed]) -> list[tuple[str, str]]:
    """Return the pairs of fields, the smaller one of the known records first, that stand the other way round now."""
    names = list(before[0]) if before else []
    pairs = [pair for one, other in combinations(names, 2) for pair in ((one, other), (other, one))]
    return [
        (less, more) for less, more in pairs if _less(before, less, more) >= ALWAYS and _less(now, more, less) > MOSTLY
    ]


def _less(records: Sequence[Typed], one: str, other: str) -> float:
    """Return the share of records in which the first is less, of those that tell; nothing where too few do."""
    both = [(_amount(record.get(one)), _amount(record.get(other))) for record in records]
    told = [(mine, its) for mine, its in both if mine is not None and type(mine) is type(its) and mine != its]
    return sum(mine < its for mine, its in told) / len(told) if len(told) >= FEWEST else 0.0


def _amount(value: Any) -> Any:
    value = value.amount if isinstance(value, Money) else value
    return value if isinstance(value, date | Decimal | int) and not isinstance(value, bool) else None
