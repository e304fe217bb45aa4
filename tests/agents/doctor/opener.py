"""A process that sees a source fail and opens the incident: it says `ready`, waits for a line, and prints the id."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from lakehouse.agents.doctor.incident import Incident
from lakehouse.agents.doctor.incidents import Incidents
from lakehouse.lake import Lake
from lakehouse.registry import Registry


def main(store: str) -> None:
    """Open the same failure as everybody else."""
    lake = Lake.open(store)
    print("ready", flush=True)
    sys.stdin.readline()
    failure = Incident(source="books", opened_at=datetime.now(UTC), trigger="checks", days=("2026-01-02",), release=1)
    print(Incidents(lake, Registry(lake), "books").open(failure).id, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
