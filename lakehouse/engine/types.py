"""A field that got another type: its table is written anew as a whole, or left as it is."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from lakehouse.contract import polars_schema
from lakehouse.errors import SchemaConflict
from lakehouse.lake import Lake
from lakehouse.source import Source


def changed_fields(lake: Lake, source: Source) -> list[str]:
    """Return the fields whose column in the silver table has another type than the contract gives them."""
    table = lake.table(f"silver/{source.name}")
    there = table.schema() if table.exists() else {}
    return [name for name, wanted in polars_schema(source.contract).items() if there.get(name, wanted) != wanted]


def require_types(lake: Lake, source: Source, days: Mapping[str, object]) -> None:
    """Raise `SchemaConflict` if a field changed its type and the table has more days than these."""
    changed, table = changed_fields(lake, source), lake.table(f"silver/{source.name}")
    if not changed or set(table.days()) <= set(days):
        return
    name = changed[0]
    raise SchemaConflict(
        f"`{name}` is {source.contract.fields[name].type} in the contract and {table.schema()[name]} in the table.",
        address=table.address,
        column=name,
        hint=f"`lakehouse run {source.name} --reparse` parses every kept day again, with the new types.",
    )


def write_rows(lake: Lake, source: Source, rows: Mapping[str, pl.DataFrame]) -> None:
    """Replace the days of the silver table; in one commit where a field changed its type, for then it is all or none.

    Raises `SchemaConflict` as `require_types` does.
    """
    require_types(lake, source, rows)
    table = lake.table(f"silver/{source.name}")
    if changed_fields(lake, source):
        table.replace_all(rows)
        return
    for day, frame in rows.items():
        table.replace_day(day, frame)
