"""What today's tables should hold: today's records as the fetchers read them before the site was redesigned."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable
from datetime import date

from lakehouse.engine import fetch_day, parse_day
from lakehouse.lake import Lake
from lakehouse.registry import Registry

Rows = Counter[str]
"""Rows by all their values, written out, and how often each is there."""


def true_rows(registry: Registry, names: Iterable[str], day: date) -> dict[str, Rows]:
    """Return the true rows of a day of each source, fetched into a lake that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="lakehouse-demo-") as folder:
        lake = Lake.open(folder)
        return {name: _read(registry, name, lake, day) for name in names}


def _read(registry: Registry, name: str, lake: Lake, day: date) -> Rows:
    scratch = Registry(lake)
    scratch.register(registry.source_text(name), author="demo")
    scratch.release(scratch.stage(name, registry.in_force(name).code, {}, {}, author="demo"), reason="truth")
    fetch_day(lake, scratch, name, day.isoformat())
    parse_day(lake, scratch, name, day.isoformat())
    return rows_of(lake, scratch, name, day)


def rows_of(lake: Lake, registry: Registry, name: str, day: date) -> Rows:
    """Return the rows that a table holds for a day; none where there is no table."""
    table = lake.table(f"silver/{name}")
    if not table.exists():
        return Counter()
    fields = list(registry.source(name).contract.fields)
    return Counter(map(repr, table.read([day.isoformat()], fields).select(fields).iter_rows()))
