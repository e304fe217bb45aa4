"""One tick of the sensor for data that stopped coming: no check fails where nothing runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import dagster as dg
from dagster._core.definitions.freshness import FreshnessState
from dagster._core.storage.tags import RUN_KEY_TAG

from resources.store import Store
from sensors.again import ingest_again
from sensors.calls import LIVE, Call, Desk, may_be_fetched
from sensors.watch import known_sources

SETTLED = timedelta(minutes=2)
"""How long after a run Dagster may still call its assets stale; it looks every half minute."""


def stale(context: dg.SensorEvaluationContext, store: Store) -> dg.SensorResult:
    """Return one more ingest a day for each source whose data stopped coming, and a call where that was in vain."""
    desk = Desk(context.instance, store, known_sources(context))
    requests, refused = [], []
    for source in sorted(stale_sources(context.instance, desk.known)):
        wanted = _for_stale(context.instance, source)
        if isinstance(wanted, Call) and (why := desk.refusal(wanted)):
            refused.append(why)
        elif isinstance(wanted, Call):
            requests.append(wanted.request())
        elif wanted and may_be_fetched(store, source):
            requests.append(wanted)
    told = "; ".join(refused) or "nothing new is stale"
    return dg.SensorResult(run_requests=requests, skip_reason=None if requests else told)


def stale_sources(instance: dg.DagsterInstance, known: frozenset[str]) -> set[str]:
    """Return the sources whose pages or rows are older than may be, by one query for all."""
    keys = [dg.AssetKey([layer, source]) for source in known for layer in ("bronze", "silver")]
    records = instance.get_freshness_state_records(keys)
    return {key.path[1] for key, record in records.items() if record.freshness_state == FreshnessState.FAIL}


def _for_stale(instance: dg.DagsterInstance, source: str) -> Call | dg.RunRequest | None:
    now = datetime.now(UTC)
    day = now.date().isoformat()
    again = ingest_again(source, f"stale:{day}", (day,))
    tried = instance.get_run_records(dg.RunsFilter(tags={RUN_KEY_TAG: str(again.run_key)}), limit=1)
    if not tried:
        return again
    run, ended = tried[0].dagster_run, tried[0].update_timestamp
    if run.status in LIVE or now - ended < SETTLED:
        return None
    return Call(source, f"stale:{day}", ended, "stale", (day,), "data stopped coming, and one more run did not help")
