"""A value is cast where nothing is lost by it, and refused where something would be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.contract import FIELD_TYPES, FieldType
from lakehouse.contract.cast import Uncastable, cast_value
from lakehouse.fetcher import Money

EAST = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("kind", "value", "held"),
    [
        ("text", "a", "a"),
        ("text", 12, "12"),
        ("text", Decimal("1.50"), "1.50"),
        ("text", date(2026, 1, 2), "2026-01-02"),
        ("url", "https://a.org", "https://a.org"),
        ("date", "2026-01-02", date(2026, 1, 2)),
        ("date", datetime(2026, 1, 2), date(2026, 1, 2)),
        ("datetime", "2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("datetime", datetime(2026, 1, 2, 3, tzinfo=EAST), datetime(2026, 1, 2, 1, tzinfo=UTC)),
        ("datetime", datetime(2026, 1, 2, 3), datetime(2026, 1, 2, 3, tzinfo=UTC)),
        ("integer", "12", 12),
        ("integer", " -7 ", -7),
        ("integer", Decimal("3.0"), 3),
        ("integer", 3.0, 3),
        ("integer", 2**63 - 1, 2**63 - 1),
        ("decimal", "1.5", Decimal("1.5")),
        ("decimal", 0.1, Decimal("0.1")),
        ("decimal", 7, Decimal(7)),
        ("decimal", Decimal("1E-10"), Decimal("1E-10")),
        ("decimal", Decimal("1.50000000000000"), Decimal("1.5")),
        ("money", Money(Decimal("9.99"), "EUR"), {"amount": Decimal("9.99"), "currency": "EUR"}),
        ("money", "5", {"amount": Decimal(5), "currency": None}),
        ("boolean", True, True),
        ("boolean", "False", False),
        ("list", ["a", 1], ["a", "1"]),
        ("list", "a", ["a"]),
    ],
)
def test_a_value_that_fits_is_cast(kind: FieldType, value: Any, held: Any) -> None:
    assert cast_value(value, kind) == held


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", True),
        ("text", ["a"]),
        ("text", "\ud800"),
        ("url", 3),
        ("date", "02.01.2026"),
        ("date", datetime(2026, 1, 2, 3)),
        ("date", 20260102),
        ("datetime", date(2026, 1, 2)),
        ("datetime", "2026-01-02"),
        ("datetime", datetime(1, 1, 1, tzinfo=EAST)),
        ("integer", "12a"),
        ("integer", "1,200"),
        ("integer", 1.5),
        ("integer", True),
        ("integer", 2**63),
        ("decimal", "1e5"),
        ("decimal", float("nan")),
        ("decimal", Decimal("Infinity")),
        ("decimal", Decimal("1.12345678901")),
        ("decimal", Decimal(10) ** 28),
        ("decimal", Decimal("1E+999999")),
        ("money", Money(Decimal("NaN"), "EUR")),
        ("money", "5 EUR"),
        ("boolean", 1),
        ("boolean", "yes"),
        ("list", [["a"]]),
        ("list", ["a", None]),
    ],
)
def test_a_value_that_would_lose_something_is_refused(kind: FieldType, value: Any) -> None:
    with pytest.raises(Uncastable):
        cast_value(value, kind)


@pytest.mark.parametrize("kind", FIELD_TYPES)
@pytest.mark.parametrize("value", [None, "", " \n", []])
def test_what_is_empty_is_none_in_every_type(kind: FieldType, value: Any) -> None:
    assert cast_value(value, kind) is None


@given(st.integers(-(2**63), 2**63 - 1))
def test_an_integer_comes_through_text_and_decimal_unchanged(number: int) -> None:
    assert cast_value(str(number), "integer") == cast_value(Decimal(number), "integer") == number


@given(st.decimals(allow_nan=False, allow_infinity=False, places=10, min_value=-(10**27), max_value=10**27))
def test_an_amount_comes_through_unchanged(number: Decimal) -> None:
    assert cast_value(number, "decimal") == cast_value(f"{number:f}", "decimal") == number


OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(timezones=OFFSETS))
def test_a_moment_stays_the_same_moment(moment: datetime) -> None:
    try:
        held = cast_value(moment, "datetime")
    except Uncastable:
        assert moment.year in (1, 9999)
    else:
        assert held == moment
        assert held.utcoffset() == timedelta()
