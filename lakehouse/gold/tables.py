"""The tables of gold as their models say, so that schema, dictionary and diagram cannot part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from lakehouse.gold.rows import RepairRow, SourceHealthRow
from lakehouse.lake import Lake
from lakehouse.telemetry import AgentRun, ApiCall, RunStep

if TYPE_CHECKING:
    import polars as pl

_IN_SQL = {
    ("string", ""): "text",
    ("string", "date-time"): "timestamp",
    ("number", ""): "double",
    ("integer", ""): "bigint",
    ("boolean", ""): "boolean",
}


@dataclass(frozen=True)
class Column:
    """A column as a person reads of it; `kind` is its type in the words of SQL."""

    name: str
    kind: str
    nullable: bool
    description: str


@dataclass(frozen=True)
class GoldTable:
    """A table of gold; `parents` says which of its columns hold the key of which other table."""

    name: str
    model: type[BaseModel]
    key: tuple[str, ...]
    about: str
    parents: Mapping[str, str]

    @property
    def address(self) -> str:
        """Return the table's name in the lake."""
        return f"gold/{self.name}"

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns in their order, the partition's first."""
        day = Column("day", "text", False, "The day of the row, YYYY-MM-DD; the table is partitioned by it.")
        return (day, *(_column(name, told) for name, told in self.model.model_json_schema()["properties"].items()))

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Return the columns as polars takes them."""
        types = _in_polars()
        return {column.name: types[column.kind] for column in self.columns}

    def frame(self, rows: Iterable[tuple[str, BaseModel]]) -> pl.DataFrame:
        """Return rows, each with its day, as a frame."""
        import polars as pl

        return pl.DataFrame([{"day": day} | vars(row) for day, row in rows], schema=self.schema)

    def merge(self, lake: Lake, frame: pl.DataFrame) -> None:
        """Merge rows by key; a table that was never written is made, if with no row."""
        table = lake.table(self.address)
        if not frame.height and not table.exists():
            table.replace_all({"1970-01-01": frame})
        table.merge(frame, key=self.key)


def _column(name: str, told: Mapping[str, Any]) -> Column:
    kinds = told.get("anyOf", [told])
    kind = next(each for each in kinds if each["type"] != "null")
    nullable = any(each["type"] == "null" for each in kinds)
    return Column(name, _IN_SQL[kind["type"], kind.get("format", "")], nullable, told["description"])


def _in_polars() -> dict[str, pl.DataType]:
    import polars as pl

    return {
        "text": pl.String(),
        "timestamp": pl.Datetime("us", "UTC"),
        "double": pl.Float64(),
        "bigint": pl.Int64(),
        "boolean": pl.Boolean(),
    }


AGENT_RUNS = GoldTable("agent_runs", AgentRun, ("run_id",), "One row for each run of an agent.", {})
RUN_STEPS = GoldTable("run_steps", RunStep, ("step_id",), "One row for each step of a run.", {"run_id": "agent_runs"})
API_CALLS = GoldTable(
    "api_calls",
    ApiCall,
    ("call_id",),
    "One row for each call to the web, a model or a search provider.",
    {"run_id": "agent_runs", "step_id": "run_steps"},
)
REPAIRS = GoldTable(
    "repairs",
    RepairRow,
    ("source", "incident"),
    "One row for each incident, from its first failed check to its end; a run of the doctor has the source as subject.",
    {"source": "source_health"},
)
SOURCE_HEALTH = GoldTable(
    "source_health", SourceHealthRow, ("source",), "How each source stood, one row a source and day.", {}
)
TABLES = (AGENT_RUNS, RUN_STEPS, API_CALLS, REPAIRS, SOURCE_HEALTH)
