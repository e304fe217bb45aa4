"""`list`, `status`, `check`, `sql`: what there is and how it is doing."""

from __future__ import annotations

from typing import Annotated

import typer

from lakehouse.agents.doctor.states import UNWELL
from lakehouse.agents.doctor.status import SourceStatus, source_status
from lakehouse.cli.ingest import Day
from lakehouse.cli.output import Json, print_heading, print_json, print_rows, say
from lakehouse.cli.rooms import open_lake, open_registry
from lakehouse.engine.fixture import check_fixture
from lakehouse.engine.silver import derive_day
from lakehouse.errors import NothingToParse


def list_(as_json: Json = False) -> None:
    """List the sources."""
    lake, registry = open_lake(), open_registry()
    found = [source_status(lake, registry, name, last=1) for name in registry.sources()]
    if as_json:
        print_json(found)
        return
    rows = [
        {"source": each.name, "state": each.state, "release": each.release, "cadence": each.cadence,
         "last day": each.days[0].day if each.days else "", "rows": each.days[0].rows if each.days else 0}
        for each in found
    ]  # fmt: skip
    print_rows(rows, empty="There are no sources yet. Register one: lakehouse register source.yaml fetcher.py")


list_.__name__ = "list"


def status(
    source: Annotated[str | None, typer.Argument(help="One source; all if none is given.")] = None,
    as_json: Json = False,
) -> None:
    """Show the state of the sources and their last days; exits with 1 where one is not active."""
    lake, registry = open_lake(), open_registry()
    if source:
        registry.source(source)
    names = [source] if source else registry.sources()
    found = [source_status(lake, registry, name) for name in names]
    if as_json:
        print_json(found)
    else:
        for each in found:
            _show(each)
        if not found:
            say("There are no sources yet. Register one: lakehouse register source.yaml fetcher.py")
    if any(each.state in UNWELL for each in found):
        raise typer.Exit(1)


def _show(found: SourceStatus) -> None:
    since = f" since {found.since:%Y-%m-%d %H:%M} UTC" if found.since and found.state != "active" else ""
    told = not found.command or found.command in found.problem
    print_heading(f"{found.name}: {found.state}{since}", found.problem, "" if told else f"next: {found.command}")
    for warning in found.warnings:
        say(f"soon, since {warning.since}: {warning.message}")
    for day in found.days:
        if day.lost and day.lost not in found.problem:
            say(f"{day.day}, its last fetch failed: {day.lost}")
    rows = [
        {"day": day.day, "pages": day.pages, "rows": day.rows, "rejects": day.rejects, "release": day.release,
         "failed checks": ", ".join(day.failed)}
        for day in found.days
    ]  # fmt: skip
    if rows:
        print_rows(rows)


def check(
    source: str,
    day: Day = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Parse the pages of the release's own trial instead of a day.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Parse the kept pages of a day again and judge them, without writing anything; exits with 1 on a failed check."""
    lake, registry = open_lake(), open_registry()
    registry.source(source)
    if offline:
        _check_fixture(source, as_json=as_json)
        return
    report = derive_day(lake, registry, source, day.date().isoformat() if day else _newest(source)).report()
    if as_json:
        print_json(report)
    else:
        rows = [
            {"check": each.name, "passed": "yes" if each.passed else each.severity, "expected": each.expected,
             "actual": each.actual, "run next": "" if each.passed else each.command}
            for each in report.checks
        ]  # fmt: skip
        print_rows(rows, title=f"{source}, {report.day}: {report.rows} rows, {report.rejects} rejects")
    if not report.passed:
        raise typer.Exit(1)


def _check_fixture(source: str, *, as_json: bool) -> None:
    results = check_fixture(open_lake(), open_registry(), source)
    if as_json:
        print_json(results)
    else:
        rows = [
            {"page": each.url, "records then": each.expected, "now": each.records, "same": each.same}
            for each in results
        ]
        print_rows(rows, empty=f"The release of {source} was made by hand: no pages were kept with it.")
    if not all(each.same for each in results):
        raise typer.Exit(1)


def _newest(source: str) -> str:
    table = open_lake().table(f"bronze/{source}")
    days = table.days() if table.exists() else []
    if not days:
        raise NothingToParse(source, "any day")
    return max(days)


def sql(query: str, as_json: Json = False) -> None:
    """Ask the tables in SQL: bronze.SRC, silver.SRC, and the views SRC, SRC_daily, SRC_changes."""
    frame = open_lake().sql(query)
    if as_json:
        print_json(frame.to_dicts())
    else:
        print_rows(frame.to_dicts(), empty="No rows.")


COMMANDS = [list_, status, check, sql]
