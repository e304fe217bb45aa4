"""From a day's tables to its `DayStats`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import polars as pl

from lakehouse.contract import Contract, Field
from lakehouse.contract.bounds import NUMERIC
from lakehouse.profile.shapes import shape
from lakehouse.profile.stats import DayStats, FieldStats, Quantiles, SelectorStats

TOP_SHAPES = 20
"""Shapes kept of each field."""

FEW_VALUES = 20
"""Distinct values up to which each one is kept."""

LONGEST_VALUE = 80
"""Characters of a kept value."""

LARGEST_SAMPLE = 20_000
"""Rows from which lengths and shapes are taken, evenly over the day; counts and fill are of all rows."""

FAILED_PAGE = -1
"""`_row` of the reject that stands for a whole page."""

_QUARTILES = (0.0, 0.25, 0.5, 0.75, 1.0)


class SelectorCounts(Protocol):
    """How often each selector of a field answered, as the sandbox tells it."""

    @property
    def field(self) -> str: ...
    @property
    def selectors(self) -> tuple[str, ...]: ...
    @property
    def counts(self) -> tuple[int, ...]: ...
    @property
    def missed(self) -> int: ...


def measure(
    good: pl.DataFrame,
    rejects: pl.DataFrame,
    answers: Sequence[SelectorCounts] = (),
    *,
    contract: Contract,
    pages: int = 0,
    day: str = "",
) -> DayStats:
    """Return what a day looked like; `good` and `rejects` are as `split` gives them, `day` is `YYYY-MM-DD` if known."""
    since = (date.fromisoformat(day) - date(1970, 1, 1)).days if day else None
    failed = rejects.filter(pl.col("_row") == FAILED_PAGE).height
    return DayStats(
        rows=good.height,
        rejects=rejects.height - failed,
        pages=pages,
        failed_pages=failed,
        fields={name: _field(good[name], field, since) for name, field in contract.fields.items()},
        answers=tuple(SelectorStats.model_validate(answer, from_attributes=True) for answer in answers),
    )


def _field(column: pl.Series, field: Field, since: int | None) -> FieldStats:
    values = column.drop_nulls()
    if values.is_empty():
        return FieldStats(fill=0.0, distinct=0.0)
    sample = values.gather_every(1 + values.len() // LARGEST_SAMPLE)
    return FieldStats(
        fill=values.len() / column.len(),
        distinct=values.n_unique() / values.len(),
        lengths=_lengths(sample, field),
        numbers=_numbers(sample, field),
        ages=_ages(sample, field, since),
        shapes=_shapes(sample, field),
        top=_top(values, field),
    )


def _lengths(values: pl.Series, field: Field) -> Quantiles | None:
    if field.type in ("text", "url"):
        return _quantiles(values.str.len_chars())
    return _quantiles(values.list.len()) if field.type == "list" else None


def _numbers(values: pl.Series, field: Field) -> Quantiles | None:
    if field.type in NUMERIC:
        amounts = values.struct.field("amount") if field.type == "money" else values
        return _quantiles(amounts.cast(pl.Float64))
    if field.type in ("date", "datetime"):
        return _quantiles(values.dt.epoch("s").cast(pl.Float64) / 86_400)
    return None


def _ages(values: pl.Series, field: Field, since: int | None) -> Quantiles | None:
    if field.type not in ("date", "datetime") or since is None:
        return None
    return _quantiles(since - values.dt.epoch("s").cast(pl.Float64) / 86_400)


def _quantiles(numbers: pl.Series) -> Quantiles:
    least, first, median, third, greatest = (numbers.quantile(part, "linear") or 0.0 for part in _QUARTILES)
    return (least, first, median, third, greatest)


def _shapes(values: pl.Series, field: Field) -> dict[str, float]:
    if field.type not in ("text", "url", "list"):
        return {}
    texts = values.explode().drop_nulls() if field.type == "list" else values
    return _shares(texts.to_frame("text").select(shape(pl.col("text")))["text"], TOP_SHAPES)


def _top(values: pl.Series, field: Field) -> dict[str, float]:
    if field.type == "list":
        return {}
    words = values.struct.field("currency").drop_nulls() if field.type == "money" else values
    few = words.n_unique() <= FEW_VALUES and words.n_unique() * 2 <= words.len()
    return _shares(words.cast(pl.String).str.slice(0, LONGEST_VALUE), FEW_VALUES) if few else {}


def _shares(words: pl.Series, most: int) -> dict[str, float]:
    """Return the most frequent words with their shares, in an order that does not depend on that of the rows."""
    counted = words.rename("word").value_counts(name="count").sort(["count", "word"], descending=[True, False])
    return {word: count / words.len() for word, count in counted.head(most).iter_rows()}
