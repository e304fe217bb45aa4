"""One Delta table, partitioned by day, that is only ever changed by whole commits."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import polars as pl
from deltalake import DeltaTable, WriterProperties, write_deltalake
from deltalake.exceptions import CommitFailedError

from lakehouse.errors import NotInStore, SchemaConflict, StoreUnavailable
from lakehouse.lake.commits import DAY, LEVEL, commit_days, delta_schema
from lakehouse.lake.frames import Schema, fit, stacked, storable
from lakehouse.lake.merging import merged
from lakehouse.lake.objects import Objects
from lakehouse.lake.table_faults import table_errors

T = TypeVar("T")

ZSTD = WriterProperties(compression="ZSTD", compression_level=LEVEL)
ATTEMPTS = 30
"""Writers of one table that meet take turns by trying again; thirty tries outlast any queue of one machine."""


class Table:
    """A table of a store; `day` is its partition column, text of the form `YYYY-MM-DD`.

    Text, because it sorts and compares like the date it is, and is the same word in partitions, predicates, SQL and
    Dagster. Rows of a day come back in no promised order.
    """

    def __init__(self, name: str, objects: Objects) -> None:
        self.name = name
        self.address = objects.address.of(name)
        self._objects = objects
        self._options = objects.address.table_options

    def exists(self) -> bool:
        """Tell whether the table was ever written."""
        try:
            self._open()
        except NotInStore:
            return False
        return True

    def schema(self) -> Schema:
        """Return the columns and their types; raises `NotInStore`."""
        return dict(self.scan().collect_schema())

    def days(self) -> list[str]:
        """Return the days that have rows, sorted; none where there is no table."""
        if not self.exists():
            return []
        return sorted({str(partition[DAY]) for partition in self._open().partitions()})

    def version(self) -> int:
        """Return the number of the last commit; raises `NotInStore`."""
        return self._open().version()

    def row_count(self, day: str) -> int:
        """Return how many rows a day has, read from the log alone."""
        if not self.exists():
            return 0
        files = pl.DataFrame(self._open().get_add_actions(flatten=True))
        return int(files.filter(pl.col(f"partition.{DAY}") == day)["num_records"].sum()) if files.height else 0

    def scan(self, days: Sequence[str] | None = None) -> pl.LazyFrame:
        """Return the rows lazily; only the files of `days` are opened. Raises `NotInStore`."""
        with table_errors(self.address):
            rows = self._rows(self._open())
        return rows if days is None else rows.filter(pl.col(DAY).is_in(list(days)))

    def read(self, days: Sequence[str] | None = None, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """Return the rows; raises `NotInStore`."""
        rows = self.scan(days)
        with table_errors(self.address):
            return (rows if columns is None else rows.select(columns)).collect()

    def append(self, frame: pl.DataFrame) -> None:
        """Add rows in one commit; the frame has a `day` column."""
        rows = self._prepared(frame)
        if rows.height:
            self._change(rows, lambda table: self._write(table, self._fitted(rows, table), _days(rows), replace=False))

    def replace_day(self, day: str, frame: pl.DataFrame) -> None:
        """Make `frame` the whole of a day in one commit; no other day's file is touched."""
        rows = self._prepared(frame if DAY in frame.columns and frame.height else _on_day(frame, day))
        self._require_days(pl.Series([day]))
        if not rows[DAY].eq_missing(day).all():
            raise SchemaConflict(f"the frame has rows of other days than {day}.", address=self.address, column=DAY)
        self._change(rows, lambda table: self._write(table, self._fitted(rows, table), [day], replace=True))

    def merge(self, frame: pl.DataFrame, key: Sequence[str]) -> None:
        """Put each row in the place of the row of its day and key, or beside the others; the last of equal keys wins.

        The day is part of the identity, so that the cost grows with the days of `frame` and not with history. A
        replay changes nothing and makes no version.
        """
        rows = self._prepared(frame)
        if rows.height:
            self._change(rows, lambda table: self._merge(table, self._fitted(rows, table), [DAY, *key]))

    def replace_all(self, frames: Mapping[str, pl.DataFrame]) -> None:
        """Make `frames`, by day, the whole table in one commit, with their types: the way to change a column's type."""
        if not frames:
            raise SchemaConflict("there is no frame to take the types from.", address=self.address)
        whole = stacked([self._prepared(_on_day(frame, day)) for day, frame in frames.items()], self.address)
        options: dict[str, Any] = {"mode": "overwrite", "schema_mode": "overwrite", "writer_properties": ZSTD}
        self._change(whole, lambda table: write_deltalake(table, whole, **options))

    def restore(self, version: int) -> None:
        """Make an older version the newest; data and schema."""
        self._retry(lambda: self._open().restore(version))

    def compact(self) -> None:
        """Write the small files of each day as one."""
        self._retry(lambda: self._open().optimize.compact(writer_properties=ZSTD))

    def vacuum(self, *, full: bool = False) -> list[str]:
        """Remove files that no version of the last week needs and return them; `full` also those of killed writers."""
        return self._retry(lambda: self._open().vacuum(dry_run=False, full=full))

    def _open(self) -> DeltaTable:
        with table_errors(self.address):
            return DeltaTable(self.address, storage_options=self._options)

    def _open_or_create(self, rows: pl.DataFrame) -> DeltaTable:
        try:
            return self._open()
        except NotInStore:
            schema = delta_schema(dict(rows.schema))
            return DeltaTable.create(
                self.address, schema, mode="ignore", partition_by=DAY, storage_options=self._options
            )

    def _rows(self, table: DeltaTable) -> pl.LazyFrame:
        return pl.scan_delta(self.address, version=table.version(), storage_options=self._objects.address.scan_options)

    def _prepared(self, frame: pl.DataFrame) -> pl.DataFrame:
        if DAY not in frame.columns:
            raise SchemaConflict("the frame has no column `day`.", address=self.address, column=DAY)
        dated = frame.with_columns(pl.col(DAY).cast(pl.String))
        self._require_days(dated[DAY])
        return storable(dated, self.address)

    def _require_days(self, days: pl.Series) -> None:
        if not days.str.contains(r"^\d{4}-\d\d-\d\d$").fill_null(value=False).all():
            raise SchemaConflict("`day` is not of the form YYYY-MM-DD.", address=self.address, column=DAY)

    def _fitted(self, rows: pl.DataFrame, table: DeltaTable) -> pl.DataFrame:
        return fit(rows, dict(self._rows(table).collect_schema()), self.address)

    def _merge(self, table: DeltaTable, rows: pl.DataFrame, key: list[str]) -> None:
        days = _days(rows)
        old = self._rows(table).filter(pl.col(DAY).is_in(days)).collect()
        new = merged(old, rows, key)
        if new is not None:
            self._write(table, new, days, replace=True)

    def _write(self, table: DeltaTable, rows: pl.DataFrame, days: Sequence[str], *, replace: bool) -> None:
        commit_days(table, self._objects, self.name, rows, days, replace=replace)

    def _change(self, rows: pl.DataFrame, change: Callable[[DeltaTable], None]) -> None:
        self._retry(lambda: change(self._open_or_create(rows)))

    def _retry(self, commit: Callable[[], T]) -> T:
        # Each try opens the table anew: a plan made on an older version is what the conflict refused.
        for attempt in range(ATTEMPTS):
            try:
                with table_errors(self.address):
                    return commit()
            except CommitFailedError:
                time.sleep(random.uniform(0, min(2, 0.05 * 2**attempt)))  # noqa: S311
        raise StoreUnavailable(
            f"other writers were first {ATTEMPTS} times.", address=self.address, hint="Run it again."
        )


def _on_day(frame: pl.DataFrame, day: str) -> pl.DataFrame:
    named = pl.Series(DAY, [day], dtype=pl.String).new_from_index(0, frame.height)
    return frame.drop(DAY, strict=False).insert_column(0, named)


def _days(rows: pl.DataFrame) -> list[str]:
    return sorted(rows[DAY].unique())
