"""The newest runs and calls, as people look through them."""

from __future__ import annotations

import polars as pl

from lakehouse.errors import NotInStore
from lakehouse.gold.tables import AGENT_RUNS, API_CALLS, RUN_STEPS, GoldTable
from lakehouse.lake import Lake


def latest_runs(
    lake: Lake, last: int, *, agent: str | None = None, subject: str | None = None, status: str | None = None
) -> pl.DataFrame:
    """Return the newest runs of gold, of one agent, on one subject, or of one status if that is wanted."""
    return _latest(lake, AGENT_RUNS, "started_at", last, agent=agent, subject=subject, status=status)


def latest_calls(
    lake: Lake, last: int, *, provider: str | None = None, model: str | None = None, run_id: str | None = None
) -> pl.DataFrame:
    """Return the newest calls of gold, by one provider, of one model, or of one run if that is wanted."""
    return _latest(lake, API_CALLS, "called_at", last, provider=provider, model=model, run_id=run_id)


def steps_of(lake: Lake, run_id: str) -> pl.DataFrame:
    """Return the steps of a run in their order."""
    return _wanted(lake, RUN_STEPS, run_id=run_id).sort("step_id").collect()


def one_run(lake: Lake, run_id: str) -> dict[str, object]:
    """Return a run by its identifier, or by a beginning of it that no other has; raises `NotInStore`."""
    runs = lake.table(AGENT_RUNS.address).scan()
    found = runs.filter(pl.col("run_id").str.starts_with(run_id)).head(2).collect().to_dicts()
    if len(found) != 1:
        raise NotInStore(
            f"{'several runs begin' if found else 'no run begins'} with {run_id}.",
            address=lake.table(AGENT_RUNS.address).address,
            hint="`lakehouse runs` lists them.",
        )
    return found[0]


def _latest(lake: Lake, table: GoldTable, by: str, last: int, **wanted: str | None) -> pl.DataFrame:
    return _wanted(lake, table, **wanted).sort(by, descending=True).head(last).collect()


def _wanted(lake: Lake, table: GoldTable, **wanted: str | None) -> pl.LazyFrame:
    rows = lake.table(table.address).scan()
    for column, value in wanted.items():
        rows = rows if value is None else rows.filter(pl.col(column) == value)
    return rows
