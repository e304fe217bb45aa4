"""A bound is written in the field's own type, and holds exactly there: one step further is a reject."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.contract import Contract, split
from lakehouse.contract.bounds import BOUNDED, bound_for
from lakehouse.contract.types import FIELD_TYPES, FieldType
from lakehouse.errors import SourceError
from lakehouse.fetcher import Money
from lakehouse.source import load_source


def passes(kind: str, value: Any, **bounds: Any) -> bool:
    """Tell whether one value keeps a contract of one bounded field."""
    contract = Contract.model_validate({"fields": {"x": {"type": kind, **bounds}}})
    return split([{"x": value, "_capture": "c", "_release": 1, "_row": 0}], contract).good.height == 1


EDGES = [
    ("integer", 5, 4, 6),
    ("integer", 2**63 - 1, 2**63 - 2, None),
    ("integer", -(2**63), None, -(2**63) + 1),
    ("decimal", Decimal("0.1"), Decimal("0.0999999999"), Decimal("0.1000000001")),
    ("decimal", Decimal(10) ** 27, Decimal(10) ** 27 - 1, Decimal(10) ** 27 + 1),
    ("date", date(2026, 2, 28), date(2026, 2, 27), date(2026, 3, 1)),
    ("date", date(1, 1, 1), None, date(1, 1, 2)),
    ("date", date(9999, 12, 31), date(9999, 12, 30), None),
    (
        "datetime",
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2025, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(2026, 1, 1, 0, 0, 0, 1, tzinfo=UTC),
    ),
]


@pytest.mark.parametrize(("kind", "bound", "below", "above"), EDGES)
def test_the_bound_itself_is_in_and_the_next_value_is_out(kind: str, bound: Any, below: Any, above: Any) -> None:
    assert passes(kind, bound, minimum=bound, maximum=bound)
    if below is not None:
        assert not passes(kind, below, minimum=bound)
        assert passes(kind, below, maximum=bound)
    if above is not None:
        assert not passes(kind, above, maximum=bound)
        assert passes(kind, above, minimum=bound)


def test_money_is_bounded_by_its_amount_whatever_its_currency() -> None:
    assert passes("money", Money(Decimal("9.99"), "EUR"), minimum=9.99, maximum=9.99)
    assert not passes("money", Money(Decimal("9.98"), "EUR"), minimum=9.99)
    assert not passes("money", Money(Decimal(10), None), maximum=9.99)


def test_a_time_without_a_zone_is_utc_and_a_date_its_midnight() -> None:
    assert bound_for("datetime", date(2026, 1, 1)) == datetime(2026, 1, 1, tzinfo=UTC)
    assert bound_for("datetime", datetime(2026, 1, 1, 8)) == datetime(2026, 1, 1, 8, tzinfo=UTC)
    east = timezone(timedelta(hours=9))
    assert bound_for("datetime", datetime(2026, 1, 1, 8, tzinfo=east)) == datetime(2025, 12, 31, 23, tzinfo=UTC)


WRONG = [
    ("integer", 1.5, "whole number"),
    ("integer", True, "a number"),
    ("integer", "5", "a number"),
    ("integer", float("nan"), "a number"),
    ("integer", 2**63, "64 bits"),
    ("integer", -(2**63) - 1, "64 bits"),
    ("decimal", float("inf"), "a number"),
    ("decimal", 1e40, "28 digits"),
    ("decimal", -(10**28), "28 digits"),
    ("money", 10**30, "28 digits"),
    ("decimal", Decimal("0.00000000001"), "10 after"),
    ("date", 2026, "a date"),
    ("date", datetime(2026, 1, 1), "a date"),
    ("datetime", "2026-01-01", "a time"),
]


@pytest.mark.parametrize(("kind", "written", "said"), WRONG)
def test_a_bound_that_no_value_could_be_compared_with_is_refused(kind: FieldType, written: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        bound_for(kind, written)


@pytest.mark.parametrize("kind", sorted(set(FIELD_TYPES) - BOUNDED))
def test_a_field_without_an_order_has_no_bounds(kind: FieldType) -> None:
    with pytest.raises(ValueError, match="no minimum or maximum; date, datetime, decimal, integer, money fields have"):
        bound_for(kind, 1)


def test_a_bound_too_large_for_its_column_is_told_with_its_line() -> None:
    text = "name: books\nstart: http://x.example/\ncontract:\n  fields:\n    n: {type: integer, maximum: 1e30}\n"
    with pytest.raises(SourceError, match=r"source.yaml:5: `contract\.fields\.n\.maximum`") as caught:
        load_source(text.replace("1e30", "1" + "0" * 30))
    assert caught.value.line == 5


@given(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**63), 2**63 - 1))
def test_an_integer_passes_a_minimum_exactly_if_it_is_not_below(value: int, bound: int) -> None:
    assert passes("integer", value, minimum=bound) == (value >= bound)


@given(
    st.decimals(-(10**20), 10**20, places=10, allow_nan=False),
    st.decimals(-(10**20), 10**20, places=10, allow_nan=False),
)
def test_a_decimal_passes_a_maximum_exactly_if_it_is_not_above(value: Decimal, bound: Decimal) -> None:
    assert passes("decimal", value, maximum=bound) == (value <= bound)
