"""Silver: parse the kept pages of one day into a checked table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import polars as pl

from lakehouse.checks import CheckResult, good_day_beside, good_days, run_checks, to_frame
from lakehouse.contract import split
from lakehouse.engine.recording import ingestion
from lakehouse.engine.replay import Replay, captures_of, replay
from lakehouse.engine.types import require_types, write_rows
from lakehouse.engine.worker import worker_of
from lakehouse.errors import FetcherRaised, NothingToParse
from lakehouse.lake import Lake
from lakehouse.profile import FAILED_PAGE, DayStats, Profile, measure
from lakehouse.registry import Registry, Release
from lakehouse.source import Source
from lakehouse.telemetry import step

NEW_FORMS = "new_forms"
"""What a proof calls the fields that look different since the release and rightly so."""

OVERTAKEN = 3
"""Times that a day is parsed again because it got pages or a release meanwhile; each of them is news of its own."""


@dataclass(frozen=True)
class ParseReport:
    """What one parse of a day gave: counts, and the checks with what they saw."""

    source: str
    day: str
    release: int
    pages: int
    rows: int
    rejects: int
    checks: tuple[CheckResult, ...]

    @property
    def passed(self) -> bool:
        """Return whether nothing is wrong that would block what is downstream."""
        return all(check.passed for check in self.checks if check.severity == "error")


@dataclass(frozen=True)
class Derived:
    """A day as parsed and judged, before anything is written; `good` and `rejects` are frames of the silver tables.

    `captures` are the ids of the pages that were parsed.
    """

    source: Source
    release: Release
    day: str
    good: pl.DataFrame
    rejects: pl.DataFrame
    stats: DayStats
    checks: list[CheckResult]
    pages: int
    captures: tuple[str, ...] = ()

    def report(self) -> ParseReport:
        """Return the counts and checks without the rows."""
        counts = (self.pages, self.good.height, self.rejects.height)
        return ParseReport(self.source.name, self.day, self.release.number, *counts, tuple(self.checks))

    def write(self, lake: Lake) -> None:
        """Replace the day in all three tables; raises `SchemaConflict` before anything is written."""
        write_days(lake, [self])


def write_days(lake: Lake, derived: Sequence[Derived]) -> None:
    """Replace days of one source in all three tables; the checks come last, since they vouch for the other two.

    Raises `SchemaConflict` before anything is written.
    """
    source = derived[0].source
    rows = {each.day: each.good for each in derived}
    require_types(lake, source, rows)
    for each in derived:
        lake.table(f"silver/{source.name}__rejects").replace_day(each.day, each.rejects)
    write_rows(lake, source, rows)
    now = datetime.now(UTC)
    for each in derived:
        vouch = to_frame(each.checks, each.stats, day=each.day, release=each.release.number, checked_at=now)
        lake.table(f"silver/{source.name}__checks").replace_day(each.day, vouch)


def parse_day(lake: Lake, registry: Registry, name: str, day: str, *, release: int | None = None) -> ParseReport:
    """Parse one day's pages with the release in force, or another one, and replace the day's rows, rejects and checks.

    Raises `NothingToParse` when the day has no pages, `SandboxError` when the fetcher cannot be trusted or run, and
    `SchemaConflict` when the contract gave a field another type and the table has other days too.
    """
    with ingestion(lake, name) as run:
        derived = _parsed(lake, registry, name, day, release)
        for _ in range(OVERTAKEN):
            if _is_newest(lake, registry, derived, release):
                break
            derived = _parsed(lake, registry, name, day, release)
        report = derived.report()
        if not report.passed:
            run.fail(f"{day}: " + "; ".join(check.message for check in report.checks if not check.passed))
        return report


def _parsed(lake: Lake, registry: Registry, name: str, day: str, release: int | None) -> Derived:
    with step("parse"):
        derived = derive_day(lake, registry, name, day, release=release)
    with step("write"):
        derived.write(lake)
    return derived


def derive_day(
    lake: Lake,
    registry: Registry,
    name: str,
    day: str,
    *,
    release: int | None = None,
    known: Sequence[DayStats] | None = None,
) -> Derived:
    """Do all that `parse_day` does but write; `known` are good days to judge by, in place of those in the lake."""
    chosen = registry.read(name, release) if release else registry.in_force(name)
    return with_accepted(registry, derive_with(lake, registry.source(name), chosen, day, known=known))


def derive_with(
    lake: Lake, source: Source, release: Release, day: str, *, known: Sequence[DayStats] | None = None
) -> Derived:
    """Do what `derive_day` does with code that need not be registered, such as a candidate's."""
    captures = captures_of(lake, source.name, day)
    if not captures:
        raise NothingToParse(source.name, day)
    with worker_of(release, source) as worker:
        outcome = replay(worker, captures, lake.bodies, release.number)
    parted = split(outcome.rows, source.contract)
    rejects = pl.concat([parted.rejects, _page_rejects(outcome, release, parted.rejects)], how="vertical")
    stats = measure(
        parted.good, rejects, outcome.field_answers(), pages=outcome.pages, contract=source.contract, day=day
    )
    profile = Profile.learn(days_before(lake, release, day) if known is None else known)
    before = rows_before(lake, source.name, day) if known is None else None
    checks = run_checks(stats, replace(parted, rejects=rejects), profile, source, day=day, before=before)
    ids = tuple(capture.capture_id for capture in captures)
    return Derived(source, release, day, parted.good, rejects, stats, checks, outcome.pages, ids)


