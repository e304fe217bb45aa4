"""A sandbox worker for a release, with the limits of its source."""

from __future__ import annotations

from lakehouse.registry import Release
from lakehouse.sandbox import Limits, Worker
from lakehouse.source import Source


def worker_of(release: Release, source: Source) -> Worker:
    """Return a worker that has loaded the release; the caller closes it."""
    limits = Limits(parse_seconds=source.limits.parse_seconds, memory=source.limits.memory)
    return Worker(release.code, name=f"{source.name}/{release.number:04d}", limits=limits)
