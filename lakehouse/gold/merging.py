"""New envelopes into gold: by key, so that a replay changes nothing, and only those that gold has not seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import PurePosixPath

from lakehouse.gold.tables import AGENT_RUNS, API_CALLS, RUN_STEPS
from lakehouse.lake import Lake
from lakehouse.telemetry import Envelope

BATCH = 5000
"""Envelopes that are held in memory at once."""
READERS = 8
_KEY = re.compile(r"telemetry/\d{4}-\d{2}-\d{2}/[0-9A-Za-z-]+\.json")


@dataclass(frozen=True)
class Merged:
    """What came in; `broken` are the keys of envelopes that nobody can read, which stay where they are."""

    runs: int = 0
    steps: int = 0
    calls: int = 0
    broken: tuple[str, ...] = ()

    def __add__(self, other: Merged) -> Merged:
        return Merged(
            self.runs + other.runs,
            self.steps + other.steps,
            self.calls + other.calls,
            self.broken + other.broken,
        )


def merge_envelopes(lake: Lake) -> Merged:
    """Put every envelope that gold does not know into `agent_runs`, `run_steps` and `api_calls`."""
    lake.recorder.collect()
    merged = Merged()
    for table in (RUN_STEPS, API_CALLS, AGENT_RUNS):
        table.merge(lake, table.frame([]))
    with ThreadPoolExecutor(READERS) as readers:
        for keys in _batches(new_envelopes(lake)):
            merged += _merge(lake, list(zip(keys, readers.map(lake.objects.get, keys), strict=True)))
    return merged


def new_envelopes(lake: Lake) -> list[str]:
    """Return the keys of the envelopes whose run gold does not have, oldest day first."""
    table = lake.table(AGENT_RUNS.address)
    known = frozenset(table.read(columns=["run_id"])["run_id"]) if table.exists() else frozenset()
    keys = lake.objects.list("telemetry")
    return [key for key in keys if _KEY.fullmatch(key) and PurePosixPath(key).stem not in known]


def _read(key: str, data: bytes) -> Envelope:
    envelope = Envelope.model_validate_json(data)
    if envelope.run.run_id != PurePosixPath(key).stem:
        raise ValueError(f"{key} holds another run, {envelope.run.run_id}.")
    return envelope


def _batches(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


def _merge(lake: Lake, found: Sequence[tuple[str, bytes]]) -> Merged:
    envelopes, broken = [], []
    for key, data in found:
        try:
            envelopes.append(_read(key, data))
        except ValueError:
            broken.append(key)
    runs = AGENT_RUNS.frame((one.day, one.run) for one in envelopes)
    steps = RUN_STEPS.frame((one.day, step) for one in envelopes for step in one.steps)
    calls = API_CALLS.frame((one.day, call) for one in envelopes for call in one.calls)
    # The run comes last: while it is missing its envelope counts as new, so a kill in between loses nothing.
    for table, frame in ((RUN_STEPS, steps), (API_CALLS, calls), (AGENT_RUNS, runs)):
        table.merge(lake, frame)
    return Merged(runs.height, steps.height, calls.height, tuple(broken))
