"""The good days: seven addresses become sources, and three days of each become tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl
from rich.progress import Progress, TextColumn, TimeElapsedColumn

from lakehouse import Lakehouse, Wish
from lakehouse.demo import told
from lakehouse.demo.failed import expect
from lakehouse.demo.site import CATALOGUE, DemoSite, SourceName
from lakehouse.errors import NothingFound
from lakehouse.lake import Lake
from lakehouse.launch import run_day, run_fetcher

SHOWN: SourceName = "opinions"
QUERIES = (
    "select docket, judge, filed, first_seen from opinions order by filed desc limit 4",
    "select field, old, new, from_day, to_day from opinions_changes order by to_day desc limit 4",
)


def add_sources(site: DemoSite, house: Lakehouse) -> list[SourceName]:
    """Add what can be added, and return it: a page that scripts fill needs a Chromium."""
    wish = Wish(private_hosts=[site.url.removeprefix("http://")], delay=0)
    names: list[SourceName] = []
    for name, entry in CATALOGUE.items():
        try:
            release = house.add(site.start_url(name), name, wish)
        except NothingFound as error:
            told.say(f"{name}: left out. {error.hint}")
            continue
        expect(run_fetcher(name))
        names.append(name)
        fields = ", ".join(house.registry.source(name).contract.fields)
        told.say(f"{name}, {entry.form}: {release.proof['rows']} records of {fields}")
    told.say(f"The fetcher that was written for {SHOWN}:\n")
    told.code(house.registry.in_force(SHOWN).code)
    return names


def fetch_days(site: DemoSite, names: Sequence[SourceName], days: Sequence[date]) -> None:
    """Let the days pass on the site, and fetch and parse each as a run of Dagster."""
    columns = (TextColumn("   {task.completed}/{task.total} runs  {task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=told.console) as progress:
        task = progress.add_task("", total=len(days) * len(names))
        for day in days:
            site.set_day(day)
            for name in names:
                progress.update(task, description=f"{day} {name}")
                expect(run_day(name, day.isoformat(), late=True))
                progress.advance(task)
        progress.update(task, description="all checks passed")


def show_tables(lake: Lake, names: Sequence[SourceName], days: Sequence[date]) -> None:
    """Show how many rows there are, and what can be asked of them."""
    tables = {name: lake.table(f"silver/{name}") for name in names}
    counts = [
        {"source": name} | {f"rows of {day}": table.row_count(day.isoformat()) for day in days}
        for name, table in tables.items()
    ]
    told.rows(pl.DataFrame(counts))
    for query in QUERIES:
        told.command(f'lakehouse sql "{query}"')
        told.rows(lake.sql(query))
