"""Days into a Delta table: one Parquet file a day, then one commit that makes them all visible or none.

The files are written by polars on every core, which Delta's own writer does on one. What that writer would check at
the commit is checked here by a word of Delta's protocol: each commit names the days that it writes as application
transactions, and of two commits that name the same day on the same version, Delta refuses the later one.
"""

from __future__ import annotations

import io
import json
import time
import uuid
from collections.abc import Sequence

import polars as pl
from deltalake import CommitProperties, DeltaTable, Transaction
from deltalake import Schema as DeltaSchema
from deltalake.exceptions import CommitFailedError
from deltalake.transaction import AddAction

from lakehouse.lake.frames import Schema
from lakehouse.lake.objects import Objects

DAY = "day"
COMPRESSION, LEVEL = "zstd", 3


def delta_schema(schema: Schema) -> DeltaSchema:
    """Return a polars schema in Delta's words."""
    return DeltaSchema.from_arrow(pl.DataFrame(schema=schema).to_arrow().schema)


def commit_days(
    table: DeltaTable, objects: Objects, name: str, rows: pl.DataFrame, days: Sequence[str], *, replace: bool
) -> None:
    """Add rows to the days, or put them in the place of all that the days hold; columns that are new are added.

    Raises `CommitFailedError` if somebody else wrote one of the days, or changed the columns, after `table` was read.
    """
    parts = rows.partition_by(DAY, as_dict=True, include_key=False, maintain_order=True)
    files = [_write_file(objects, name, str(day), part) for (day,), part in parts.items()]
    try:
        table.create_write_transaction(
            list(files),
            mode="overwrite" if replace else "append",
            schema=_widened(table, rows),
            partition_by=[DAY],
            partition_filters=[(DAY, "in", list(days))] if replace else None,
            commit_properties=CommitProperties(app_transactions=[_claim(day, table) for day in days]),
        )
    except CommitFailedError:
        for file in files:
            objects.delete(f"{name}/{file.path}")
        raise


def _claim(day: str, table: DeltaTable) -> Transaction:
    return Transaction(f"{DAY}={day}", table.version())


def _widened(table: DeltaTable, rows: pl.DataFrame) -> DeltaSchema:
    known = table.schema()
    names = {field.name for field in known.fields}
    added = {name: dtype for name, dtype in rows.schema.items() if name not in names}
    return DeltaSchema([*known.fields, *delta_schema(added).fields]) if added else known


def _write_file(objects: Objects, name: str, day: str, rows: pl.DataFrame) -> AddAction:
    path = f"{DAY}={day}/part-{uuid.uuid4()}.zstd.parquet"
    parquet = io.BytesIO()
    rows.write_parquet(parquet, compression=COMPRESSION, compression_level=LEVEL)
    objects.put(f"{name}/{path}", parquet.getvalue())
    stats = json.dumps({"numRecords": rows.height})
    return AddAction(path, parquet.tell(), {DAY: day}, int(time.time() * 1000), data_change=True, stats=stats)
