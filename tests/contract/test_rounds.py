"""Of all rounds of a day one row a key is left."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.contract import Contract
from lakehouse.contract.rounds import Latest, latest

KEYED = Contract.model_validate({"key": "id", "fields": {"id": "text", "n": "integer"}})
KEYLESS = Contract.model_validate({"fields": {"id": "text", "n": "integer"}})

Row = tuple[str, int, int]
"""Key, value, round."""


def frame(rows: list[Row]) -> pl.DataFrame:
    columns = {"id": pl.String(), "n": pl.Int64(), "_round": pl.Int64()}
    return pl.DataFrame(rows, schema=columns, orient="row").with_row_index("_index")


def left(rows: list[Row], contract: Contract = KEYED) -> Latest:
    return latest(frame(rows), contract)


@pytest.mark.parametrize(
    ("rows", "kept", "conflicts", "duplicates", "superseded"),
    [
        ([], [], [], 0, 0),
        ([("a", 1, 0), ("b", 1, 0)], [0, 1], [], 0, 0),
        ([("a", 1, 0), ("a", 1, 0)], [1], [], 1, 0),
        ([("a", 1, 0), ("a", 2, 0)], [1], [0], 0, 0),
        ([("a", 1, 0), ("a", 2, 0), ("a", 1, 0)], [2], [1], 1, 0),
        ([("a", 1, 0), ("a", 2, 1)], [1], [], 0, 1),
        ([("a", 1, 1), ("a", 2, 0)], [0], [], 0, 1),
        ([("a", 1, 0), ("a", 1, 1)], [1], [], 0, 1),
        ([("a", 1, 0), ("a", 2, 0), ("a", 3, 1)], [2], [], 0, 2),
        ([("a", 1, 0), ("a", 2, 1), ("a", 3, 1)], [2], [1], 0, 1),
    ],
)
def test_the_last_row_of_the_last_round_stays(
    rows: list[Row], kept: list[int], conflicts: list[int], duplicates: int, superseded: int
) -> None:
    result = left(rows)
    assert result.rows["_index"].to_list() == kept
    assert result.conflicts["_index"].to_list() == conflicts
    assert (result.duplicates, result.superseded) == (duplicates, superseded)


def test_without_a_key_rows_of_other_values_are_other_rows() -> None:
    result = left([("a", 1, 0), ("a", 2, 0), ("a", 1, 1)], KEYLESS)
    assert result.rows["_index"].to_list() == [1, 2]
    assert result.conflicts.height == 0


ROWS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 2), st.integers(0, 2)), max_size=12)


@given(ROWS)
def test_each_row_is_kept_a_conflict_a_duplicate_or_superseded(rows: list[Row]) -> None:
    result = left(rows)
    assert result.rows.height + result.conflicts.height + result.duplicates + result.superseded == len(rows)


@given(ROWS)
def test_what_is_left_is_what_a_loop_over_the_rounds_would_leave(rows: list[Row]) -> None:
    last = {key: value for key, value, _ in sorted(rows, key=lambda row: row[2])}
    assert dict(left(rows).rows.select("id", "n").iter_rows()) == last


@given(ROWS)
def test_a_second_time_changes_nothing(rows: list[Row]) -> None:
    once = left(rows)
    again = latest(once.rows, KEYED)
    assert again.rows.equals(once.rows)
    assert (again.duplicates, again.superseded, again.conflicts.height) == (0, 0, 0)
