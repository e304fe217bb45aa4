"""A source's first day in a scratch lake: what a fetcher does on the real site before anything is registered."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from lakehouse.engine import ParseReport, fetch_day, parse_day
from lakehouse.engine.fixture import digest_of
from lakehouse.engine.replay import captures_of, replay
from lakehouse.engine.worker import worker_of
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from lakehouse.source import dump_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lakehouse.source import Source

MOST_PAGES = 6
"""Pages of a trial: the first, and some that the fetcher was not built from."""


@dataclass(frozen=True)
class FixturePage:
    """One page of the trial and what the fetcher gave on it, to be given again by `lakehouse check --offline`."""

    url: str
    content_type: str
    body: bytes
    records: int
    digest: str
    meta: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Trial:
    """How the first day went."""

    report: ParseReport
    pages: tuple[FixturePage, ...]

    @property
    def passed(self) -> bool:
        """Return whether there are rows, and nothing failed that would block them."""
        return self.report.passed and self.report.rows > 0


def trial(source: Source, code: str) -> Trial:
    """Fetch and parse a few pages with a fetcher, in a lake that is thrown away.

    Raises `FetcherRefused` and other `SandboxError`s, `FetchFailed` and `WebError`s as a real day would.
    """
    limits = source.limits.model_copy(update={"max_pages": min(MOST_PAGES, source.limits.max_pages)})
    small = source.model_copy(update={"limits": limits})
    day = datetime.now(UTC).date().isoformat()
    with tempfile.TemporaryDirectory(prefix="lakehouse-trial-") as folder:
        lake = Lake.open(folder)
        registry = Registry(lake)
        registry.register(dump_source(small), author="builder")
        registry.release(registry.stage(source.name, code, {}, {}, author="builder"), reason="trial")
        fetch_day(lake, registry, source.name, day)
        report = parse_day(lake, registry, source.name, day)
        return Trial(report, _fixture(lake, registry, source.name, day))


def _fixture(lake: Lake, registry: Registry, name: str, day: str) -> tuple[FixturePage, ...]:
    release, source = registry.in_force(name), registry.source(name)
    pages = []
    with worker_of(release, source) as worker:
        for capture in captures_of(lake, name, day):
            rows = replay(worker, [capture], lake.bodies, release.number).rows
            body = lake.bodies.get(capture.sha256)
            pages.append(FixturePage(capture.url, capture.content_type, body, len(rows), digest_of(rows), capture.meta))
    return tuple(pages)
