"""Whether a round of fetching a day brought enough to parse, told of visits and of what is kept of them alike."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from lakehouse.lake import Lake

TOLERATED = 0.1
"""One page of two hundred may fail without making the day worthless; the checks on silver judge what is left."""


def is_lost(failures: Sequence[str], *, lost_start: bool) -> bool:
    """Tell whether a round failed, by why each of its visits gave no page: `""` where it gave one."""
    return lost_start or not failures or sum(map(bool, failures)) > TOLERATED * len(failures)


def lost_round(lake: Lake, name: str, day: str) -> str:
    """Return what failed in the newest round of a day where that round failed as a whole; else an empty string.

    The day may have good rows all the same, of a round before; what was news since is missing.
    """
    table = lake.table(f"bronze/{name}")
    if not table.exists():
        return ""
    kept = table.read([day], ["run_id", "seq", "fetched_at", "request_url", "status", "error"]).sort("fetched_at")
    if kept.is_empty():
        return ""
    newest = kept.filter(pl.col("run_id") == kept["run_id"][-1]).sort("seq")
    told = [_failure(row["status"], row["error"]) for row in newest.iter_rows(named=True)]
    if not is_lost(told, lost_start=bool(told[0]) and newest["seq"][0] == 0):
        return ""
    url, why = next((url, why) for url, why in zip(newest["request_url"], told, strict=True) if why)
    return f"{url}: {why.removeprefix(f'{url}: ').rstrip('.')}"


def _failure(status: int | None, error: str | None) -> str:
    return error or (f"answered {status}" if status and status >= 400 else "" if status else "nothing came")
