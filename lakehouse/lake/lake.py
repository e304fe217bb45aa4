"""One store, seen as objects, bodies and tables.

What tables and SQL need is loaded with the first table and the first question: looking up sources needs neither.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from lakehouse.lake.address import StoreAddress, parse_address
from lakehouse.lake.bodies import Bodies
from lakehouse.lake.objects import Objects
from lakehouse.lake.probe import require_conditional_writes
from lakehouse.settings import settings

if TYPE_CHECKING:
    import duckdb
    import polars as pl

    from lakehouse.lake.table import Table
    from lakehouse.telemetry import Recorder


class Lake:
    """A lakehouse's store: a local folder or an S3 prefix, by one code path; safe to share among threads."""

    def __init__(self, store: StoreAddress) -> None:
        self.store = store
        self.address = store.text
        self.objects = Objects(store)
        self.bodies = Bodies(self.objects)

    @classmethod
    def open(cls, address: str, options: dict[str, str] | None = None) -> Lake:
        """Open a store; `options` (such as `aws_endpoint_url`) win over the environment.

        Raises `StoreUnavailable`, or `StoreUnsafe` for an S3 server that ignores conditional writes.
        """
        lake = cls(parse_address(address, options))
        require_conditional_writes(lake.objects)
        return lake

    @cached_property
    def recorder(self) -> Recorder:
        """Return what writes an envelope for each run of an agent that works on this store."""
        from lakehouse.telemetry import Recorder

        return Recorder(self.objects, (self.store.folder or settings().home.absolute()) / "running")

    def table(self, name: str) -> Table:
        """Return a table, such as `silver/opinions`, whether it was written yet or not."""
        from lakehouse.lake.table import Table

        return Table(name, self.objects)

    def tables(self) -> list[str]:
        """Return every name that `sql` knows: tables by schema, and three views for each source that has rows."""
        from lakehouse.lake.query import table_names

        return table_names(self)

    def sql(self, query: str) -> pl.DataFrame:
        """Return the answer to one query that only reads; raises `QueryFailed`."""
        from lakehouse.lake.query import run_query

        return run_query(self, query)

    def attach(self, database: duckdb.DuckDBPyConnection) -> None:
        """Make all that `sql` knows known to another DuckDB, whose owner may join it with tables of their own."""
        from lakehouse.lake.query import attach

        attach(self, database)
