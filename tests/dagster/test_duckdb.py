"""Assets of a person's own ask DuckDB, and find every table of the lake there."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import dagster as dg

from lakehouse.engine import fetch_day, parse_day
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from resources.duckdb import LakeDuckDB
from resources.store import Store

TODAY = datetime.now(UTC).date().isoformat()


def test_tables_and_views_of_the_lake_can_be_joined_with_ones_own(lake: Lake, registry: Registry) -> None:
    fetch_day(lake, registry, "books", TODAY)
    parse_day(lake, registry, "books", TODAY)
    with (
        dg.build_resources({"duckdb": LakeDuckDB(store=Store(address=lake.address))}) as resources,
        resources.duckdb.get_connection() as connection,
    ):
        connection.execute("create table wanted as select 'Book 3' as title")
        found = connection.sql(
            "select books.price, pages.status from wanted join books using (title)"
            " join silver.books as raw using (title) join bronze.books as pages on pages.capture_id = raw._capture"
        ).fetchall()
    assert found == [(Decimal("3.5000000000"), 200)]
