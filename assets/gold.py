"""`gold/*`: what the agents did, what it cost, and how repairs and sources fared."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from assets.preview import rows_table
from resources.store import Store

GROUP = "gold"
SHOWN = 10
"""Rows of an answer that the UI shows."""
ANSWERS = {
    "agent_runs": ("success_rates", "errors", "by_agent"),
    "run_steps": ("slowest_steps", "failing_steps"),
    "api_calls": ("failing_calls", "call_latency", "by_model"),
    "repairs": ("by_repair",),
    "source_health": ("by_source",),
}
"""The questions that each table's materialization answers."""


def gold_assets() -> dg.AssetsDefinition:
    """Return the tables of gold as assets that one step writes."""
    from lakehouse.gold.tables import TABLES

    @dg.multi_asset(
        name="merge_envelopes",
        specs=[
            dg.AssetSpec(
                dg.AssetKey(["gold", table.name]),
                group_name=GROUP,
                kinds={"python", "deltalake"},
                description=f"{table.about} Merged by {', '.join(table.key)}.",
                metadata={"dagster/column_schema": _schema(table.columns)},
            )
            for table in TABLES
        ],
    )
    def merged(context: dg.AssetExecutionContext, store: Store) -> Iterator[dg.MaterializeResult[Any]]:
        from lakehouse.gold.merging import merge_envelopes
        from lakehouse.gold.sources import write_repairs, write_source_health

        lake, registry = store.lake(), store.registry()
        merged = merge_envelopes(lake)
        new = {"agent_runs": merged.runs, "run_steps": merged.steps, "api_calls": merged.calls}
        told = {"repairs": write_repairs(lake, registry), "source_health": write_source_health(lake, registry)}
        context.log.info(f"{merged.runs} new envelopes; {len(merged.broken)} that cannot be read")
        for table in TABLES:
            found: dict[str, Any] = {"new_rows": new[table.name]} if table.name in new else {"rows": told[table.name]}
            found |= {"unreadable": list(merged.broken)} if merged.broken and table.name == "agent_runs" else {}
            yield dg.MaterializeResult(dg.AssetKey(["gold", table.name]), metadata=found | _answers(lake, table.name))

    return merged


def _schema(columns: Any) -> dg.TableSchema:
    return dg.TableSchema(
        [
            dg.TableColumn(
                column.name,
                column.kind,
                column.description,
                constraints=dg.TableColumnConstraints(nullable=column.nullable),
            )
            for column in columns
        ]
    )


def _answers(lake: Any, table: str) -> dict[str, Any]:
    import polars as pl

    from lakehouse.gold.charts import sparkline
    from lakehouse.gold.questions import ask

    shown: dict[str, Any] = {}
    for name in ANSWERS[table]:
        answer = ask(lake, name)
        if answer.height:
            shown[name] = dg.MetadataValue.md(rows_table(answer.head(SHOWN)))
    if table == "agent_runs":
        by_day = ask(lake, "runs_by_day").group_by("day", maintain_order=True).agg(pl.col("runs").sum())
        days = f"{by_day['day'].min()} to {by_day['day'].max()}: {by_day['runs'].sum()} runs" if by_day.height else ""
        shown["runs_by_day"] = dg.MetadataValue.md(f"`{sparkline(by_day['runs'].to_list())}` {days}")
    return shown
