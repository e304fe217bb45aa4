"""A process whose store fills up: `python -m tests.engine.poor_day STORE` says how a day's work then ends, as JSON."""

from __future__ import annotations

import json
import resource
import sys
from datetime import UTC, datetime

from lakehouse.engine import fetch_day, parse_day
from lakehouse.errors import LakehouseError
from lakehouse.lake import Lake
from lakehouse.registry import Registry

LIMIT = 30_000
"""Bytes of the largest file that can still be written."""


def main() -> None:
    """Try a whole day on the full store, first the pages, then the table."""
    lake = Lake.open(sys.argv[1])
    registry, today = Registry(lake), datetime.now(UTC).date().isoformat()
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT))
    said = []
    for work in (fetch_day, parse_day):
        try:
            work(lake, registry, "books", today)
            said.append(["nothing", ""])
        except LakehouseError as error:
            said.append([type(error).__name__, str(error)])
    print(json.dumps(said))


if __name__ == "__main__":
    main()
