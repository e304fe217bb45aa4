"""What one million records into one day cost, against writing the same frame as bare Parquet."""

from __future__ import annotations

import hashlib
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.report import report
from lakehouse.lake import Lake, Table

RECORDS = 1_000_000
ROUNDS = 3
BAR = 2.5
DAYS = ("2026-11-18", "2026-11-19", "2026-11-20")


def records(count: int, seed: int = 0) -> pl.DataFrame:
    """Return rows of eight columns that look like those of a court's list of opinions."""
    chance = np.random.default_rng(seed)
    numbers = np.arange(count)
    words = np.array(["State", "City", "Bank", "Estate", "Smith", "Garcia", "Chen", "Holdings", "Insurance", "Railway"])
    fee = pl.Series("amount", chance.integers(0, 100_000, count) / 100).cast(pl.Decimal(38, 10))
    filed = np.datetime64(date(2026, 1, 1)) + chance.integers(0, 320, count).astype("timedelta64[D]")
    return pl.DataFrame(
        {
            "docket": pl.Series(numbers).cast(pl.String).str.zfill(8),
            "title": pl.select(
                pl.format("{} v. {}", pl.Series(chance.choice(words, count)), pl.Series(chance.choice(words, count)))
            ).to_series(),
            "filed": filed,
            "pages": chance.integers(1, 90, count),
            "fee": pl.select(pl.struct(fee, pl.lit("USD").alias("currency"))).to_series(),
            "published": chance.random(count) < 0.3,
            "_capture": pl.Series(chance.integers(0, 20_000, count)).hash().cast(pl.String),
            "_row": numbers,
        }
    )


def seconds(work: Callable[[], object]) -> float:
    """Return how long the work took."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def files_of(table: Table, days: tuple[str, ...]) -> dict[str, tuple[int, str]]:
    """Return modification time and SHA-256 of each file of the days."""
    paths = [path for day in days for path in Path(table.address).glob(f"day={day}/*")]
    return {str(path): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths}


def measure(folder: Path) -> tuple[dict[str, object], list[str]]:
    """Return the figures and the bars that were missed."""
    frame = records(RECORDS)
    table = Lake.open(str(folder / "store")).table("silver/opinions")
    for day in DAYS:
        table.replace_day(day, records(1_000))
    others = files_of(table, DAYS[:2])
    raw, lake = [], []
    for turn in range(ROUNDS):
        target = folder / f"raw-{turn}.parquet"
        raw.append(seconds(lambda path=target: frame.write_parquet(path, compression="zstd", compression_level=3)))
        lake.append(seconds(lambda: table.replace_day(DAYS[2], frame)))
    figures: dict[str, object] = {
        "records": RECORDS,
        "write_parquet_seconds": round(min(raw), 2),
        "replace_day_seconds": round(min(lake), 2),
        "ratio": round(min(lake) / min(raw), 2),
        "read_day_seconds": round(seconds(lambda: table.read(days=[DAYS[2]])), 2),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    misses = (
        [] if min(lake) <= BAR * min(raw) else [f"replace_day takes {figures['ratio']} of write_parquet, over {BAR}"]
    )
    if files_of(table, DAYS[:2]) != others:
        misses.append("writing a day again touched the files of other days")
    if table.row_count(DAYS[2]) != RECORDS or not same(table.read(days=[DAYS[2]]), frame):
        misses.append("the day does not hold what was written")
    return figures, misses


def same(found: pl.DataFrame, written: pl.DataFrame) -> bool:
    """Tell whether a day holds exactly the rows that were written, in any order."""
    return found.select(written.columns).sort("_row").equals(written.sort("_row"))


def main() -> None:
    """Measure in a folder that is removed again."""
    folder = Path(tempfile.mkdtemp(prefix="lake-"))
    try:
        figures, misses = measure(folder)
    finally:
        shutil.rmtree(folder)
    report("lake", figures, misses)


if __name__ == "__main__":
    sys.exit(main())
