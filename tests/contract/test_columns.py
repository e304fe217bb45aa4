"""Records become typed columns; what fits in no way is noted beside them and never altered."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given

from lakehouse.contract import PROVENANCE, Contract, polars_schema
from lakehouse.contract.cast import Uncastable, cast_value
from lakehouse.contract.columns import QUOTED, Columns, quoted, to_columns
from lakehouse.contract.types import FIELD_TYPES, FieldType
from lakehouse.fetcher import Money, Unread
from tests.contract.values import ANYTHING, EVERY_TYPE, rows


def column(kind: str, *values: Any) -> Columns:
    """Return the columns of records of one field `x`."""
    contract = Contract.model_validate({"fields": {"x": kind}})
    return to_columns(
        [{"x": value, "_capture": "c", "_release": 1, "_row": n} for n, value in enumerate(values)], contract
    )


@pytest.mark.parametrize(
    ("kind", "given_values", "held"),
    [
        ("text", ["a", " ", None, "ž"], ["a", None, None, "ž"]),
        ("integer", [1, "2", Decimal(3)], [1, 2, 3]),
        ("decimal", [1, "2.5", 0.1], [Decimal(1), Decimal("2.5"), Decimal("0.1")]),
        ("date", [date(2026, 1, 2), "2026-01-03"], [date(2026, 1, 2), date(2026, 1, 3)]),
        ("boolean", [True, "false", None], [True, False, None]),
        ("list", [["a", "b"], "c", []], [["a", "b"], ["c"], None]),
    ],
)
def test_values_of_many_forms_are_one_column(kind: str, given_values: list[Any], held: list[Any]) -> None:
    made = column(kind, *given_values)
    assert made.frame["x"].to_list() == held
    assert made.unread == {}


def test_money_and_moments_keep_their_parts() -> None:
    fee = column("money", Money(Decimal("9.50"), "EUR"), 3).frame["x"].to_list()
    assert fee == [{"amount": Decimal("9.5"), "currency": "EUR"}, {"amount": Decimal(3), "currency": None}]
    seen = column("datetime", datetime(2026, 1, 1, 8), "2026-01-01T09:00:00+01:00").frame["x"].to_list()
    assert seen == [datetime(2026, 1, 1, 8, tzinfo=UTC)] * 2


def test_a_value_that_fits_in_no_way_is_null_and_noted_with_its_row() -> None:
    made = column("integer", 1, "many", 3, Unread("n/a", "number", "no digit"))
    assert made.frame["x"].to_list() == [1, None, 3, None]
    assert made.unread == {
        1: {"x": 'x: cannot read "many" as integer'},
        3: {"x": 'x: cannot read "n/a" as number (no digit)'},
    }


def test_a_field_that_a_record_lacks_is_null() -> None:
    made = to_columns([{"_capture": "c", "_release": 1, "_row": 0}], Contract.model_validate({"fields": {"x": "text"}}))
    assert made.frame["x"].to_list() == [None]


def test_no_records_are_columns_of_the_right_types() -> None:
    frame = to_columns([], EVERY_TYPE).frame
    assert {name: frame.schema[name] for name in EVERY_TYPE.fields} == polars_schema(EVERY_TYPE)
    assert {name: frame.schema[name] for name in PROVENANCE} == PROVENANCE
    assert frame.height == 0


@pytest.mark.parametrize("kind", FIELD_TYPES)
@given(value=ANYTHING)
def test_a_column_holds_what_its_single_value_is_cast_to(kind: FieldType, value: Any) -> None:
    made = column(kind, value)
    try:
        expected = [None if isinstance(value, Unread) else cast_value(value, kind)]
    except Uncastable:
        expected = [None]
        assert set(made.unread) == {0}
    assert made.frame["x"].equals(pl.Series("x", expected, dtype=made.frame.schema["x"]), null_equal=True)


@given(rows())
def test_each_record_stays_a_row_in_its_place(records: list[dict[str, Any]]) -> None:
    made = to_columns(records, EVERY_TYPE)
    assert made.frame["_row"].to_list() == [record["_row"] for record in records]
    assert made.frame["_index"].to_list() == list(range(len(records)))
    assert all(0 <= number < len(records) for number in made.unread)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("a", '"a"'), (3, '"3"'), ("\udc80", '"\\udc80"'), ("x" * QUOTED, f'"{"x" * QUOTED}"')],
)
def test_a_quoted_value_can_be_printed(value: Any, shown: str) -> None:
    assert quoted(value) == shown
    assert quoted(value).encode()
