"""SQL over the tables and views of a lake, in a DuckDB that can only read them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb
import polars as pl

from lakehouse.errors import NotInStore, QueryFailed, SourceError
from lakehouse.lake.faults import unavailable
from lakehouse.lake.frames import Schema
from lakehouse.lake.table import Table
from lakehouse.lake.views import CHANGES, DAILY, changes_view, daily_view, latest_view, quoted

if TYPE_CHECKING:
    from lakehouse.lake.lake import Lake
    from lakehouse.source import Source

SCHEMAS = ("bronze", "silver", "gold")
PLAIN = re.compile(r"\w[\w-]*")
SCAN_FAILED = "exporting a stream"

LOCKED = (
    "SET enable_external_access = false",
    "SET TimeZone = 'UTC'",
    *(f"CREATE SCHEMA {schema}" for schema in SCHEMAS),
)


class Name(NamedTuple):
    """A table that a query names; `schema` is empty for the views of sources."""

    schema: str
    table: str


def run_query(lake: Lake, query: str) -> pl.DataFrame:
    """Return the rows that a SELECT, DESCRIBE or SUMMARIZE gives; raises `QueryFailed`.

    Only the tables that the query names are opened, and only the files and columns that it needs are read.
    """
    with closing(duckdb.connect(config={"python_enable_replacements": "false"})) as database:
        for statement in LOCKED:
            database.execute(statement).fetchall()
        for name in sorted(_names_in(database, query)):
            _offer(lake, database, name)
        database.execute("SET lock_configuration = true").fetchall()
        try:
            return database.sql(query).pl()
        except duckdb.CatalogException as error:
            raise QueryFailed(_sentence(error), hint=_what_there_is(lake, str(error))) from error
        except duckdb.Error as error:
            if SCAN_FAILED in str(error):
                raise unavailable(error, lake.address) from error
            raise QueryFailed(_sentence(error)) from error


def attach(lake: Lake, database: duckdb.DuckDBPyConnection) -> None:
    """Make every table and view of the lake known to a DuckDB of somebody else's."""
    for schema in SCHEMAS:
        database.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}").fetchall()
    for full in table_names(lake):
        schema, _, table = full.rpartition(".")
        try:
            _offer(lake, database, Name(schema, table))
        except (QueryFailed, SourceError):  # a source without a key has no changes; a broken one costs its own views
            continue


def table_names(lake: Lake) -> list[str]:
    """Return all that SQL can name: the tables of the three schemas, then the views of each source."""
    tables = [f"{schema}.{table}" for schema in SCHEMAS for table in lake.objects.folders(schema)]
    sources = [name for name in lake.objects.folders("registry") if f"silver.{name}" in tables]
    return tables + [source + suffix for source in sources for suffix in ("", DAILY, CHANGES)]


def _names_in(database: duckdb.DuckDBPyConnection, query: str) -> set[Name]:
    rows = database.execute("SELECT json_serialize_sql(?)", [query]).fetchall()
    parsed = json.loads(rows[0][0])
    if not parsed["error"]:
        if not parsed["statements"]:
            raise QueryFailed("the query is empty.")
        return set(_base_tables(parsed))
    if parsed["error_type"] == "not implemented":
        raise QueryFailed(
            "only queries that read are answered.", hint="Begin with SELECT, WITH, DESCRIBE or SUMMARIZE."
        )
    raise QueryFailed(f"the query cannot be read: {parsed['error_message']}.")


def _base_tables(node: Any) -> Iterator[Name]:
    if isinstance(node, dict):
        if node.get("type") == "BASE_TABLE":
            yield Name(node["schema_name"].lower(), node["table_name"].lower())
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from _base_tables(part)


def _offer(lake: Lake, database: duckdb.DuckDBPyConnection, name: Name) -> None:
    if not PLAIN.fullmatch(name.table):  # a name is part of a path: one with a slash could leave the store
        return
    if name.schema in SCHEMAS:
        _register(database, name, lake.table(f"{name.schema}/{name.table}"))
    elif not name.schema:
        _offer_view(lake, database, name.table)


def _register(database: duckdb.DuckDBPyConnection, name: Name, table: Table) -> Schema | None:
    """Make a table known under its name and return its columns; what is not there is left to DuckDB to miss."""
    try:
        rows = table.scan()
    except NotInStore:
        return None
    database.register(table.name, rows)
    view = f"CREATE OR REPLACE VIEW {name.schema}.{quoted(name.table)} AS SELECT * FROM {quoted(table.name)}"  # noqa: S608
    database.execute(view).fetchall()
    return dict(rows.collect_schema())


def _offer_view(lake: Lake, database: duckdb.DuckDBPyConnection, view: str) -> None:
    for suffix in ("", DAILY, CHANGES):
        source = _source(lake, view.removesuffix(suffix)) if view.endswith(suffix) else None
        table = lake.table(f"silver/{view.removesuffix(suffix)}")
        schema = _register(database, Name("silver", source.name), table) if source else None
        if source and schema:
            select = _select(source, suffix, schema)
            database.execute(f"CREATE OR REPLACE VIEW {quoted(view)} AS {select}").fetchall()
            return


def _select(source: Source, suffix: str, schema: Schema) -> str:
    name = f"silver.{quoted(source.name)}"
    contract = source.contract
    if suffix == DAILY:
        return daily_view(name)
    if suffix == CHANGES:
        if not contract.key:
            raise QueryFailed(
                f"{source.name} has no key, so that no change can be told.", hint="Set `contract.key` in source.yaml."
            )
        return changes_view(name, contract.key, list(contract.fields), schema)
    return latest_view(name, contract.key, schema)


def _source(lake: Lake, name: str) -> Source | None:
    from lakehouse.source import load_source

    key = f"registry/{name}/source.yaml"
    try:
        return load_source(lake.objects.get(key).decode(), file=key)
    except NotInStore:
        return None


def _sentence(error: duckdb.Error) -> str:
    lines = str(error).split("\n\n", 1)[0].splitlines()
    said = lines[0].partition("Error: ")[2] or lines[0]
    candidates = [line for line in lines[1:] if line.startswith("Candidate")]
    return " ".join([said.rstrip(".!") + ".", *candidates])


def _what_there_is(lake: Lake, error: str) -> str:
    if not error.startswith("Catalog Error: Table"):
        return ""
    names = table_names(lake)
    wanted = error.partition("name ")[2].split(" ")[0].strip('"!')
    near = get_close_matches(wanted, names, n=1)
    there = "There are: " + ", ".join(names) + "." if names else "No source has been run yet."
    return f"Did you mean {near[0]}? {there}" if near else there
