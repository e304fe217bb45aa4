"""What is kept of a day stays small, and each type has the measures that mean something for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from lakehouse.contract import Contract, split
from lakehouse.fetcher import Money
from lakehouse.profile import FieldStats, measure
from lakehouse.profile.measuring import FEW_VALUES, LARGEST_SAMPLE, LONGEST_VALUE, TOP_SHAPES

DAY = "2026-11-18"


def field(kind: str, values: list[Any], day: str = "") -> FieldStats:
    contract = Contract.model_validate({"fields": {"x": kind, "n": "integer"}})
    parts = split([{"x": value, "n": number} for number, value in enumerate(values)], contract)
    assert parts.rejects.is_empty()
    return measure(parts.good, parts.rejects, contract=contract, day=day).fields["x"]


@pytest.mark.parametrize(
    ("kind", "value", "measures"),
    [
        ("text", "Dune", {"lengths", "shapes"}),
        ("url", "https://a.example/x", {"lengths", "shapes"}),
        ("list", ["a"], {"lengths", "shapes"}),
        ("integer", 3, {"numbers"}),
        ("decimal", Decimal("1.5"), {"numbers"}),
        ("money", Money(Decimal(3), "EUR"), {"numbers"}),
        ("date", date(2026, 11, 18), {"numbers", "ages"}),
        ("datetime", "2026-11-18T06:00:00Z", {"numbers", "ages"}),
        ("boolean", True, set()),
    ],
)
def test_each_type_has_its_own_measures(kind: str, value: Any, measures: set[str]) -> None:
    stats = field(kind, [value], DAY)
    assert {name for name in ("lengths", "shapes", "numbers", "ages") if getattr(stats, name)} == measures


def test_ages_are_days_before_the_day_of_capture_and_may_lie_in_the_future() -> None:
    ages = field("date", [date(2026, 11, 16), date(2026, 11, 18), date(2026, 11, 20)], DAY).ages
    assert ages is not None
    assert (ages[0], ages[2], ages[4]) == (-2, 0, 2)


def test_without_the_day_of_capture_nothing_has_an_age() -> None:
    assert field("date", [date(2026, 11, 16)]).ages is None


def test_no_more_than_the_most_frequent_shapes_are_kept() -> None:
    texts = ["x"] * 5 + ["." * number for number in range(1, 40)]
    shapes = field("text", texts).shapes
    assert len(shapes) == TOP_SHAPES
    assert next(iter(shapes)) == "a"
    assert sum(shapes.values()) < 1


def test_values_are_kept_up_to_a_number_and_only_where_they_repeat() -> None:
    most = [f"v{number}" for number in range(FEW_VALUES)]
    assert len(field("text", most * 2).top) == FEW_VALUES
    assert field("text", [*most, "one more"] * 2).top == {}
    assert field("text", most).top == {}


def test_a_kept_value_is_cut() -> None:
    assert list(field("text", ["y" * 500] * 2).top) == ["y" * LONGEST_VALUE]


def test_values_without_order_stand_by_share_and_then_by_name() -> None:
    assert list(field("text", ["b", "c", "a", "c", "a", "b", "c"] * 2).top) == ["c", "a", "b"]


def test_a_large_day_is_sampled_for_lengths_but_counted_whole() -> None:
    count = 2 * LARGEST_SAMPLE
    contract = Contract.model_validate({"fields": {"x": "text"}})
    good = pl.DataFrame({"x": ["aa", None] + ["bbbb"] * (count - 2)})
    rejects = pl.DataFrame({"_row": []}, schema={"_row": pl.Int64})
    stats = measure(good, rejects, contract=contract)
    assert stats.rows == count
    assert stats.fields["x"].fill == (count - 1) / count
    assert stats.fields["x"].distinct == 2 / (count - 1)
    assert stats.fields["x"].top["bbbb"] == (count - 2) / (count - 1)


def test_empty_lists_have_a_length_and_no_shape() -> None:
    contract = Contract.model_validate({"fields": {"x": "list"}})
    good = pl.DataFrame({"x": [[], []]}, schema={"x": pl.List(pl.String)})
    stats = measure(good, pl.DataFrame(schema={"_row": pl.Int64}), contract=contract).fields["x"]
    assert (stats.lengths, stats.shapes) == ((0, 0, 0, 0, 0), {})
