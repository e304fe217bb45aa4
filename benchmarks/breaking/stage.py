"""A running `dagster dev` on a new home's own settings, over an office whose sources have had some good days."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import dagster as dg
from dagster import DagsterEventType as Kind

from benchmarks.breaking.dresses import Dress
from benchmarks.breaking.office import Office, permits
from lakehouse.engine import fetch_day, parse_day
from lakehouse.home import make_home
from lakehouse.lake import Lake
from lakehouse.launch.dagster_dev import Dagster, dagster_dev
from lakehouse.settings import settings
from tests.little_site import LittleSite

GOOD_DAYS, MISSED_DAYS = 3, 3


@dataclass(frozen=True)
class Stage:
    """The office, the running Dagster, and the instance that both write to."""

    office: Office
    dagster: Dagster
    instance: dg.DagsterInstance

    def break_source(self, name: str, dress: Dress) -> None:
        """Give a listing another dress and keep its pages of the missed days; today's are for the run to fetch."""
        self.office.dresses[name] = dress
        for day in missed(self.office.today)[:-1]:
            self.office.show(name, day)
            fetch_day(self.office.lake, self.office.registry, name, day.isoformat(), late=True)
        self.office.show(name, self.office.today)

    def ingest(self, names: list[str], days: list[date]) -> str:
        """Launch one run of `ingest` over sources and days, as the UI does, and return its id."""
        assets = [f"{layer}/{name}" for name in names for layer in ("bronze", "silver")]
        first, last = days[0].isoformat(), days[-1].isoformat()
        ranged = {"dagster/asset_partition_range_start": first, "dagster/asset_partition_range_end": last}
        return self.dagster.launch("ingest", assets, ranged if first != last else {"dagster/partition": first})

    def healers(self, name: str) -> list[dg.DagsterRun]:
        """Return the runs in which a source was to be healed."""
        return list(self.instance.get_runs(dg.RunsFilter(tags={"lakehouse/heal": name})))

    def is_healed(self, name: str) -> bool:
        """Tell whether the log says so."""
        return any(event.kind == "healed" for event in self.office.registry.audit(name))

    def failed_at(self, run_id: str) -> float | None:
        """Return when the first check of severity error of a run failed, or None."""
        entries = self.instance.all_logs(run_id, of_type=Kind.ASSET_CHECK_EVALUATION)
        failed = [entry.timestamp for entry in entries if _is_failed(entry.dagster_event)]
        return min(failed, default=None)

    def good_at(self, run_id: str) -> float | None:
        """Return when the last check of a run's tables was told, if all of them passed."""
        entries = self.instance.all_logs(run_id, of_type=Kind.ASSET_CHECK_EVALUATION)
        silver = [e for e in entries if e.dagster_event and _checked(e.dagster_event).asset_key.path[0] == "silver"]
        failed = any(_is_failed(entry.dagster_event) for entry in silver)
        return None if failed else max((entry.timestamp for entry in silver), default=None)

    def lost_rows(self, name: str) -> int:
        """Return how many permits of the missed days are not in the table as they are in truth."""
        table = self.office.lake.table(f"silver/{name}")
        lost = 0
        for day in missed(self.office.today):
            frame = table.read([day.isoformat()], ["number", "title", "owner", "filed"])
            there = {(row["number"], row["title"], row["owner"], row["filed"]) for row in frame.iter_rows(named=True)}
            lost += sum((p.number, p.title, p.owner, p.filed) not in there for p in permits(name, day))
        return lost


def _checked(event: dg.DagsterEvent) -> dg.AssetCheckEvaluation:
    return event.asset_check_evaluation_data


def _is_failed(event: dg.DagsterEvent | None) -> bool:
    return bool(event and not _checked(event).passed and _checked(event).severity == dg.AssetCheckSeverity.ERROR)


def missed(today: date) -> list[date]:
    """Return the days that are broken, today the last of them."""
    return [today - timedelta(days=n) for n in range(MISSED_DAYS - 1, -1, -1)]


def wait(until: Callable[[], object], patience: float) -> bool:
    """Tell whether something came true within some seconds."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if until():
            return True
        time.sleep(0.5)
    return False


@contextmanager
def staged(names: list[str]) -> Iterator[Stage]:
    """Return a stage in a folder of its own, which is removed again."""
    folder = Path(tempfile.mkdtemp(prefix="break-"))
    os.environ |= {"LAKEHOUSE_HOME": str(folder / "home"), "LAKEHOUSE_STORE": str(folder / "store")}
    settings.cache_clear()
    os.environ["DAGSTER_HOME"] = str(make_home())
    try:
        with LittleSite() as site, dg.DagsterInstance.get() as instance:
            office = Office(site, Lake.open(str(folder / "store")), datetime.now(UTC).date())
            _good_days(office, names)
            with dagster_dev(os.environ, folder / "dev.log", patience=600) as dagster:
                yield Stage(office, replace(dagster, patience=600), instance)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _good_days(office: Office, names: list[str]) -> None:
    office.open(names)
    first = office.today - timedelta(days=GOOD_DAYS + MISSED_DAYS - 1)
    for day in (first + timedelta(days=n) for n in range(GOOD_DAYS)):
        for name in names:
            office.show(name, day)
            fetch_day(office.lake, office.registry, name, day.isoformat(), late=True)
            parse_day(office.lake, office.registry, name, day.isoformat())
