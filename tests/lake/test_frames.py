"""A frame is fitted to Delta and to its table without losing a value, or refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.errors import SchemaConflict
from lakehouse.lake.frames import fit, stacked, storable

MONEY = pl.Struct({"amount": pl.Decimal(38, 10), "currency": pl.String})


@pytest.mark.parametrize(
    ("given_type", "kept_type"),
    [
        (pl.Int8(), pl.Int64()),
        (pl.UInt32(), pl.Int64()),
        (pl.UInt64(), pl.Int64()),
        (pl.Float32(), pl.Float64()),
        (pl.Enum(["a"]), pl.String()),
        (pl.Categorical(), pl.String()),
        (pl.Datetime("ns", "Europe/Berlin"), pl.Datetime("us", "UTC")),
        (pl.Datetime("ms"), pl.Datetime("us", "UTC")),
        (pl.List(pl.Int16), pl.List(pl.Int64)),
        (pl.Array(pl.Int64, 2), pl.List(pl.Int64)),
        (pl.Struct({"n": pl.Int8}), pl.Struct({"n": pl.Int64})),
        (MONEY, MONEY),
        (pl.Decimal(38, 10), pl.Decimal(38, 10)),
        (pl.Date(), pl.Date()),
        (pl.Boolean(), pl.Boolean()),
    ],
)
def test_types_that_delta_lacks_are_kept_as_one_that_it_has(given_type: pl.DataType, kept_type: pl.DataType) -> None:
    frame = pl.DataFrame({"x": pl.Series([None], dtype=given_type)})
    assert storable(frame).schema == {"x": kept_type}


def test_instants_stay_the_same_instant() -> None:
    berlin = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    frame = pl.DataFrame({"zoned": [berlin], "bare": [datetime(2026, 7, 1, 12)]})
    assert storable(frame).rows() == [(datetime(2026, 7, 1, 10, tzinfo=UTC), datetime(2026, 7, 1, 12, tzinfo=UTC))]


def test_a_column_of_nothing_without_a_type_is_left_out() -> None:
    assert storable(pl.DataFrame({"a": [1], "b": [None]})).columns == ["a"]


@pytest.mark.parametrize(
    "column",
    [
        pl.Series([time(12)]),
        pl.Series([timedelta(days=1)]),
        pl.Series([[time(12)]]),
        pl.Series([{}], dtype=pl.Struct({})),
        pl.Series([{"part": None}], dtype=pl.Struct({"part": pl.Null})),
    ],
    ids=["time", "duration", "list of times", "empty struct", "struct of nothing"],
)
def test_types_that_delta_cannot_hold_are_refused_by_name(column: pl.Series) -> None:
    with pytest.raises(SchemaConflict, match=r"the column `when` is of type .* which Delta cannot hold") as caught:
        storable(pl.DataFrame({"when": column}), "store/silver/x")
    assert (caught.value.column, caught.value.address) == ("when", "store/silver/x")


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([1, 2, None], pl.Float64()),
        ([1.0, 2.0], pl.Int64()),
        ([1, -2], pl.Decimal(38, 10)),
        ([Decimal("1.00")], pl.Int64()),
        ([Decimal("1.25"), None], pl.Decimal(38, 10)),
    ],
)
def test_numbers_take_the_type_of_the_table_where_nothing_is_lost(values: list[object], wanted: pl.DataType) -> None:
    frame = pl.DataFrame({"x": values, "other": ["kept"] * len(values)})
    fitted = fit(frame, {"x": wanted})
    assert fitted.schema == {"x": wanted, "other": pl.String()}
    assert [value == kept for value, kept in zip(values, fitted["x"], strict=True)] == [True] * len(values)


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([1.5], pl.Int64()),
        ([Decimal("0.5")], pl.Int64()),
        ([2**53 + 1], pl.Float64()),
        ([Decimal("0.123")], pl.Decimal(38, 2)),
        (["12"], pl.Int64()),
        ([12], pl.String()),
        ([date(2026, 1, 1)], pl.String()),
        (["a"], pl.List(pl.String)),
        ([True], pl.Int64()),
    ],
)
def test_a_column_whose_type_changed_is_refused_with_the_way_out(values: list[object], wanted: pl.DataType) -> None:
    with pytest.raises(SchemaConflict, match=r"the column `x` holds .* in the table and") as caught:
        fit(pl.DataFrame({"x": values}), {"x": wanted})
    assert caught.value.column == "x"
    assert "replace_all" in caught.value.hint


@given(values=st.lists(st.none() | st.integers(-(2**63), 2**63 - 1), max_size=5))
def test_integers_never_change_on_their_way_into_a_table_of_floats(values: list[int | None]) -> None:
    frame = pl.DataFrame({"x": pl.Series(values, dtype=pl.Int64)})
    try:
        fitted = fit(frame, {"x": pl.Float64()})["x"].to_list()
    except SchemaConflict:
        assert any(value is not None and abs(value) > 2**53 for value in values)
    else:
        assert [None if value is None else int(value) for value in fitted] == values


def test_stacked_frames_have_the_columns_of_all_and_the_types_of_the_first() -> None:
    frames = [pl.DataFrame({"a": [1.5]}), pl.DataFrame({"a": [2], "b": ["x"]})]
    assert stacked(frames).rows() == [(1.5, None), (2.0, "x")]
    with pytest.raises(SchemaConflict):
        stacked([pl.DataFrame({"a": ["x"]}), pl.DataFrame({"a": [2]})])
