"""Writers that meet lose nothing, double nothing, and mix nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest

from lakehouse.errors import ChangedInStore, SchemaConflict
from lakehouse.lake import Lake
from tests.lake import writer

ROUNDS = 4


@pytest.fixture
def shared(lake: Lake) -> pl.DataFrame:
    """Return the table after two processes wrote to it at once."""
    command = [sys.executable, "-m", "tests.lake.writer", "share", lake.address]
    processes = [subprocess.Popen([*command, str(who), str(ROUNDS)]) for who in range(2)]
    assert [process.wait(60) for process in processes] == [0, 0]
    return lake.table("silver/books").read()


def test_two_processes_that_write_at_once_both_end_well(lake: Lake, shared: pl.DataFrame) -> None:
    day = shared.filter(pl.col("day") == writer.SHARED)
    assert (day.height, day["who"].n_unique(), day["turn"].n_unique()) == (50, 1, 1), "one writer's day, whole"

    for who in range(2):
        own = shared.filter(pl.col("day") == f"2026-01-1{who}")
        assert own.select("who", "turn").unique().rows() == [(who, ROUNDS - 1)]
        assert own.height == 50

    every = [(who, turn) for who in range(2) for turn in range(ROUNDS)]
    for several in (writer.APPENDED, writer.MERGED):
        rows = shared.filter(pl.col("day") == several).select("who", "turn")
        assert sorted(rows.rows()) == every

    assert lake.table("silver/books").version() >= 4 * 2 * ROUNDS
    assert files_on_disk(lake) == files_in_the_log(lake), "who lost a commit leaves no file behind"


def test_writers_in_threads_share_one_lake(lake: Lake) -> None:
    table = lake.table("silver/books")
    days = [f"2026-01-{number:02}" for number in range(1, 13)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda day: table.replace_day(day, pl.DataFrame({"title": [day]})), days))
    assert sorted(table.read().rows()) == [(day, day) for day in days]


def test_columns_that_two_writers_add_at_once_are_both_there(lake: Lake) -> None:
    table = lake.table("silver/books")
    table.replace_day("2026-01-01", pl.DataFrame({"title": ["A"]}))
    frames = {"2026-01-02": pl.DataFrame({"title": ["B"], "pages": [2]}), "2026-01-03": pl.DataFrame({"isbn": ["C"]})}
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda day: table.replace_day(day, frames[day]), frames))
    rows = table.read(columns=["day", "title", "pages", "isbn"]).sort("day").rows()
    assert rows == [
        ("2026-01-01", "A", None, None),
        ("2026-01-02", "B", 2, None),
        ("2026-01-03", None, None, "C"),
    ]


def test_a_table_made_anew_meets_writers_of_days_without_mixing_types(lake: Lake) -> None:
    table = lake.table("silver/books")
    days = [f"2026-01-{number:02}" for number in range(1, 7)]
    for day in days:
        table.replace_day(day, pl.DataFrame({"pages": [1]}))

    def write(day: str) -> bool:
        try:
            table.replace_day(day, pl.DataFrame({"pages": [2]}))
        except SchemaConflict:
            return False
        return True

    with ThreadPoolExecutor(3) as threads:
        anew = threads.submit(table.replace_all, {day: pl.DataFrame({"pages": ["many"]}) for day in days})
        list(threads.map(write, days))
        anew.result()
    assert table.schema()["pages"] == pl.String
    assert table.read()["pages"].to_list() == ["many"] * len(days)


def test_compaction_beside_writers_loses_and_doubles_nothing(lake: Lake) -> None:
    table = lake.table("silver/books")
    with ThreadPoolExecutor(2) as threads:
        for number in range(8):
            rows = pl.DataFrame({"day": ["2026-01-01"], "number": [number]})
            written = threads.submit(table.append, rows)
            if number:
                threads.submit(table.compact).result()
            written.result()
    assert sorted(table.read()["number"]) == list(range(8))


def test_one_body_put_by_many_threads_is_one_object(lake: Lake) -> None:
    with ThreadPoolExecutor(8) as threads:
        names = set(threads.map(lambda _: lake.bodies.put(b"the same page" * 500), range(32)))
    assert len(names) == 1
    assert len(lake.objects.list("raw")) == 1
    assert lake.bodies.get(names.pop()) == b"the same page" * 500


def test_of_many_replacements_of_one_version_one_wins(lake: Lake) -> None:
    lake.objects.create("current.json", b"first")
    _, version = lake.objects.get_versioned("current.json")

    def replace(number: int) -> bool:
        try:
            lake.objects.replace("current.json", str(number).encode(), version)
        except ChangedInStore:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(replace, range(16)))
    assert won.count(True) == 1
    assert lake.objects.get("current.json") == str(won.index(True)).encode()


def files_on_disk(lake: Lake) -> set[str]:
    """Return the data files in the table's folder."""
    folder = Path(lake.table("silver/books").address)
    return {str(path.relative_to(folder)) for path in folder.glob("day=*/*")}


def files_in_the_log(lake: Lake) -> set[str]:
    """Return the data files that any version of the table named."""
    log = Path(lake.table("silver/books").address, "_delta_log")
    actions = [json.loads(line) for commit in log.glob("*.json") for line in commit.read_text().splitlines()]
    return {action["add"]["path"] for action in actions if "add" in action}
