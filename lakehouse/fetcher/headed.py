"""Rows of a table that are lists, keyed by the first of them."""

from __future__ import annotations

from typing import Any

from lakehouse.fetcher.csv_rows import keyed, unique_names
from lakehouse.fetcher.data import show
from lakehouse.fetcher.errors import PageError


def headed_rows(rows: list[Any], url: str) -> list[dict[str, Any]]:
    """Return the rows below the first, keyed by its cells; raises `PageError` where one of them is no list."""
    if not all(isinstance(row, list) for row in rows):
        raise PageError(url, "what stands there is no table of lists whose first one names the columns")
    header = unique_names([show(cell) for cell in rows[0]]) if rows else []
    return [keyed(header, row) for row in rows[1:]]
