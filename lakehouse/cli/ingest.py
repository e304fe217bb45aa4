"""`run`: fetch and parse days of sources, as Dagster runs that show in the UI."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Annotated

import typer

from lakehouse.cli.output import Json, complain, print_json, print_rows
from lakehouse.cli.rooms import open_lake, open_registry
from lakehouse.engine.status import source_status

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day, today if not given.")]


def run(
    sources: Annotated[list[str] | None, typer.Argument(help="Sources to run; all if none is given.")] = None,
    day: Day = None,
    since: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day of several.")
    ] = None,
    late: Annotated[bool, typer.Option("--late", help="Fetch today's pages under a past day that has none.")] = False,
    reparse: Annotated[bool, typer.Option("--reparse", help="Parse kept pages again; ask no site.")] = False,
    as_json: Json = False,
) -> None:
    """Fetch and parse the day of each source, and check what came."""
    registry = open_registry()
    names = sources or registry.sources()
    for name in names:
        registry.source(name)
    last = (day or datetime.now(UTC)).date()
    days = _days(since.date() if since else last, last)
    failed = [name for name in names if not _run_one(name, days, late=late, reparse=reparse)]
    statuses = [source_status(open_lake(), registry, name, last=len(days)) for name in names]
    if as_json:
        print_json(statuses)
    else:
        rows = [
            {"source": status.name, "day": each.day, "pages": each.pages, "rows": each.rows, "rejects": each.rejects,
             "failed checks": ", ".join(each.failed)}
            for status in statuses for each in status.days if each.day in days
        ]  # fmt: skip
        print_rows(rows, empty="No day was fetched.")
    if failed:
        raise typer.Exit(1)


def _days(first: date, last: date) -> list[str]:
    if first > last:
        raise typer.BadParameter(f"the first day {first} comes after the last, {last}")
    return [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]


def _run_one(name: str, days: list[str], *, late: bool, reparse: bool) -> bool:
    """Run all days, tell the reasons of failures, and return whether there was none."""
    from lakehouse.launch import run_day

    outcomes = {day: run_day(name, day, late=late, reparse=reparse) for day in days}
    for day, outcome in outcomes.items():
        for error in outcome.errors:
            complain(error)
        for check, message in outcome.failed_checks.items():
            complain(f"{name}, {day}: {check}: {message}")
    return all(outcome.good for outcome in outcomes.values())


COMMANDS = [run]
