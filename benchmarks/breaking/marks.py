"""How far a healer's run has come: the marks that it passes, read off Dagster's log and the source's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import dagster as dg
from dagster import DagsterEventType as Kind

from benchmarks.breaking.stage import Stage

MARKS: tuple[str, ...] = ("began", "incident opened", "diagnosed", "released", "attempted", "parsing", "healed")
"""In the order in which a healer that nobody kills passes them; between two stands one piece of its work."""

LASTS: dict[str, float] = dict(zip(MARKS, (1.0, 0.5, 3.0, 0.02, 0.3, 1.5, 0.3), strict=True))
"""Seconds of work that follow a mark, on two cores that others use too."""

STEPS = {"fetcher": "began", "silver": "parsing"}
PID = re.compile(r"\(pid: (\d+)\)")
WORKING = dg.RunsFilter(job_name="healer", statuses=[dg.DagsterRunStatus.STARTED])


def passed_after(mark: str) -> tuple[str, ...]:
    """Return the marks that the next healer may still pass where one was killed after a mark: work is done once."""
    rest = MARKS[MARKS.index(mark) + 1 :]
    return ("began", *rest, *(("parsing",) if mark == "parsing" else ()))


@dataclass(frozen=True)
class Healer:
    """A healer's run at work: its source, its process, and how many entries the source's log had when it was seen."""

    source: str
    run_id: str
    pid: int
    entries: int


def working(stage: Stage, known: dict[str, Healer]) -> Iterator[Healer]:
    """Return the healers at work; a process that still imports Dagster is none, for there is nothing to break."""
    for run in stage.instance.get_runs(WORKING):
        source = run.tags["lakehouse/heal"]
        pid = known[run.run_id].pid if run.run_id in known else _pid(stage, run.run_id)
        if run.run_id not in known and pid:
            known[run.run_id] = Healer(source, run.run_id, pid, len(stage.office.registry.audit(source)))
        if run.run_id in known:
            yield known[run.run_id]


def _pid(stage: Stage, run_id: str) -> int | None:
    for entry in stage.instance.all_logs(run_id, of_type=Kind.ENGINE_EVENT):
        if found := PID.search(entry.user_message or entry.message or ""):
            return int(found[1])
    return None


def newest_mark(stage: Stage, healer: Healer) -> str | None:
    """Return the last mark that a healer passed, or None before the first."""
    passed = {entry.kind for entry in stage.office.registry.audit(healer.source)[healer.entries :]}
    for entry in stage.instance.all_logs(healer.run_id, of_type=Kind.STEP_START):
        layer = (entry.step_key or "").partition("__")[0]
        passed.add(STEPS.get(layer, ""))
    return next((mark for mark in reversed(MARKS) if mark in passed), None)
