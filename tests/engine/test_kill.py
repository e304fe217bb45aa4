"""A run that is killed in mid-write leaves whole days only; and the witness that says so would see if it did not."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from benchmarks.kill import trial
from benchmarks.killing.blow import children, is_alive, survivors
from benchmarks.killing.shop import GOODS, NAME, PAGES, Shop
from benchmarks.killing.victim import STAGES, work
from benchmarks.killing.witness import BRONZE, CHECKS, SILVER, Reader, faults, left_behind, turns
from lakehouse.lake import Lake
from tests.little_site import LittleSite

DAY, NEXT = "2026-01-01", "2026-01-02"


@pytest.mark.slow
def test_after_a_kill_readers_see_whole_days_and_a_rerun_heals(tmp_path: Path) -> None:
    result = trial(tmp_path, kills=3, seed=time.time_ns())
    assert result.misses == []
    assert len(result.blows) == 3
    assert {blow.stage for blow in result.blows} <= set(STAGES)
    assert result.looks > 0


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """Return a shop whose day was fetched and parsed by the very code of the victim, in this process."""
    with LittleSite() as site:
        shop = Shop(site, Lake.open(str(tmp_path / "store")))
        work(shop.lake, shop.registry, DAY)
        yield shop


def test_the_victim_does_a_day_says_its_stages_and_leaves_nothing_to_find(
    shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.restock()
    work(shop.lake, shop.registry, NEXT)
    said = [line for line in capsys.readouterr().out.splitlines() if line in STAGES]
    assert said == ["committing", "parsing", "writing"]
    assert turns(shop.lake) == {DAY: (1, 1), NEXT: (2, 1)}
    assert shop.lake.table(BRONZE).row_count(NEXT) == PAGES
    assert faults(shop.lake) == []
    assert left_behind(shop.lake) == 0


def test_a_day_that_is_torn_mixed_or_doubled_is_seen(shop: Shop) -> None:
    table = shop.lake.table(SILVER)
    good = table.read([DAY])
    for bad, words in [
        (good.head(GOODS - 1), "1999 rows"),
        (pl.concat([good, good.head(1)]), "2001 rows of 2000 goods"),
        (good.with_columns(_release=pl.when(pl.col("_row") == 0).then(2).otherwise(1).cast(pl.Int64)), "mixed"),
    ]:
        table.replace_day(DAY, bad)
        assert words in faults(shop.lake)[0]
    table.replace_day(DAY, good)
    assert faults(shop.lake) == []


def test_a_round_that_is_torn_or_doubled_is_seen(shop: Shop) -> None:
    table = shop.lake.table(BRONZE)
    good = table.read([DAY])
    table.replace_day(DAY, good.head(PAGES - 1))
    assert "39 captures" in faults(shop.lake)[0]
    table.replace_day(DAY, pl.concat([good, good.head(1)]))
    assert faults(shop.lake)[1] == "a capture is there twice"


def test_a_body_that_is_changed_or_gone_is_seen(shop: Shop) -> None:
    first, second = shop.lake.table(BRONZE).read([DAY])["sha256"][:2]
    key = f"raw/sha256/{first[:2]}/{first}.zst"
    shop.lake.objects.put(key, shop.lake.objects.get(f"raw/sha256/{second[:2]}/{second}.zst"))
    assert faults(shop.lake) == [f"body {first} cannot be read as it was"]
    shop.lake.objects.delete(key)
    assert faults(shop.lake) == [f"body {first} cannot be read as it was"]


def test_checks_that_vouch_for_rows_that_are_not_there_are_seen(shop: Shop) -> None:
    checks = shop.lake.table(CHECKS)
    checks.replace_day(NEXT, checks.read([DAY]).with_columns(day=pl.lit(NEXT)))
    assert faults(shop.lake) == [f"{NEXT} has checks and no rows"]


def test_a_file_that_no_commit_knows_is_counted_and_not_read(shop: Shop) -> None:
    shop.lake.objects.put(f"silver/{NAME}/day={DAY}/part-of-a-dead-writer.zstd.parquet", b"half a file")
    assert left_behind(shop.lake) == 1
    assert faults(shop.lake) == []


def test_a_reader_notes_that_the_day_it_watches_changed(shop: Shop) -> None:
    with Reader(shop.lake, DAY) as reader:
        table = shop.lake.table(SILVER)
        table.replace_day(DAY, table.read([DAY]).with_columns(turn=pl.lit(9, pl.Int64)))
        looks = reader.looks
        while reader.looks < looks + 2:
            time.sleep(0.01)
    assert f"{DAY} changed while another day was written" in reader.faults


def test_a_child_that_outlives_its_parent_is_found_and_ended() -> None:
    code = "import subprocess, sys; subprocess.Popen(['sleep', '60']); print(flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        parent.stdout.readline()
        started = children(parent.pid)
        parent.kill()
    assert len(started) == 1
    assert survivors(started, patience=0.1) == started
    assert survivors(started) == ()
    assert not is_alive(started[0])
