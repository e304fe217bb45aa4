"""Recorders over a real lake, and what they left there."""

from __future__ import annotations

from pathlib import Path

from lakehouse.lake import Lake
from lakehouse.telemetry import Envelope, Recorder


def recorder(lake: Lake, folder: Path) -> Recorder:
    """Return a recorder over a real lake."""
    return Recorder(lake.objects, folder / "telemetry")


def envelopes(lake: Lake) -> list[Envelope]:
    """Return every envelope of a lake."""
    return [Envelope.model_validate_json(lake.objects.get(key)) for key in lake.objects.list("telemetry")]
