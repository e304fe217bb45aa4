"""Calling the healer: for whom, and for whom not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import dagster as dg

from assets.healing import HEALER, SOURCE_TAG, HealConfig
from lakehouse.settings import settings
from resources.store import Store
from sensors.days import day_tags

LIVE = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
]

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Call:
    """A failure that the healer is to look at; `key` names it, so that it is called once for each."""

    source: str
    key: str
    failed_at: datetime
    trigger: str
    days: tuple[str, ...] = ()
    error: str = ""

    def request(self) -> dg.RunRequest:
        """Return the one run in which the source is healed and its missed days are parsed again.

        The range is what is known before the diagnosis; the doctor says which days it really parses.
        """
        config = HealConfig(trigger=self.trigger, day=max(self.days, default=""), error=self.error)
        return dg.RunRequest(
            run_key=f"heal:{self.source}:{self.key}",
            job_name=HEALER,
            asset_selection=[dg.AssetKey([layer, self.source]) for layer in ("fetcher", "silver")],
            run_config=dg.RunConfig(ops={f"fetcher__{self.source}": config}),
            tags={SOURCE_TAG: self.source, "lakehouse/source": self.source, **day_tags(self.days)},
        )


@dataclass(frozen=True)
class Desk:
    """Decides on calls, by the runs of one instance and the event logs of one store.

    Logs are read only for sources that have a call, so that a tick in which nothing failed reads none.
    """

    instance: dg.DagsterInstance
    store: Store
    known: frozenset[str]

    def is_held(self, call: Call) -> bool:
        """Tell whether the call must wait: a healer is at work that began too early to have seen the failure."""
        return any(record.create_timestamp <= call.failed_at for record in self._live(call.source))

    def refusal(self, call: Call) -> str:
        """Return why the healer is not called; empty where it is."""
        if call.source not in self.known:
            return f"{call.source} is not among the sources that can be used"
        if any(record.create_timestamp > call.failed_at for record in self._live(call.source)):
            return f"{call.source}: the healer that is at work has seen this failure"
        if self._failed(call.source) >= settings().max_fix_attempts:
            return f"{call.source}: the healer itself failed {settings().max_fix_attempts} times within a day"
        return may_be_healed(self.store, call.source)

    def _live(self, source: str) -> list[dg.RunRecord]:
        return list(self.instance.get_run_records(dg.RunsFilter(tags={SOURCE_TAG: source}, statuses=LIVE)))

    def _failed(self, source: str) -> int:
        """Return how many healers of the last day failed; without this cap one that dies would be called for ever."""
        failed = [dg.DagsterRunStatus.FAILURE]
        since = datetime.now(UTC) - DAY
        return self.instance.get_runs_count(
            dg.RunsFilter(tags={SOURCE_TAG: source}, statuses=failed, created_after=since)
        )


def may_be_healed(store: Store, source: str) -> str:
    """Return why the doctor may not try a source by itself; empty where it may."""
    from lakehouse.agents.doctor.states import may_heal
    from lakehouse.agents.doctor.status import caps, logged_state

    allowed, why = may_heal(logged_state(store.registry(), source), caps())
    return "" if allowed else f"{source}: {why}"


def may_be_fetched(store: Store, source: str) -> bool:
    """Tell whether a source is neither paused nor dead nor broken."""
    from lakehouse.agents.doctor.states import may_ingest
    from lakehouse.agents.doctor.status import logged_state

    return may_ingest(logged_state(store.registry(), source))[0]
