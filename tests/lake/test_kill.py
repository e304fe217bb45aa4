"""A writer that is killed in mid-write leaves whole days only, and the next one goes on."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from lakehouse.lake import Lake
from tests.lake.writer import BIG

KILLS = 3


def whole_days(lake: Lake) -> dict[str, int]:
    """Return the turn that wrote each day, having checked that no day is torn or doubled."""
    table = lake.table("silver/books")
    turns = {}
    for day in table.days():
        rows = table.read(days=[day])
        assert rows.height == BIG
        assert rows["turn"].n_unique() == 1
        assert rows["row"].n_unique() == BIG
        turns[day] = rows["turn"][0]
    return turns


def write_and_kill(lake: Lake, after: float) -> int:
    """Let a process write until it is killed, and return the last turn that it said was done."""
    command = [sys.executable, "-m", "tests.lake.writer", "forever", lake.address, "0", "100000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(after)
        process.kill()
        said = process.stdout.read().split("\n")[:-1]
    return int(said[-1]) if said else 0


@pytest.mark.parametrize("seed", range(KILLS))
def test_readers_see_whole_days_after_a_kill_and_a_rerun_goes_on(lake: Lake, seed: int) -> None:
    done = write_and_kill(lake, random.Random(seed).uniform(0.0, 0.2))
    turns = whole_days(lake)
    assert max(turns.values()) in (done, done + 1), "what was said to be done is there"

    table = lake.table("silver/books")
    table.replace_day("2026-01-01", pl.DataFrame({"turn": [-1] * BIG, "row": list(range(BIG))}))
    assert whole_days(lake) == turns | {"2026-01-01": -1}


def test_files_that_a_killed_writer_left_are_not_read_and_a_full_vacuum_removes_them(lake: Lake) -> None:
    table = lake.table("silver/books")
    table.replace_day("2026-01-01", pl.DataFrame({"title": ["A"]}))
    orphan = "day=2026-01-01/part-orphan.zstd.parquet"
    lake.objects.put(f"silver/books/{orphan}", b"half a file")
    assert table.read()["title"].to_list() == ["A"]
    assert table.row_count("2026-01-01") == 1

    month_ago = time.time() - 30 * 86_400
    os.utime(Path(table.address, orphan), (month_ago, month_ago))
    assert table.vacuum() == []
    assert table.vacuum(full=True) == [orphan]
    assert not lake.objects.exists(f"silver/books/{orphan}")
    assert table.read()["title"].to_list() == ["A"]
