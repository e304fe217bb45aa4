"""Which column of a region gives each field of the examples."""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from lakehouse.agents.scout.columns import Column
from lakehouse.agents.scout.learned import learned_cuts
from lakehouse.agents.scout.match import bare, likeness
from lakehouse.agents.scout.selectors import cost
from lakehouse.fetcher.cut import cut
from lakehouse.fetcher.marks import DATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lakehouse.fetcher.cut import Cut

LONGEST = 1500
CUT_BY_DAY = 0.6
"""What a cut at a printed date is better than others, where printed dates are wanted: it holds for other days too."""


@dataclass
class Choice:
    """The column of a field: the share of examples that it gives, and its rating among columns that give as many."""

    column: Column
    hits: float
    rating: float


def assign(columns: Sequence[Column], wanted: Sequence[tuple[int, str]], examples: int) -> Choice | None:
    """The best column for values that are wanted in given rows; `examples` is the number of rows that were given."""
    if all(_is_date(value) for _, value in wanted):
        columns = [*columns, *_dated(columns)]
    rated = [_rate(column, wanted, examples) for column in columns]
    exact = [choice for choice in rated if choice is not None]
    best = max((choice.hits for choice in exact), default=0.0)
    if best < 0.94 or all(choice.column.options for choice in exact if choice.hits == best):
        learned = (_rate(column, wanted, examples) for column in _learned(columns, wanted))
        exact += [choice for choice in learned if choice is not None]
    return max(exact, key=lambda choice: choice.rating, default=None)


def _rate(column: Column, wanted: Sequence[tuple[int, str]], examples: int) -> Choice | None:
    hits = fmean(likeness(column.values[row], value) for row, value in wanted)
    if not hits:
        return None
    filled = [value for value in column.values if value]
    fill = len(filled) / len(column.values)
    aim = len(wanted) / examples
    shapes = {shape(value) for _, value in wanted}
    rating = (
        10 * hits
        + 1.5 * (1 - abs(fill - aim) if aim < 1 else fill)
        + 1.2 * fmean(_near(value, shapes) for value in filled)
    )
    rating += 0.4 * len(set(filled)) / len(filled)
    if column.options and all(_is_date(value) for _, value in wanted):
        rating += (
            CUT_BY_DAY if DATE in column.options.values() and column.options.get("pattern") is DATE else -CUT_BY_DAY
        )
    return Choice(column, hits, rating - _cost(column))


def _cost(column: Column) -> float:
    first = column.slot.selectors[0]
    total = 0.25 * cost(first) + 0.3 * len(column.options)
    total += 0.5 * ("line(" in first) + 0.6 * ("preceding(" in first) + 0.8 * (first == "" and bool(column.options))
    pattern = column.options.get("pattern")
    return total + (0.004 * len(pattern) + 0.3 if isinstance(pattern, str) else 0.0)


def shape(value: str) -> str:
    """The kinds of characters of a value in order: words, numbers, marks."""
    return re.sub(r"\s+", " ", re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", value)))[:16]


def _near(value: str, shapes: set[str]) -> float:
    own = shape(value)
    if own in shapes:
        return 1.0
    return 0.6 if any(own[:1] == other[:1] and abs(len(own) - len(other)) < 6 for other in shapes) else 0.0


def _learned(columns: Sequence[Column], wanted: Sequence[tuple[int, str]]) -> Iterator[Column]:
    for column in columns:
        if column.options or column.is_address:
            continue
        pairs = [(whole, value) for row, value in wanted if (whole := column.values[row])]
        if len(pairs) < 0.7 * len(wanted) or any(
            len(whole) > LONGEST or len(bare(whole)) < len(bare(value)) for whole, value in pairs
        ):
            continue
        for options in learned_cuts(pairs):
            yield Column(
                column.slot, options, [(cut(value, options) or None) if value else None for value in column.values]
            )


def _dated(columns: Sequence[Column]) -> Iterator[Column]:
    """The columns cut to their printed dates, also those where most values are nothing else."""
    options: Cut = {"pattern": DATE}
    for column in columns:
        if not column.options and not column.is_address and any(DATE.search(value or "") for value in column.values):
            cuts = [(cut(value, options) or None) if value else None for value in column.values]
            if cuts != column.values:
                yield Column(column.slot, options, cuts)


def with_date_mark(column: Column, wanted: Sequence[tuple[int, str]]) -> Column:
    """The column cut to its printed date, where all that is wanted of it are printed dates."""
    if column.options or column.is_address or not all(_is_date(column.values[row]) for row, _ in wanted):
        return column
    options = {"pattern": DATE}
    return Column(column.slot, options, [(cut(value, options) or None) if value else None for value in column.values])  # type: ignore[arg-type]


def _is_date(value: str | None) -> bool:
    match = DATE.search(value or "")
    return bool(match and value and len(match[0]) == len(value))
