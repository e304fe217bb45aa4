"""A day is measured from its tables, whole and without its rows' order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.contract import REJECT_SCHEMA, Contract, Split, split
from lakehouse.fetcher import Money
from lakehouse.profile import FAILED_PAGE, DayStats, FieldStats, SelectorStats, measure
from tests.contract.values import EVERY_TYPE, rows
from tests.profile.days import parts_of, records, stats_of


def field(kind: str, values: list[Any]) -> FieldStats:
    contract = Contract.model_validate({"fields": {"x": kind, "n": "integer"}})
    parts = split([{"x": value, "n": number} for number, value in enumerate(values)], contract)
    return measure(parts.good, parts.rejects, contract=contract).fields["x"]


def test_fill_and_distinctness_are_shares() -> None:
    stats = field("text", ["a", "a", "b", None])
    assert stats.fill == 0.75
    assert stats.distinct == pytest.approx(2 / 3)


def test_texts_have_lengths_and_shapes() -> None:
    stats = field("text", ["24-cv-1", "25-cv-222", "Smith"])
    assert stats.lengths == (5, 6, 7, 8, 9)
    assert stats.shapes == {"9-a-9": pytest.approx(2 / 3), "Aa": pytest.approx(1 / 3)}
    assert stats.numbers is None


def test_lists_have_the_shapes_of_their_items() -> None:
    stats = field("list", [["a", "b"], ["7"]])
    assert stats.shapes == {"a": pytest.approx(2 / 3), "9": pytest.approx(1 / 3)}
    assert stats.lengths == (1, 1.25, 1.5, 1.75, 2)


@pytest.mark.parametrize(
    ("kind", "values", "median"),
    [
        ("integer", [1, 5, 100], 5),
        ("decimal", [Decimal("0.5"), Decimal("1.5")], 1.0),
        ("money", [Money(Decimal(3), "EUR"), Money(Decimal(5), "USD")], 4),
        ("date", [date(1970, 1, 3)], 2),
        ("datetime", ["1970-01-02T12:00:00Z"], 1.5),
    ],
)
def test_numbers_amounts_and_times_have_quartiles(kind: str, values: list[Any], median: float) -> None:
    numbers = field(kind, values).numbers
    assert numbers is not None
    assert numbers[2] == median


def test_the_values_of_a_field_that_has_few_are_kept() -> None:
    assert field("text", ["x", "x", "y", "y"]).top == {"x": 0.5, "y": 0.5}
    assert field("boolean", [True, True]).top == {"true": 1.0}
    assert field("money", [Money(Decimal(n), "EUR") for n in range(4)]).top == {"EUR": 1.0}
    assert field("text", ["a", "b", "c"]).top == {}


def test_a_field_without_values_has_nothing_but_its_emptiness() -> None:
    assert field("text", [None, None]) == FieldStats(fill=0.0, distinct=0.0)


def test_a_day_without_rows_can_be_measured() -> None:
    stats = stats_of(parts_of([]), pages=1)
    assert (stats.rows, stats.rejects, stats.reject_share) == (0, 0, 0.0)
    assert {field.fill for field in stats.fields.values()} == {0.0}


def test_rejects_have_a_share() -> None:
    day = records(0, 8)
    parts = parts_of([*day, {**day[0], "docket": None}, {**day[0], "docket": " "}])
    assert stats_of(parts).reject_share == pytest.approx(0.2)


def test_a_failed_page_counts_as_many_rejects_as_other_pages_have_rows() -> None:
    parts = parts_of(records(0, 90))
    failed = pl.DataFrame(
        [{"raw": "{}", "reasons": ["page: x"], "_capture": "p", "_release": 1, "_row": FAILED_PAGE}], REJECT_SCHEMA
    )
    stats = stats_of(Split(parts.good, failed), pages=10)
    assert (stats.rejects, stats.failed_pages, stats.lost) == (0, 1, 10)
    assert stats.reject_share == pytest.approx(0.1)


def test_a_day_whose_every_page_failed_is_wholly_rejected() -> None:
    failed = pl.DataFrame(
        [{"raw": "{}", "reasons": [], "_capture": "p", "_release": 1, "_row": FAILED_PAGE}], REJECT_SCHEMA
    )
    assert stats_of(Split(parts_of([]).good, failed), pages=1).reject_share == 1.0


def test_the_answers_of_selectors_are_kept() -> None:
    answer = SelectorStats(field="title", selectors=("h1", "h2"), counts=(3, 1), missed=2)
    stats = stats_of(parts_of(records(0)), answers=(answer,))
    assert stats.answers == (answer,)
    assert answer.fallback_share == 0.25
    assert SelectorStats(field="title", selectors=("h1",), counts=(0,), missed=2).fallback_share is None


@settings(max_examples=30, deadline=None)
@given(rows())
def test_any_day_is_the_same_after_a_way_through_json(day: list[dict[str, Any]]) -> None:
    parts = split(day, EVERY_TYPE)
    stats = measure(parts.good, parts.rejects, contract=EVERY_TYPE, pages=1)
    assert DayStats.model_validate_json(stats.model_dump_json()) == stats


@settings(max_examples=20, deadline=None)
@given(st.permutations(records(3, 12)))
def test_the_order_of_rows_does_not_matter(day: list[dict[str, Any]]) -> None:
    assert stats_of(parts_of(day)) == stats_of(parts_of(records(3, 12)))
