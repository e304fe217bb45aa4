"""DuckDB as a Dagster resource, with every table of the lake in reach."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import dagster as dg
from dagster_duckdb import DuckDBResource

from resources.store import Store

if TYPE_CHECKING:
    import duckdb


class LakeDuckDB(DuckDBResource):
    """An in-memory DuckDB whose connections see the lake's tables and the views of each source."""

    store: dg.ResourceDependency[Store]
    database: str = ":memory:"

    @contextmanager
    def get_connection(self) -> Iterator["duckdb.DuckDBPyConnection"]:
        """Return a connection in which `silver.<source>` and the others can be queried."""
        with super().get_connection() as connection:
            self.store.lake().attach(connection)
            yield connection
