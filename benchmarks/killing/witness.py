"""What readers of the shop's tables see, whatever happened to its writers."""

from __future__ import annotations

import hashlib
import json
import threading
from pathlib import Path
from types import TracebackType
from urllib.parse import unquote

import polars as pl

from benchmarks.killing.shop import GOODS, NAME, PAGES
from lakehouse.errors import LakehouseError
from lakehouse.lake import Lake

BRONZE, SILVER, CHECKS = f"bronze/{NAME}", f"silver/{NAME}", f"silver/{NAME}__checks"
TABLES = (BRONZE, f"silver/{NAME}__rejects", SILVER, CHECKS)
"""In the order in which they are written."""


def turns(lake: Lake) -> dict[str, tuple[int, int]]:
    """Return turn and release of each day of silver that can be seen; raises `ValueError` where a day is not whole."""
    table = lake.table(SILVER)
    days = table.read(columns=["day", "title", "turn", "_release"]).group_by("day") if table.exists() else []
    return {str(day): _turn(str(day), rows) for (day,), rows in days}


def _turn(day: str, rows: pl.DataFrame) -> tuple[int, int]:
    if rows.height != GOODS or rows["title"].n_unique() != GOODS:
        raise ValueError(f"{day} shows {rows.height} rows of {rows['title'].n_unique()} goods, not {GOODS}")
    kinds = rows.select("turn", "_release").unique().rows()
    if len(kinds) != 1:
        raise ValueError(f"{day} is mixed of turns and releases {sorted(kinds)}")
    return kinds[0]


def faults(lake: Lake) -> list[str]:
    """Return all that is wrong with the lake: days that are not whole, rounds that are not, bodies that are lost."""
    try:
        days = turns(lake)
    except ValueError as error:
        return [str(error)]
    return _bronze_faults(lake) + _vouched_faults(lake, days)


def _bronze_faults(lake: Lake) -> list[str]:
    table = lake.table(BRONZE)
    if not table.exists():
        return []
    captures = table.read()
    found = [
        f"a round of {day} has {rows.height} captures of {rows['seq'].n_unique()} pages, not {PAGES}"
        for (day, _), rows in captures.group_by("day", "run_id")
        if rows.height != PAGES or rows["seq"].n_unique() != PAGES
    ]
    if captures["capture_id"].n_unique() != captures.height:
        found.append("a capture is there twice")
    return found + [
        f"body {sha} cannot be read as it was" for sha in captures["sha256"].unique() if not _readable(lake, sha)
    ]


def _readable(lake: Lake, sha: str) -> bool:
    try:
        return hashlib.sha256(lake.bodies.get(sha)).hexdigest() == sha
    except LakehouseError:
        return False


def _vouched_faults(lake: Lake, days: dict[str, tuple[int, int]]) -> list[str]:
    """Checks are written last, so a day that has them has its rows."""
    table = lake.table(CHECKS)
    vouched = set(table.days()) if table.exists() else set()
    return [f"{day} has checks and no rows" for day in sorted(vouched - days.keys())]


def left_behind(lake: Lake) -> int:
    """Return how many files of the tables no commit knows of: their writers died between the two."""
    folders = [Path(lake.table(name).address) for name in TABLES]
    return sum(len(_files(folder) - _committed(folder)) for folder in folders)


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.glob("day=*/*.parquet")}


def _committed(folder: Path) -> set[str]:
    lines = [line for log in folder.glob("_delta_log/*.json") for line in log.read_text().splitlines()]
    return {unquote(action["add"]["path"]) for action in map(json.loads, lines) if "add" in action}


class Reader:
    """Reads all days over and over, in a thread of its own, and notes every look that was not right."""

    def __init__(self, lake: Lake, steady: str) -> None:
        self.looks = 0
        self.faults: list[str] = []
        self._lake, self._steady = lake, steady
        self._expected = turns(lake)[steady]
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._read)

    def __enter__(self) -> Reader:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def _read(self) -> None:
        while not self._over.is_set():
            try:
                if turns(self._lake)[self._steady] != self._expected:
                    self.faults.append(f"{self._steady} changed while another day was written")
            except Exception as error:  # noqa: BLE001 (whatever a reader meets is what the benchmark is to tell)
                self.faults.append(f"a reader met {type(error).__name__}: {error}")
            self.looks += 1
            # A reader that never pauses would slow the victims so much that they are killed in one stage only.
            self._over.wait(0.05)