def with_accepted(registry: Registry, derived: Derived) -> Derived:
    """Return a day whose row count was looked into and accepted, with that check passed; any other one as it is."""
    if all(check.passed for check in derived.checks if check.name == "volume"):
        return derived
    for event in reversed(registry.audit(derived.source.name)):
        if event.kind == "accepted" and event.details.get("counts", {}).get(derived.day) == derived.good.height:
            return replace(derived, checks=[_accepted(check, event.reason) for check in derived.checks])
    return derived


def _accepted(check: CheckResult, reason: str) -> CheckResult:
    return replace(check, passed=True, message=f"Accepted: {reason}") if check.name == "volume" else check


def _is_newest(lake: Lake, registry: Registry, derived: Derived, release: int | None) -> bool:
    """Tell whether the pages and the release are still those of now.

    Two may parse a day at once, and the one that saw less may be the later to write.
    """
    name = derived.source.name
    ids = tuple(capture.capture_id for capture in captures_of(lake, name, derived.day))
    return ids == derived.captures and (release is not None or registry.in_force(name).number == derived.release.number)


def days_before(lake: Lake, release: Release, day: str) -> list[DayStats]:
    """Return the good days that a day is judged by: the ones before it, or, for the first, the ones after.

    A repair's proof may name fields whose form changed with the site; of these only days of its own and later releases
    tell.
    """
    table = lake.table(f"silver/{release.source}__checks")
    if not table.exists():
        return []
    frame = table.read()
    anew = release.proof.get(NEW_FORMS, ())
    before = good_days(frame.filter(pl.col("day") < day), anew, release.number)
    return before or good_days(frame.filter(pl.col("day") > day), anew, release.number)


def rows_before(lake: Lake, name: str, day: str) -> pl.DataFrame | None:
    """Return the rows of the good day beside a day, None where there is none: what is still there is compared."""
    table = lake.table(f"silver/{name}__checks")
    beside = good_day_beside(table.read(columns=["day", "severity", "passed"]), day) if table.exists() else None
    return lake.table(f"silver/{name}").read([beside]) if beside else None


def _page_rejects(outcome: Replay, release: Release, like: pl.DataFrame) -> pl.DataFrame:
    """Return a reject for each page that the fetcher could not read, so that its loss shows and can be undone."""
    rows: list[dict[str, Any]] = [
        {
            "raw": json.dumps({"traceback": error.traceback} if isinstance(error, FetcherRaised) else {}),
            "reasons": [f"page: {error}"],
            "_capture": capture,
            "_release": release.number,
            "_row": FAILED_PAGE,
        }
        for capture, error in outcome.failures.items()
    ]
    return pl.DataFrame(rows, schema=like.schema)
