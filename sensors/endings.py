"""Runs that ended, and what they say of the sources that they worked on.

A tick asks for the runs that ended since the last one and then for their events: what it costs grows with what
happened, not with the number of sources, and a source that was added a moment ago is seen as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import dagster as dg
from dagster import DagsterEventType as Kind

from assets.healing import HEALER
from assets.reasons import reasons
from sensors.days import days_of

LAYERS = ("bronze", "silver")
ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE]

Manner = Literal["checks", "run", "died"]
"""Failed checks of severity error; a step that raised; a process that was gone before it could say anything."""


@dataclass(frozen=True)
class Ending:
    """A bad end of a run for one of its sources; `days` are those at fault, as far as the run knew."""

    source: str
    run_id: str
    ended: datetime
    manner: Manner
    days: tuple[str, ...]
    error: str = ""
    of_healer: bool = False


def ended_runs(instance: dg.DagsterInstance, since: datetime) -> list[dg.RunRecord]:
    """Return the runs that ended after a moment, oldest first."""
    filters = dg.RunsFilter(statuses=ENDED, updated_after=since)
    return list(instance.get_run_records(filters, order_by="update_timestamp", ascending=True))


def bad_endings(instance: dg.DagsterInstance, record: dg.RunRecord) -> list[Ending]:
    """Return how a run ended for each of its sources that it did not end well for."""
    kinds = {Kind.ASSET_CHECK_EVALUATION, Kind.STEP_FAILURE, Kind.ASSET_MATERIALIZATION_PLANNED}
    events = [entry.dagster_event for entry in instance.all_logs(record.dagster_run.run_id, of_type=kinds)]
    told = [event for event in events if event is not None]
    checks, steps = _failed_checks(told), _failed_steps(told, layers_of(record.dagster_run))
    failed = [_ending(record, source, "checks", days=days) for source, days in checks.items()]
    failed += [_ending(record, source, "run", error=steps[source]) for source in steps.keys() - checks.keys()]
    died = record.dagster_run.status == dg.DagsterRunStatus.FAILURE and not checks and not steps
    return failed + ([_ending(record, source, "died") for source in _planned(told)] if died else [])


def _ending(
    record: dg.RunRecord, source: str, manner: Manner, *, days: tuple[str, ...] = (), error: str = ""
) -> Ending:
    run = record.dagster_run
    known = days or days_of(run)
    return Ending(source, run.run_id, record.update_timestamp, manner, known, error, run.job_name == HEALER)


def _failed_checks(events: Iterable[dg.DagsterEvent]) -> dict[str, tuple[str, ...]]:
    days: dict[str, set[str]] = defaultdict(set)
    for source, check in _checks(events):
        if not check.passed and check.severity == dg.AssetCheckSeverity.ERROR:
            told = check.metadata.get("failed days")
            days[source] |= set(str(told.value).split(", ")) if told else set()
    return {source: tuple(sorted(found)) for source, found in days.items()}


def _checks(events: Iterable[dg.DagsterEvent]) -> Iterator[tuple[str, dg.AssetCheckEvaluation]]:
    for event in events:
        if event.event_type == Kind.ASSET_CHECK_EVALUATION:
            check = event.asset_check_evaluation_data
            if check.asset_key.path[0] in LAYERS:
                yield check.asset_key.path[-1], check


def layers_of(run: dg.DagsterRun) -> tuple[str, ...]:
    """Return the layers whose failure is one of the source's data: that of its code is the healer's own."""
    return ("fetcher", *LAYERS) if run.job_name == HEALER else LAYERS


def _failed_steps(events: Iterable[dg.DagsterEvent], layers: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for event in events:
        if event.event_type == Kind.STEP_FAILURE:
            layer, _, source = (event.step_key or "").partition("__")
            if layer in layers:
                found[source] += reasons(event.step_failure_data)
    return {source: "\n".join(errors) for source, errors in found.items() if errors}


def _planned(events: Iterable[dg.DagsterEvent]) -> list[str]:
    keys = [event.asset_key for event in events if event.event_type == Kind.ASSET_MATERIALIZATION_PLANNED]
    return sorted({key.path[-1] for key in keys if key and key.path[0] in LAYERS})
