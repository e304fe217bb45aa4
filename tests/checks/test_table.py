"""Verdicts are kept as rows, and only days whose error checks all passed are learned from."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from deltalake import DeltaTable, write_deltalake

from lakehouse.checks import CHECK_SCHEMA, CheckResult, good_days, to_frame
from tests.checks.evidence import changed, counted, verdicts
from tests.profile.days import parts_of, records, stats_of

AT = datetime(2026, 1, 30, 5, tzinfo=UTC)
GOOD = CheckResult("volume", "error", True, "1 to 9 rows", "5 rows", "As many rows as usual.")
WARNED = CheckResult("fallback", "warn", False, "x", "y", "A later selector answers.")
BAD = replace(GOOD, passed=False, examples=({"a": None},), command="lakehouse diff a")


def stored(day: str, *checks: CheckResult, rows: int = 5) -> pl.DataFrame:
    return to_frame(checks, counted(rows), day=day, release=3, checked_at=AT)


def test_a_verdict_is_a_row() -> None:
    frame = stored("2026-01-30", BAD)
    assert frame.schema == pl.Schema(CHECK_SCHEMA)
    row = frame.row(0, named=True)
    assert (row["day"], row["check"], row["severity"], row["passed"]) == ("2026-01-30", "volume", "error", False)
    assert (row["release"], row["checked_at"], json.loads(row["examples"])) == (3, AT, [{"a": None}])
    assert (row["expected"], row["actual"], row["command"]) == ("1 to 9 rows", "5 rows", "lakehouse diff a")


def test_days_are_good_when_all_their_error_checks_passed() -> None:
    frame = pl.concat(
        [
            stored("2026-01-02", GOOD, WARNED, rows=2),
            stored("2026-01-03", GOOD, BAD, rows=3),
            stored("2026-01-01", GOOD),
        ]
    )
    assert [day.rows for day in good_days(frame)] == [5, 2]


def test_no_verdicts_are_no_good_days() -> None:
    assert good_days(pl.DataFrame(schema=CHECK_SCHEMA)) == []


def test_everything_survives_a_delta_table(tmp_path: Path) -> None:
    stats = stats_of(parts_of(records(1)))
    results = list(verdicts(changed(lambda row: {**row, "title": None})).values())
    frame = to_frame(results, stats, day="2026-01-30", release=1, checked_at=AT)
    write_deltalake(tmp_path / "checks", frame)
    back = pl.read_delta(str(tmp_path / "checks"))
    assert DeltaTable(tmp_path / "checks").version() == 0
    assert back.sort("check").equals(frame.sort("check"))
    assert good_days(back) == []
    assert good_days(back.with_columns(passed=True)) == [stats]
