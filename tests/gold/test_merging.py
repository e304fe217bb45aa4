"""Envelopes come into gold once, whenever and however often they come."""

from __future__ import annotations

import random
import tempfile
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.errors import StoreUnavailable
from lakehouse.gold import merging
from lakehouse.gold.merging import Merged, merge_envelopes, new_envelopes
from lakehouse.gold.tables import AGENT_RUNS, API_CALLS, RUN_STEPS, GoldTable
from lakehouse.lake import Lake
from tests.gold.envelopes import TODAY, envelope, leave

ENVELOPE_TABLES = (AGENT_RUNS, RUN_STEPS, API_CALLS)


def gold(lake: Lake, table: GoldTable) -> pl.DataFrame:
    """Return a table of gold in one order."""
    return lake.table(table.address).read().select(list(table.schema)).sort(table.key)


def versions(lake: Lake) -> list[int]:
    """Return the versions of the tables that envelopes fill."""
    return [lake.table(table.address).version() for table in ENVELOPE_TABLES]


def test_an_envelope_becomes_a_run_its_steps_and_its_calls(lake: Lake) -> None:
    leave(lake, envelope("a", costs=(0.25, 0.5)), envelope("b", failed="ValueError: no"))
    assert merge_envelopes(lake) == Merged(runs=2, steps=2, calls=3)
    assert gold(lake, AGENT_RUNS)["cost_usd"].to_list() == [0.75, 0.0]
    assert gold(lake, RUN_STEPS)["error_message"].to_list() == [None, "ValueError: no"]
    assert gold(lake, API_CALLS).select("run_id", "step_id", "tokens_in").rows() == [
        ("a", "a-s1", 10),
        ("a", "a-s1", 10),
        ("b", "b-s1", None),
    ]


def test_the_columns_are_those_of_the_dictionary(lake: Lake) -> None:
    merge_envelopes(lake)
    for table in ENVELOPE_TABLES:
        assert lake.table(table.address).schema() == table.schema


def test_a_replayed_envelope_makes_no_new_version(lake: Lake) -> None:
    leave(lake, envelope("a"))
    merge_envelopes(lake)
    before = versions(lake)
    leave(lake, envelope("a"))
    assert merge_envelopes(lake) == Merged()
    assert versions(lake) == before


def test_one_that_came_into_two_folders_counts_once(lake: Lake) -> None:
    leave(lake, envelope("a"))
    leave(lake, envelope("a"), day="2020-01-01")
    merge_envelopes(lake)
    assert gold(lake, AGENT_RUNS)["run_id"].to_list() == ["a"]
    assert merge_envelopes(lake) == Merged()


def test_a_late_one_lands_on_its_own_day(lake: Lake) -> None:
    leave(lake, envelope("new"))
    merge_envelopes(lake)
    leave(lake, envelope("late", at=TODAY - timedelta(days=40)))
    assert merge_envelopes(lake).runs == 1
    days = dict(gold(lake, AGENT_RUNS).select("run_id", "day").iter_rows())
    assert days == {"new": f"{TODAY:%Y-%m-%d}", "late": f"{TODAY - timedelta(days=40):%Y-%m-%d}"}


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"run": {"run_id": "x"}}', b"\xff\xfe", envelope("other").model_dump_json().encode()],
)
def test_one_that_cannot_be_read_is_named_and_stops_no_other(lake: Lake, content: bytes) -> None:
    lake.objects.put("telemetry/2026-01-01/x.json", content)
    leave(lake, envelope("good"))
    assert merge_envelopes(lake) == Merged(1, 1, 1, ("telemetry/2026-01-01/x.json",))
    assert new_envelopes(lake) == ["telemetry/2026-01-01/x.json"]


def test_what_is_no_envelope_is_left_alone(lake: Lake) -> None:
    lake.objects.put("telemetry/notes.txt", b"hello")
    lake.objects.put("telemetry/2026-01-01/deep/x.json", b"{}")
    assert merge_envelopes(lake) == Merged()


def test_a_merge_that_ends_between_two_tables_is_made_whole_by_the_next(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(lake, envelope("a", costs=(0.5,)))
    merge = GoldTable.merge

    def ends(table: GoldTable, store: Lake, frame: pl.DataFrame) -> None:
        if table is AGENT_RUNS and frame.height:
            raise StoreUnavailable("the store went away.", address=store.address)
        merge(table, store, frame)

    with monkeypatch.context() as away:
        away.setattr(GoldTable, "merge", ends)
        with pytest.raises(StoreUnavailable):
            merge_envelopes(lake)
    assert merge_envelopes(lake).runs == 1
    assert [gold(lake, table).height for table in ENVELOPE_TABLES] == [1, 1, 1]


def test_new_ones_touch_no_file_of_other_days(lake: Lake) -> None:
    leave(lake, *(envelope(f"a{n}", at=TODAY - timedelta(days=n)) for n in range(4)))
    merge_envelopes(lake)
    before = {path: path.stat().st_mtime_ns for path in _files(lake) if f"day={TODAY:%Y-%m-%d}" not in str(path)}
    leave(lake, envelope("b"))
    merge_envelopes(lake)
    assert before.items() <= {path: path.stat().st_mtime_ns for path in _files(lake)}.items()


def _files(lake: Lake):
    assert lake.store.folder
    return list((lake.store.folder / "gold").rglob("*.parquet"))


def test_processes_that_merge_at_once_leave_each_row_once(lake: Lake) -> None:
    leave(lake, *(envelope(f"r{n}", costs=(0.5,)) for n in range(20)))
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        list(pool.map(merge_store, [lake.address] * 2))
    assert [gold(lake, table).height for table in ENVELOPE_TABLES] == [20, 20, 20]


def merge_store(address: str) -> None:
    """Merge in a process of one's own."""
    merge_envelopes(Lake.open(address))


@settings(max_examples=6)
@given(st.lists(st.integers(0, 8), max_size=20), st.integers(1, 4), st.randoms(use_true_random=False))
def test_in_whatever_order_and_portions_they_come_gold_is_the_same(
    names: list[int], batch: int, shuffled: random.Random
) -> None:
    made = {n: envelope(f"r{n}", at=TODAY - timedelta(days=n % 3), costs=(n / 8,)) for n in names}
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as other,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(merging, "BATCH", batch)
        at_once, bit_by_bit = Lake.open(one), Lake.open(other)
        leave(at_once, *made.values())
        merge_envelopes(at_once)
        shuffled.shuffle(names)
        for n in names:
            leave(bit_by_bit, made[n])
            merge_envelopes(bit_by_bit)
        merge_envelopes(bit_by_bit)
        for table in ENVELOPE_TABLES:
            assert gold(at_once, table).equals(gold(bit_by_bit, table))
