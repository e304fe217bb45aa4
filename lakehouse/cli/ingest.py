"""`run`: fetch and parse days of sources, as Dagster runs that show in the UI."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Annotated

import typer

from lakehouse.agents.doctor.status import SourceStatus, source_status
from lakehouse.cli.heal_after import settle, told
from lakehouse.cli.output import Json, complain, print_json, print_rows, say
from lakehouse.cli.rooms import open_lake, open_registry
from lakehouse.engine.status import failing_days
from lakehouse.errors import LakehouseError, NothingToParse

Done = tuple[list[str], bool]
"""The days that were worked on, and whether all went well."""

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day, today if not given.")]


def run(
    sources: Annotated[list[str] | None, typer.Argument(help="Sources to run; all if none is given.")] = None,
    day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day, or the last of several; today's if not given."),
    ] = None,
    since: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day of several.")
    ] = None,
    late: Annotated[bool, typer.Option("--late", help="Fetch today's pages under a past day that has none.")] = False,
    reparse: Annotated[
        bool, typer.Option("--reparse", help="Parse kept pages again, of every kept day if none is given; ask no site.")
    ] = False,
    failed: Annotated[
        bool, typer.Option("--failed", help="With --reparse: only kept days that are not good, or were never parsed.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Fetch and parse the day of each source, and check what came."""
    if late and reparse:
        raise typer.BadParameter("--late fetches and --reparse does not; give one of them")
    if failed and not reparse:
        raise typer.BadParameter("--failed says which kept days to parse again; give it with --reparse")
    first, last = _bounds(day, since, reparse=reparse)
    registry = open_registry()
    for name in sources or ():
        registry.source(name)
    again, fetch = partial(_reparse, failed=failed), partial(_fetch, late=late)
    work = partial(again if reparse else fetch, first=first, last=last)
    done = {name: _each(work, name) for name in sources or registry.sources()}
    statuses = [source_status(open_lake(), registry, name, among=days) for name, (days, _) in done.items()]
    _show(statuses, as_json=as_json)
    if not all(good for _, good in done.values()):
        raise typer.Exit(1)


def _bounds(day: datetime | None, since: datetime | None, *, reparse: bool) -> tuple[date, date]:
    """Return the first and the last day that are meant; to parse again means all until now, where none is given."""
    last = (day or datetime.now(UTC)).date()
    first = since.date() if since else date.min if reparse and not day else last
    if first > last:
        raise typer.BadParameter(f"the first day {first} comes after the last, {last}")
    return first, last


def _each(work: Callable[[str], Done], name: str) -> Done:
    """Do the work on one source; one that is broken costs itself and is told."""
    try:
        open_registry().source(name)
        done = work(name)
        settle(name)
        return done
    except LakehouseError as error:
        complain(str(error))
        return [], False


def _days(first: date, last: date) -> Iterator[str]:
    for n in range((last - first).days + 1):
        yield (first + timedelta(days=n)).isoformat()


def _fetch(name: str, first: date, last: date, *, late: bool) -> Done:
    from lakehouse.launch import run_day

    days, good = list(_days(first, last)), True
    for day in days:
        say(f"{name}, {day}: fetching and parsing …")
        good &= told(name, run_day(name, day, late=late))
    return days, good


def _reparse(name: str, first: date, last: date, *, failed: bool) -> Done:
    from lakehouse.launch import reparse_days

    lake = open_lake()
    kept = [day for day in lake.table(f"bronze/{name}").days() if first.isoformat() <= day <= last.isoformat()]
    if not kept:
        raise NothingToParse(name, last.isoformat())
    days = [day for day in kept if day in failing_days(lake, name)] if failed else kept
    if not days:
        say(f"{name}: no kept day fails, nothing was parsed again.")
        return [], True
    say(f"{name}: parsing {len(days)} kept day{'s' if len(days) > 1 else ''} …")
    return days, told(name, reparse_days(name, days))


def _show(statuses: list[SourceStatus], *, as_json: bool) -> None:
    if as_json:
        print_json(statuses)
        return
    rows = [
        {"source": status.name, "day": each.day, "pages": each.pages, "rows": each.rows, "rejects": each.rejects,
         "failed checks": ", ".join(each.failed)}
        for status in statuses for each in status.days
    ]  # fmt: skip
    print_rows(rows, empty="No day was kept.")


COMMANDS = [run]
