"""Gathers the evidence of a failure from the tables of a source, as it stands when the failure is seen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import polars as pl

from lakehouse.agents.doctor.evidence_days import Days, days_of
from lakehouse.agents.doctor.evidence_pages import failing_pages, good_pages
from lakehouse.agents.doctor.incident import FailedCheck, Incident, Trigger
from lakehouse.agents.doctor.raised import RAISED, raised_again, raised_on
from lakehouse.agents.doctor.states_log import read_log
from lakehouse.checks import check_freshness
from lakehouse.errors import FetcherRaised
from lakehouse.lake import Lake
from lakehouse.profile import FAILED_PAGE
from lakehouse.registry import Registry


def gather(
    lake: Lake,
    registry: Registry,
    name: str,
    trigger: Trigger,
    day: str | None = None,
    error: BaseException | str | None = None,
) -> Incident:
    """Return what is known of a failure of a source, to be opened by `Incidents.open`.

    `day` is the one that was seen to fail; its neighbours that failed are found. `error` is what a run ended with,
    where it was no check that failed. A source that has never had a good day has no good pages.
    """
    days = days_of(lake, name, day, read_log(registry.audit(name)).accepted)
    failing = days.failing or _missing(trigger)
    failed = _failed_checks(days)
    page_error, page_traceback = _of_rejects(lake, name, failing)
    current = registry.current(name)
    pages = failing_pages(lake, name, failing)
    said = str(error or page_error or raised_on(pages))
    if not isinstance(error, FetcherRaised) and not page_traceback and (RAISED.search(said) or raised_on(pages)):
        page_traceback = raised_again(lake, registry, name, pages)
    return Incident(
        source=name,
        opened_at=datetime.now(UTC),
        trigger=trigger,
        days=failing,
        release=current.number if current else 0,
        failed_checks=(*failed, *_stale(lake, registry, name, days, trigger)),
        error=said,
        traceback=error.traceback if isinstance(error, FetcherRaised) else page_traceback,
        failing=pages,
        good_day=days.good,
        good=good_pages(lake, name, days.good, pages),
        failed_at=_failed_at(lake, name, days),
    )


def gather_again(lake: Lake, registry: Registry, incident: Incident) -> Incident:
    """Return an open incident with the evidence of now: days that joined it have pages that it was opened without."""
    day = max(incident.days, default=None)
    now = gather(lake, registry, incident.source, incident.trigger, day, incident.error or None)
    kept = incident.model_dump(include={"id", "opened_at", "release", "failed_at"})
    changes = {
        **kept,
        "days": tuple(sorted({*incident.days, *now.days})),
        "traceback": now.traceback or incident.traceback,
        "diagnosis": incident.diagnosis,
    }
    return now.model_copy(update=changes)


def _missing(trigger: Trigger) -> tuple[str, ...]:
    """Return today where data simply stopped coming: it is the day that there should be."""
    return (datetime.now(UTC).date().isoformat(),) if trigger == "stale" else ()


def _failed_checks(days: Days) -> tuple[FailedCheck, ...]:
    rows = days.verdicts.filter(pl.col("day").is_in(days.failing)).sort("day").iter_rows(named=True)
    return tuple(
        FailedCheck(
            check=row["check"], day=row["day"], message=row["message"], expected=row["expected"], actual=row["actual"]
        )
        for row in rows
    )


def _stale(lake: Lake, registry: Registry, name: str, days: Days, trigger: Trigger) -> list[FailedCheck]:
    if trigger != "stale":
        return []
    newest = lake.table(f"bronze/{name}").read([days.good], ["fetched_at"])["fetched_at"].max() if days.good else None
    now = datetime.now(UTC)
    found = check_freshness(registry.source(name), newest if isinstance(newest, datetime) else None, now)
    today = now.date().isoformat()
    told = FailedCheck(check=found.name, day=today, message=found.message, expected=found.expected, actual=found.actual)
    return [] if found.passed else [told]


def _of_rejects(lake: Lake, name: str, days: Sequence[str]) -> tuple[str, str]:
    """Return the error, with the fetcher's traceback, of the first page that could not be parsed on the newest day."""
    table = lake.table(f"silver/{name}__rejects")
    there = sorted({*days} & {*table.days()})
    if not there:
        return "", ""
    frame = table.read(there, ["day", "_row", "_capture", "raw", "reasons"]).filter(pl.col("_row") == FAILED_PAGE)
    for row in frame.sort(["day", "_capture"], descending=[True, False]).head(1).iter_rows(named=True):
        said = " ".join(row["reasons"]).removeprefix("page: ")
        return said, str(json.loads(row["raw"]).get("traceback", ""))
    return "", ""


def _failed_at(lake: Lake, name: str, days: Days) -> datetime | None:
    """Return when the failure showed first: in a check, or else in the fetch of the first failing day."""
    seen = days.verdicts.filter(pl.col("day").is_in(days.failing))["checked_at"].min() if days.failing else None
    if isinstance(seen, datetime):
        return seen
    table = lake.table(f"bronze/{name}")
    there = sorted({*days.failing} & {*table.days()})
    fetched = table.read(there[:1], ["fetched_at"])["fetched_at"].min() if there else None
    return fetched if isinstance(fetched, datetime) else None
