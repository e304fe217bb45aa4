"""What every agent leaves behind: one envelope a run, with its steps and its calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.on_demand import on_demand
from lakehouse.telemetry.model import AgentRun, ApiCall, Envelope, RunStep

if TYPE_CHECKING:
    from lakehouse.telemetry.journal import collect
    from lakehouse.telemetry.recorder import Call, Recorder, Run, call, current_run, noted, step

__all__ = [
    "AgentRun",
    "ApiCall",
    "Call",
    "Envelope",
    "Recorder",
    "Run",
    "RunStep",
    "call",
    "collect",
    "current_run",
    "noted",
    "step",
]

__getattr__ = on_demand(
    __name__,
    journal=("collect",),
    recorder=("Call", "Recorder", "Run", "call", "current_run", "noted", "step"),
)
