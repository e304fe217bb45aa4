"""Bronze: fetch a source's pages of one day and keep them as they came."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import polars as pl

from lakehouse.engine.crawl import Crawl, Known, Visit
from lakehouse.engine.late import is_too_late
from lakehouse.engine.recording import ingestion
from lakehouse.engine.replay import captures_of
from lakehouse.engine.rounds import is_lost
from lakehouse.engine.worker import worker_of
from lakehouse.errors import EarlyFetch, FetchFailed, LateFetch
from lakehouse.lake import CAPTURE_SCHEMA, Lake
from lakehouse.registry import Registry, Release
from lakehouse.settings import Settings, settings
from lakehouse.source import Source
from lakehouse.telemetry import step
from lakehouse.web import WebClient, WebPolicy


@dataclass(frozen=True)
class FetchReport:
    """What one fetch of a day brought; `kept` says that the day was there already and nothing was fetched."""

    source: str
    day: str
    release: int
    run_id: str = ""
    pages: int = 0
    bytes: int = 0
    unchanged: int = 0
    failures: dict[str, str] = field(default_factory=dict)
    capped: bool = False
    kept: bool = False


def fetch_day(
    lake: Lake,
    registry: Registry,
    name: str,
    day: str,
    *,
    late: bool = False,
    config: Settings | None = None,
    progress: Callable[[Visit], None] | None = None,
) -> FetchReport:
    """Fetch one day of a source into bronze and return what came.

    A day of today gets one more round of captures each time. A past day that has pages is left as it is; one that has
    none is fetched only where the source or the caller allows it, for the web shows today's pages, not that day's.
    Raises `LateFetch`, `EarlyFetch`, `FetchFailed` (after keeping what came), `SandboxError` and `RegistryError`.
    """
    source, release = registry.source(name), registry.in_force(name)
    today = datetime.now(UTC).date().isoformat()
    past = day < today
    if day > today:
        raise EarlyFetch(name, day, today)
    if past and captures_of(lake, name, day):
        return FetchReport(name, day, release.number, kept=True)
    if is_too_late(day, datetime.now(UTC)) and not late and source.late == "refuse":
        raise LateFetch(name, day)
    run_id = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:8]}"
    fetch = _Round(source, release, day, run_id)
    with ingestion(lake, name), step("fetch"):
        return asyncio.run(_fetch(lake, fetch, config or settings(), progress))


@dataclass(frozen=True)
class _Round:
    """One fetch of a day: what it is for, and what came so far."""

    source: Source
    release: Release
    day: str
    run_id: str
    visits: list[Visit] = field(default_factory=list)

    def keep(self, visit: Visit) -> None:
        """Note a visit without its body, which is stored, so that memory does not grow with the number of pages."""
        light = replace(visit.fetched, body=b"") if visit.fetched else None
        self.visits.append(replace(visit, fetched=light))

    def commit(self, lake: Lake) -> None:
        """Write the captures of the round in one commit, so that readers see all of them or none."""
        if self.visits:
            rows = [_row(self, visit) for visit in sorted(self.visits, key=lambda visit: visit.seq)]
            lake.table(f"bronze/{self.source.name}").append(pl.DataFrame(rows, schema=CAPTURE_SCHEMA))

    def report(self, *, capped: bool) -> FetchReport:
        """Return what came; raises `FetchFailed` when too little of it can be parsed."""
        failures = {visit.request.url: visit.failure for visit in self.visits if visit.failure}
        lost_start = any(visit.failure for visit in self.visits if visit.wanted_by_start)
        if is_lost([visit.failure for visit in self.visits], lost_start=lost_start):
            raise FetchFailed(self.source.name, self.day, failures)
        return FetchReport(
            source=self.source.name,
            day=self.day,
            release=self.release.number,
            run_id=self.run_id,
            pages=len(self.visits),
            bytes=sum(visit.size for visit in self.visits),
            unchanged=sum(bool(visit.fetched and visit.fetched.not_modified) for visit in self.visits),
            failures=failures,
            capped=capped,
        )


async def _fetch(lake: Lake, fetch: _Round, config: Settings, progress: Callable[[Visit], None] | None) -> FetchReport:
    source = fetch.source
    with worker_of(fetch.release, source) as worker:
        async with WebClient(WebPolicy.of(source, config)) as web:
            crawl = Crawl(
                worker,
                web,
                lake.bodies,
                known=_known(lake, source.name, fetch.day),
                render=source.render,
                max_pages=source.limits.max_pages,
                width=max(4, 2 * source.politeness.concurrency),
            )
            try:
                async for visit in crawl.visits():
                    fetch.keep(visit)
                    if progress:
                        progress(visit)
            finally:
                # Also when the fetcher failed half-way: pages are evidence, and are never fetched for nothing.
                fetch.commit(lake)
    return fetch.report(capped=crawl.capped)


def _row(fetch: _Round, visit: Visit) -> dict[str, Any]:
    fetched = visit.fetched
    return {
        "day": fetch.day,
        "capture_id": f"{fetch.run_id}-{visit.seq:05d}",
        "source": fetch.source.name,
        "release": fetch.release.number,
        "request_url": visit.request.url,
        "method": visit.request.method,
        "url": fetched.final_url if fetched else None,
        "status": fetched.status if fetched else None,
        "headers": json.dumps(fetched.headers) if fetched else None,
        "content_type": fetched.headers.get("content-type", "") if fetched else None,
        "sha256": visit.sha256,
        "size": visit.size,
        "fetched_at": fetched.fetched_at if fetched else datetime.now(UTC),
        "elapsed_ms": fetched.elapsed_ms if fetched else None,
        "not_modified": bool(fetched and fetched.not_modified),
        "rendered": bool(fetched and fetched.rendered),
        "attempts": fetched.attempts if fetched else None,
        "run_id": fetch.run_id,
        "seq": visit.seq,
        "meta": json.dumps(visit.request.meta),
        "error": visit.error or None,
    }


def _known(lake: Lake, name: str, day: str) -> dict[str, Known]:
    """Return what the newest captured day knows of each address, for conditional requests."""
    table = lake.table(f"bronze/{name}")
    days = [other for other in table.days() if other <= day] if table.exists() else []
    if not days:
        return {}
    frame = table.read([max(days)], ["request_url", "method", "status", "headers", "sha256", "fetched_at", "error"])
    good = frame.filter(pl.col("error").is_null() & pl.col("status").is_in([200, 304]) & (pl.col("method") == "GET"))
    known = {}
    for row in good.sort("fetched_at").iter_rows(named=True):
        page = Known(row["sha256"], json.loads(row["headers"]))
        if page.etag or page.last_modified:
            known[row["request_url"]] = page
    return known
