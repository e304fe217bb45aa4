"""What every agent leaves behind: one envelope a run, with its steps and its calls."""

from lakehouse.telemetry.journal import collect
from lakehouse.telemetry.model import AgentRun, ApiCall, Envelope, RunStep
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
