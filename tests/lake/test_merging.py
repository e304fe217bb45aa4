"""Merging by key: the last one wins, a replay changes nothing, the order of distinct keys does not matter."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.lake import Lake
from lakehouse.lake.merging import merged

SCHEMA = {"key": pl.Int64, "value": pl.String}
Rows = list[tuple[int | None, str | None]]

rows = st.lists(st.tuples(st.none() | st.integers(0, 5), st.none() | st.sampled_from("abc")), max_size=8)


def frame(of: Rows) -> pl.DataFrame:
    """Return rows as a frame."""
    return pl.DataFrame(of, schema=SCHEMA, orient="row")


def unique(of: Rows) -> Rows:
    """Return the last row of each key."""
    return list({row[0]: row for row in of}.values())


def after(old: pl.DataFrame, new: Rows) -> pl.DataFrame:
    """Return the table after a merge."""
    answer = merged(old, frame(new), ["key"])
    return old if answer is None else answer


@given(old=rows.map(unique), new=rows)
def test_a_merge_is_what_a_dictionary_does(old: Rows, new: Rows) -> None:
    expected = dict(old) | dict(new)
    result = after(frame(old), new)
    assert dict(result.rows()) == expected
    assert result.height == len(expected)


@given(old=rows.map(unique), new=rows)
def test_a_replay_changes_nothing(old: Rows, new: Rows) -> None:
    assert merged(after(frame(old), new), frame(new), ["key"]) is None


@given(old=rows.map(unique), new=rows.map(unique), seed=st.randoms())
def test_the_order_of_distinct_keys_does_not_matter(old: Rows, new: Rows, seed: object) -> None:
    shuffled = list(new)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    assert dict(after(frame(old), new).rows()) == dict(after(frame(old), shuffled).rows())


@given(old=rows.map(unique), new=rows.map(unique), cut=st.integers(0, 8))
def test_one_merge_or_two_give_the_same(old: Rows, new: Rows, cut: int) -> None:
    at_once = after(frame(old), new)
    in_two = after(after(frame(old), new[:cut]), new[cut:])
    assert dict(at_once.rows()) == dict(in_two.rows())


def test_a_column_that_only_the_new_rows_have_is_null_in_the_old() -> None:
    answer = merged(frame([(1, "a")]), pl.DataFrame({"key": [2], "more": [True]}), ["key"])
    assert answer is not None
    assert answer.rows() == [(1, "a", None), (2, None, True)]


def envelope(**values: object) -> pl.DataFrame:
    """Return one run of an agent."""
    return pl.DataFrame([{"day": "2026-01-01", "run_id": "r1", "cost": 1.0} | values])


def test_a_replayed_merge_makes_no_version(lake: Lake) -> None:
    table = lake.table("gold/agent_runs")
    table.merge(envelope(), key=["run_id"])
    version = table.version()
    table.merge(envelope(), key=["run_id"])
    assert table.version() == version
    table.merge(envelope(cost=2.0), key=["run_id"])
    assert table.version() == version + 1
    assert table.read().rows() == [("2026-01-01", "r1", 2.0)]


def test_a_merge_touches_only_its_days(lake: Lake) -> None:
    table = lake.table("gold/agent_runs")
    table.append(envelope())
    table.append(envelope(day="2026-01-02"))
    table.merge(envelope(day="2026-01-02", cost=5.0), key=["run_id"])
    assert sorted(table.read().rows()) == [("2026-01-01", "r1", 1.0), ("2026-01-02", "r1", 5.0)]


def test_a_merge_of_structs_and_lists_is_compared_by_value(lake: Lake) -> None:
    table = lake.table("gold/agent_runs")
    rich = envelope(tags=["a", None], fee={"amount": 1.5, "currency": "EUR"})
    table.merge(rich, key=["run_id"])
    version = table.version()
    table.merge(rich, key=["run_id"])
    assert table.version() == version


@pytest.mark.parametrize("rows_given", [0, 1])
def test_merging_into_no_table_makes_one_only_for_rows(lake: Lake, rows_given: int) -> None:
    lake.table("gold/agent_runs").merge(envelope().head(rows_given), key=["run_id"])
    assert lake.table("gold/agent_runs").exists() == bool(rows_given)
