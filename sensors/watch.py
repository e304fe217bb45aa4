"""One tick of a sensor that watches runs end: which calls it makes, and what it remembers until the next."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import dagster as dg

from resources.store import Store
from sensors.calls import Call, Desk
from sensors.endings import Ending, bad_endings, ended_runs

FIRST_LOOK = timedelta(days=1)
"""How far back the first tick looks: what failed while no sensor ran is healed too."""

OVERLAP = timedelta(seconds=30)
"""Runs that two ticks both look at, since their ends may be written out of order; run keys keep calls from doubling."""

EVERY = 1
"""Seconds between ticks at least; the daemon itself comes by every five."""

Pick = Callable[[Ending], Call | dg.RunRequest | None]


@dataclass(frozen=True)
class Cursor:
    """What a tick remembers: until when it has looked, and the runs whose calls wait for a healer to end."""

    since: datetime
    held: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str | None) -> Cursor:
        """Return what the last tick wrote."""
        if not text:
            return cls(datetime.now(UTC) - FIRST_LOOK)
        told = json.loads(text)
        return cls(datetime.fromisoformat(told["since"]), tuple(told["held"]))

    def write(self) -> str:
        """Return the text for the next tick."""
        return json.dumps({"since": self.since.isoformat(), "held": self.held})


def known_sources(context: dg.SensorEvaluationContext) -> frozenset[str]:
    """Return the sources that the definitions of now can run."""
    keys = context.repository_def.asset_graph.get_all_asset_keys() if context.repository_def else ()
    return frozenset(key.path[1] for key in keys if key.path[0] == "silver")


def tick(context: dg.SensorEvaluationContext, store: Store, pick: Pick) -> dg.SensorResult:
    """Return the runs to start for what ended badly; `pick` says what each ending asks for.

    Several failures of one source are one call. One that a living healer began too early to have seen is held until
    that one has ended.
    """
    desk = Desk(context.instance, store, known_sources(context))
    cursor = Cursor.read(context.cursor)
    endings, until = _endings(context.instance, cursor)
    asked = [(ending, pick(ending)) for ending in endings]
    requests = [wanted for ending, wanted in asked if isinstance(wanted, dg.RunRequest) and ending.source in desk.known]
    held, refused = [], []
    for call, runs in merged((each.run_id, wanted) for each, wanted in asked if isinstance(wanted, Call)):
        if desk.is_held(call):
            held += runs
        elif why := desk.refusal(call):
            refused.append(why)
        else:
            requests.append(call.request())
    told = "; ".join(refused) or ("a healer is at work" if held else "nothing failed")
    next_cursor = Cursor(until, tuple(sorted(held))).write()
    return dg.SensorResult(run_requests=requests, skip_reason=None if requests else told, cursor=next_cursor)


def _endings(instance: dg.DagsterInstance, cursor: Cursor) -> tuple[list[Ending], datetime]:
    """Return the bad endings since the last tick and those that were held, and until when was looked."""
    new = ended_runs(instance, cursor.since - OVERLAP)
    old = instance.get_run_records(dg.RunsFilter(run_ids=list(cursor.held))) if cursor.held else []
    records = {record.dagster_run.run_id: record for record in (*old, *new)}
    endings = [ending for record in records.values() for ending in bad_endings(instance, record)]
    return endings, max([cursor.since, *(record.update_timestamp for record in new)])


def merged(calls: Iterable[tuple[str, Call]]) -> Iterator[tuple[Call, list[str]]]:
    """Return one call for each source, named after its newest failure, with the runs that it stands for."""
    by_source: dict[str, list[tuple[str, Call]]] = defaultdict(list)
    for run, call in calls:
        by_source[call.source].append((run, call))
    for both in by_source.values():
        newest = max((call for _, call in both), key=lambda call: call.failed_at)
        days = tuple(sorted({day for _, call in both for day in call.days}))
        yield replace(newest, days=days), [run for run, _ in both]
