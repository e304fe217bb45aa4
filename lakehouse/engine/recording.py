"""The day's work in envelopes."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from lakehouse.lake import Lake
from lakehouse.telemetry import Run, current_run


def ingestion(lake: Lake, name: str) -> AbstractContextManager[Run]:
    """Return a run of ingestion on a source; work that an agent does within its own run is part of that run."""
    current = current_run()
    return nullcontext(current) if current else lake.recorder.run("ingestion", name)
