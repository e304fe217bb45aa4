"""One day of one source as a Dagster run in this process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import dagster as dg

from lakehouse.definitions import definitions_of
from lakehouse.home import make_home
from resources.store import Store

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True)
class RunOutcome:
    """How a run ended; `errors` are one-sentence reasons, `failed_checks` maps a check's name to what it saw."""

    run_id: str
    errors: tuple[str, ...]
    failed_checks: dict[str, str]

    @property
    def good(self) -> bool:
        """Return whether the run went through and every check that it made passed."""
        return not self.errors and not self.failed_checks


def run_day(name: str, day: str, *, late: bool = False, reparse: bool = False) -> RunOutcome:
    """Fetch and parse one day, or only parse it again; the run shows in the UI of the same home."""
    layers = ("silver",) if reparse else ("bronze", "silver")
    config: dict[str, Any] = dict(QUIET)
    if late and not reparse:
        config["ops"] = {f"bronze__{name}": {"config": {"late": True}}}
    job = definitions_of(Store()).resolve_job_def("reparse" if reparse else "ingest")
    return _execute(job, name, [dg.AssetKey([layer, name]) for layer in layers], config, day)


def run_fetcher(name: str) -> RunOutcome:
    """Materialize `fetcher/<name>`, so that the UI shows the release in force."""
    job = definitions_of(Store()).resolve_implicit_global_asset_job_def()
    return _execute(job, name, [dg.AssetKey(["fetcher", name])], QUIET, None)


def _execute(
    job: dg.JobDefinition, name: str, keys: list[dg.AssetKey], config: dict[str, Any], day: str | None
) -> RunOutcome:
    with _instance() as instance:
        result = job.execute_in_process(
            run_config=config,
            instance=instance,
            partition_key=day,
            asset_selection=keys,
            raise_on_error=False,
            tags={"lakehouse/source": name},
        )
    errors = tuple(_reason(event.step_failure_data.error) for event in result.get_step_failure_events())
    checks = [check for check in result.get_asset_check_evaluations() if not check.passed]
    return RunOutcome(result.run_id, errors, {check.check_name: check.description or "" for check in checks})


@contextmanager
def _instance() -> Iterator[dg.DagsterInstance]:
    os.environ["DAGSTER_HOME"] = str(make_home())
    with dg.DagsterInstance.get() as instance:
        yield instance


def _reason(error: Any) -> str:
    """Return the innermost message of a failed step, without the name of its class."""
    while error.cause:
        error = error.cause
    text = error.message.strip()
    return text.partition(": ")[2] or text
