"""DuckDB as a Dagster resource, with every table of the lake in reach."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import dagster as dg

from resources.store import Store

if TYPE_CHECKING:
    import duckdb


class LakeDuckDB(dg.ConfigurableResource):
    """An in-memory DuckDB whose connections see the lake's tables and the views of each source."""

    store: dg.ResourceDependency[Store]
    database: str = ":memory:"
    connection_config: dict[str, Any] = {}  # noqa: RUF012 (a field of the resource: pydantic copies it)

    @contextmanager
    def get_connection(self) -> Iterator["duckdb.DuckDBPyConnection"]:
        """Return a connection in which `silver.<source>` and the others can be queried."""
        from dagster_duckdb import DuckDBResource

        plain = DuckDBResource(database=self.database, connection_config=self.connection_config)
        with plain.get_connection() as connection:
            self.store.lake().attach(connection)
            yield connection
