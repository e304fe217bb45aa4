"""The process that is killed: `victim.py STORE DAY` fetches and parses a day, and says how far it is."""

from __future__ import annotations

import sys

from benchmarks.killing.shop import NAME, PAGES
from lakehouse.engine import fetch_day
from lakehouse.engine.silver import derive_day
from lakehouse.lake import Lake
from lakehouse.logs import configure_logs
from lakehouse.registry import Registry

STAGES = ("ready", "committing", "parsing", "writing", "done")
"""Said when imports are over, the last page is there, bronze is committed, the rows are derived, silver is written."""


def say(stage: str) -> None:
    """Tell the parent that a stage begins."""
    print(stage, flush=True)


def work(lake: Lake, registry: Registry, day: str) -> None:
    """Do what `fetch_day` and `parse_day` do, the latter in its two halves."""
    visits = iter(range(1, 1 << 30))
    fetch_day(lake, registry, NAME, day, progress=lambda _: say("committing") if next(visits) == PAGES else None)
    say("parsing")
    derived = derive_day(lake, registry, NAME, day)
    say("writing")
    derived.write(lake)


def main() -> None:
    """Run to the end, if nobody comes between."""
    store, day = sys.argv[1:]
    configure_logs()
    lake = Lake.open(store)
    registry = Registry(lake)
    say("ready")
    work(lake, registry, day)
    say("done")


if __name__ == "__main__":
    main()
