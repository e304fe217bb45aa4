"""Days of one source as a Dagster run in this process."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import dagster as dg
from dagster._core.storage.tags import ASSET_PARTITION_RANGE_END_TAG, ASSET_PARTITION_RANGE_START_TAG

from assets.factory import load_sources
from assets.healing import HEALER, SOURCE_TAG
from assets.partitions import days_of
from assets.reasons import reasons
from lakehouse.definitions import definitions_of
from lakehouse.errors import EarlyFetch, SourceError
from lakehouse.home import make_home
from resources.store import Store

NO_TAGS: Mapping[str, str] = MappingProxyType({})

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True)
class RunOutcome:
    """How a run ended; `errors` are sentences, `failed_checks` maps a check's name to its days and what it saw."""

    run_id: str
    errors: tuple[str, ...]
    failed_checks: dict[str, str]

    @property
    def good(self) -> bool:
        """Return whether the run went through and every check that it made passed."""
        return not self.errors and not self.failed_checks


def run_day(name: str, day: str, *, late: bool = False) -> RunOutcome:
    """Fetch and parse one day; the run shows in the UI of the same home."""
    config: dict[str, Any] = dict(QUIET)
    if late:
        config["ops"] = {f"bronze__{name}": {"config": {"late": True}}}
    keys = [dg.AssetKey([layer, name]) for layer in ("bronze", "silver")]
    _require_day(name, day)
    return _execute(_job("ingest"), name, keys, config, [day])


def reparse_days(name: str, days: Sequence[str]) -> RunOutcome:
    """Parse the kept pages of some days again, in one run; days between them stay as they are, and no site is asked."""
    config = {**QUIET, "ops": {f"silver__{name}": {"config": {"days": sorted(days)}}}}
    return _execute(_job("reparse"), name, [dg.AssetKey(["silver", name])], config, [min(days), max(days)])


def heal(name: str, days: Sequence[str]) -> RunOutcome:
    """Diagnose a source, repair it where that can be proved, and parse its missed days again, as one run.

    `days` are those that are known to have failed; the doctor finds the others. What a person is to do is told as the
    check `repair`.
    """
    keys = [dg.AssetKey([layer, name]) for layer in ("fetcher", "silver")]
    return _execute(_job(HEALER), name, keys, QUIET, [min(days), max(days)], {SOURCE_TAG: name})


def run_fetcher(name: str) -> RunOutcome:
    """Materialize `fetcher/<name>`, so that the UI shows the release in force."""
    job = definitions_of(Store()).resolve_implicit_global_asset_job_def()
    return _execute(job, name, [dg.AssetKey(["fetcher", name])], QUIET, [])


def _job(name: str) -> dg.JobDefinition:
    return definitions_of(Store()).resolve_job_def(name)


def _execute(
    job: dg.JobDefinition,
    name: str,
    keys: list[dg.AssetKey],
    config: dict[str, Any],
    days: Sequence[str],
    tags: Mapping[str, str] = NO_TAGS,
) -> RunOutcome:
    """Run a job over some assets, from the first of the days to the last; none for assets without partitions."""
    with _instance() as instance:
        result = job.execute_in_process(
            run_config=config,
            instance=instance,
            partition_key=days[0] if len(set(days)) == 1 else None,
            asset_selection=keys,
            raise_on_error=False,
            tags={"lakehouse/source": name, **_range(days), **tags},
        )
    lost = [line for event in result.get_step_failure_events() for line in reasons(event.step_failure_data)]
    failed = [check for check in result.get_asset_check_evaluations() if not check.passed]
    return RunOutcome(result.run_id, tuple(lost), {check.check_name: _told(check) for check in failed})


def _range(days: Sequence[str]) -> dict[str, str]:
    several = len(set(days)) > 1
    return {ASSET_PARTITION_RANGE_START_TAG: days[0], ASSET_PARTITION_RANGE_END_TAG: days[-1]} if several else {}


def _require_day(name: str, day: str) -> None:
    """Raise an error in our words for a day that is no partition; Dagster's would be a traceback."""
    today = datetime.now(UTC).date().isoformat()
    if day > today:
        raise EarlyFetch(name, day, today)
    first = days_of(load_sources(Store().registry())[0]).get_first_partition_key() or day
    if day < first:
        raise SourceError(
            f"{name}, {day}: this day lies before the first one, {first}.",
            key="first_day",
            hint=f"Write `first_day: {day}` into its source.yaml and register it again.",
        )


@contextmanager
def _instance() -> Iterator[dg.DagsterInstance]:
    os.environ["DAGSTER_HOME"] = str(make_home())
    with dg.DagsterInstance.get() as instance:
        yield instance


def _told(check: dg.AssetCheckEvaluation) -> str:
    """Return the days that a check failed on, and what it saw on the first of them."""
    days = check.metadata.get("failed days")
    return f"{days.value}: {check.description}" if days else str(check.description)
