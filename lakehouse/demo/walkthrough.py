"""What `make demo` shows: seven sources, three days, one accident and its repair."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.padding import Padding
from rich.progress import Progress, TextColumn, TimeElapsedColumn
from rich.syntax import Syntax
from rich.table import Table

from lakehouse import Lakehouse, Wish
from lakehouse.demo.site import CATALOGUE, DemoSite, SourceName
from lakehouse.errors import LakehouseError, NothingFound
from lakehouse.home import make_home
from lakehouse.lake import Lake
from lakehouse.launch import RunOutcome, reparse_days, run_day, run_fetcher
from lakehouse.registry import Registry
from lakehouse.settings import settings

HOME = Path(".lakehouse") / "demo"
VICTIM: SourceName = "opinions"
QUERIES = (
    "select docket, judge, filed, first_seen from opinions order by filed desc limit 4",
    "select field, old, new, from_day, to_day from opinions_changes order by to_day desc limit 4",
)
MISTAKE = ('order="MDY"', 'order="DMY"')

console = Console()


class DemoFailed(LakehouseError):
    """The demo did not show what it is there to show."""


def walk(home: Path = HOME) -> None:
    """Run the whole demo in a home folder of its own, which it empties first and leaves behind to be looked at."""
    _settle(home)
    house = Lakehouse.open()
    lake, registry = house.lake, house.registry
    today = datetime.now(UTC).date()
    days = [today - timedelta(days=n) for n in (2, 1, 0)]
    with DemoSite() as site:
        site.set_day(days[0])
        names = _add(site, house)
        _three_days(site, names, days)
        _show_tables(lake, names, days)
        before = _rows(lake, today)
        _break(registry, lake, today)
        _repair(registry, lake, today, before)
    _farewell(home)


def _settle(home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    os.environ["LAKEHOUSE_HOME"] = str(home)
    os.environ.pop("LAKEHOUSE_STORE", None)
    settings.cache_clear()
    make_home()


def _add(site: DemoSite, house: Lakehouse) -> list[SourceName]:
    _heading("1", f"A small city's web site is up at {site.url}; `lakehouse add` looks at seven of its addresses")
    wish = Wish(private_hosts=[site.url.removeprefix("http://")], delay=0)
    names: list[SourceName] = []
    for name, entry in CATALOGUE.items():
        try:
            release = house.add(site.start_url(name), name, wish)
        except NothingFound as error:
            console.print(f"   {name}: left out. {error.hint}", markup=False)
            continue
        _expect(run_fetcher(name))
        names.append(name)
        fields = ", ".join(house.registry.source(name).contract.fields)
        console.print(f"   [bold]{name}[/bold], {entry.form}: {release.proof['rows']} records of {fields}")
    console.print(f"   The fetcher that was written for {VICTIM}:\n")
    code = Syntax(house.registry.in_force(VICTIM).code, "python", background_color="default", word_wrap=True)
    console.print(Padding(code, (0, 0, 0, 6)))
    return names


def _three_days(site: DemoSite, names: list[SourceName], days: list[date]) -> None:
    _heading("2", "Three days are fetched and parsed, each as a Dagster run")
    columns = (TextColumn("   {task.completed}/{task.total} runs  {task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=len(days) * len(names))
        for day in days:
            site.set_day(day)
            for name in names:
                progress.update(task, description=f"{day} {name}")
                _expect(run_day(name, day.isoformat(), late=True))
                progress.advance(task)
        progress.update(task, description="all checks passed")


def _show_tables(lake: Lake, names: list[SourceName], days: list[date]) -> None:
    _heading("3", "What there is now")
    counts = [{"source": name} | {f"rows of {day}": _count(lake, name, day) for day in days} for name in names]
    _print(pl.DataFrame(counts))
    for query in QUERIES:
        _command(f'lakehouse sql "{query}"')
        _print(lake.sql(query))


def _count(lake: Lake, name: str, day: date) -> int:
    return lake.table(f"silver/{name}").row_count(day.isoformat())


def _break(registry: Registry, lake: Lake, today: date) -> None:
    _heading("4", f"Somebody releases a careless edit of the fetcher of {VICTIM}: {MISTAKE[0]} becomes {MISTAKE[1]}")
    code = registry.in_force(VICTIM).code.replace(*MISTAKE)
    release = registry.release(registry.stage(VICTIM, code, {}, {}, author="demo"), reason="a careless edit")
    outcome = reparse_days(VICTIM, [today.isoformat()])
    if "contract" not in outcome.failed_checks:
        raise DemoFailed(f"release {release.number} should have failed its checks, and did not.")
    for check, message in outcome.failed_checks.items():
        console.print(f"   [red]{check} failed:[/red] {message}")
    rejects = lake.table(f"silver/{VICTIM}__rejects").read([today.isoformat()])
    kept = _count(lake, VICTIM, today)
    console.print(f"   {kept} rows went through, {rejects.height} were rejected, with reasons and raw values kept:")
    _print(rejects.select(pl.col("reasons").list.join("; "), "raw").head(3))


def _repair(registry: Registry, lake: Lake, today: date, before: pl.DataFrame) -> None:
    _heading("5", "The good release is put back, and the kept pages are parsed again: no site is asked")
    registry.rollback(VICTIM, 1, "the demo's repair", author="demo")
    _expect(reparse_days(VICTIM, [today.isoformat()]))
    after = _rows(lake, today)
    if not after.equals(before):
        raise DemoFailed(f"{before.height} rows before the accident and {after.height} after it differ.")
    console.print(
        f"   [green]{after.height} of {before.height} rows are back, value by value: nothing was lost.[/green]"
    )


def _rows(lake: Lake, day: date) -> pl.DataFrame:
    return lake.table(f"silver/{VICTIM}").read([day.isoformat()]).sort("_capture", "_row")


def _farewell(home: Path) -> None:
    _heading("6", "Three commands to try next")
    for command in _next_commands():
        _command(f"LAKEHOUSE_HOME={home} .venv/bin/lakehouse {command}")


def _next_commands() -> Iterator[str]:
    yield "status"
    yield f'sql "{QUERIES[1]}"'
    yield "up        # then open http://127.0.0.1:3000"


def _expect(outcome: RunOutcome) -> None:
    if not outcome.good:
        raise DemoFailed("; ".join([*outcome.errors, *map(": ".join, outcome.failed_checks.items())]))


def _command(text: str) -> None:
    """Print a command on one line, however narrow the terminal, so that it can be copied."""
    console.print(f"   {text}", highlight=False, soft_wrap=True)


def _heading(number: str, text: str) -> None:
    console.print(f"\n[bold cyan]{number}[/bold cyan]  [bold]{text}[/bold]", highlight=False, soft_wrap=True)


def _print(frame: pl.DataFrame) -> None:
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 1))
    for name in frame.columns:
        table.add_column(name, overflow="ellipsis", no_wrap=True, max_width=38)
    for row in frame.iter_rows():
        table.add_row(*("" if value is None else str(value) for value in row))
    console.print(table, markup=False)
