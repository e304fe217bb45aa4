"""The books on a day on which their site was redesigned, and the day before."""

from __future__ import annotations

from lakehouse.agents.doctor.evidence import gather
from lakehouse.agents.doctor.incident import Incident
from lakehouse.engine import fetch_day, parse_day
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.books import stock
from tests.little_site import LittleSite

GOOD, BAD, WORSE = "2026-01-01", "2026-01-02", "2026-01-03"


def run(lake: Lake, registry: Registry, *days: str) -> None:
    """Fetch and parse days."""
    for day in days:
        fetch_day(lake, registry, "books", day)
        parse_day(lake, registry, "books", day)


def redesign(lake: Lake, registry: Registry, site: LittleSite, *days: str) -> None:
    """Give the site a good day, then titles that the fetcher does not find on `days`."""
    run(lake, registry, GOOD)
    stock(site, tag="strong")
    run(lake, registry, *(days or (BAD,)))


def broken(lake: Lake, registry: Registry, site: LittleSite) -> Incident:
    """Return the incident of a redesign, not yet opened."""
    redesign(lake, registry, site)
    return gather(lake, registry, "books", "checks", BAD)
