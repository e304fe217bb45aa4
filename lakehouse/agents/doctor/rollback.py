"""The tables that belong to another release: which days are to be parsed again, and what became of their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from lakehouse.engine.status import ParsedDay, parsed_days
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from lakehouse.source import Source

CHANGES = ("released", "rolled back")


@dataclass(frozen=True)
class RowChanges:
    """What became of rows, told apart by day and key."""

    changed: int
    new: int
    gone: int


def days_of_others(lake: Lake, registry: Registry, name: str, release: int) -> list[str]:
    """Return the days that other releases parsed since this one was last in force, as far as their pages are kept.

    For one that never was, those since it was made. Days that an older release parsed before that stay as they are.
    """
    ended = [
        entry.at for entry in registry.audit(name) if entry.kind in CHANGES and entry.details.get("previous") == release
    ]
    since = max(ended, default=registry.read(name, release).created_at)

    def is_of_others(parsed: ParsedDay) -> bool:
        return parsed.release > release or (parsed.release != release and parsed.checked_at >= since)

    pages = set(lake.table(f"bronze/{name}").days())
    return [parsed.day for parsed in parsed_days(lake, name) if is_of_others(parsed) and parsed.day in pages]


def fingerprints(lake: Lake, source: Source, days: Sequence[str]) -> pl.DataFrame:
    """Return a mark of the key and one of all fields of each row of some days, light enough for any table."""
    table = lake.table(f"silver/{source.name}")
    fields = list(source.contract.fields)
    if not days or not table.exists() or not set(fields) <= set(table.schema()):
        return pl.DataFrame(schema={"day": pl.String, "key": pl.UInt64, "row": pl.UInt64})
    keys = list(source.contract.key) or fields
    rows = table.read(list(days), ["day", *fields])
    return rows.select("day", key=pl.struct(keys).hash(), row=pl.struct(fields).hash())


def row_changes(before: pl.DataFrame, after: pl.DataFrame) -> RowChanges:
    """Return how many rows are not what they were."""
    both = before.join(after, on=["day", "key"], how="full", suffix="_after")
    gone, new = both["row_after"].is_null(), both["row"].is_null()
    changed = (both["row"] != both["row_after"]).fill_null(value=False)
    return RowChanges(int(changed.sum()), int(new.sum()), int(gone.sum()))
