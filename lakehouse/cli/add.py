"""`add`: an address becomes a source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lakehouse.cli.output import Json, complain, print_json, print_rows, say
from lakehouse.errors import LakehouseError, SettingsError
from lakehouse.settings import settings

if TYPE_CHECKING:
    from lakehouse import Lakehouse, Wish
    from lakehouse.agents.scout.survey import Survey
    from lakehouse.registry import Release

Fields = Annotated[str, typer.Option(help="Keep only these fields of the finding, separated by commas.")]


def add(
    urls: Annotated[list[str] | None, typer.Argument(help="Addresses.")] = None,
    file: Annotated[Path | None, typer.Option(help="A file with an address on each line.")] = None,
    name: Annotated[str, typer.Option(help="Name of the source; made from the address if not given.")] = "",
    example: Annotated[
        list[str] | None, typer.Option(help='A record as you see it on the page: \'{"title": "…", "price": "…"}\'.')
    ] = None,
    fields: Fields = "",
    cadence: Annotated[str, typer.Option(help="hourly, daily, weekly, monthly, or five fields of cron.")] = "daily",
    private: Annotated[
        list[str] | None, typer.Option(help="A host, or host:port, that may be asked although it is private.")
    ] = None,
    delay: Annotated[float, typer.Option(help="Seconds between two requests to the site.")] = 1.0,
    details: Annotated[
        bool, typer.Option("--details", help="Read the pages behind the rows of a listing, a record each.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what was found and whether it is feasible.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Look at an address, find out what data is there, write the fetcher, prove it, and register the source."""
    from lakehouse import Lakehouse, Wish

    addresses = [*(urls or []), *_listed(file)]
    if not addresses or (name and len(addresses) > 1):
        raise typer.BadParameter("give one address, or several without --name")
    examples = [_record(text) for text in example or []]
    kept = [field.strip() for field in fields.split(",") if field.strip()]
    wish = Wish(examples, kept, cadence, private or (), delay, details)
    house = Lakehouse.open()
    done = [_one(house, url, name, wish, dry_run=dry_run, quiet=as_json) for url in _progress(addresses)]
    if as_json:
        print_json(done if len(addresses) > 1 else done[0])
    if not dry_run and any("release" in each for each in done):
        _tell_the_ui()
    if any("error" in each for each in done):
        raise typer.Exit(1)


def _progress(addresses: list[str]) -> Any:
    if len(addresses) == 1:
        return addresses
    from rich.progress import track

    from lakehouse.cli.output import stderr

    return track(addresses, description="Adding", console=stderr)


def _one(house: Lakehouse, url: str, name: str, wish: Wish, *, dry_run: bool, quiet: bool) -> dict[str, Any]:
    """Add one address, and return what came of it; an error is told and does not stop the others."""
    try:
        found = house.look(url, wish)
        if not quiet:
            _show(found)
        release = None if dry_run else house.add(url, name, wish, found=found)
    except LakehouseError as error:
        complain(str(error))
        return {"url": url, "error": str(error)}
    if release and not quiet:
        _welcome(release)
    return _summary(url, found) | ({"source": release.source, "release": release.number} if release else {})


def _show(found: Survey) -> None:
    """Print the finding as a table of its fields, and the feasibility report."""
    records = found.records
    rows = [
        {"field": field.name, "read as": field.reader, "filled": sum(bool(record[field.name]) for record in records),
         "first value": records[0][field.name] if records else ""}
        for field in found.best.of_records.fields
    ]  # fmt: skip
    print_rows(rows, title=f"{found.page.url}: {len(records)} records, {found.best.kind}")
    say("\n".join(f"  {line}" for line in report_lines(found)))


def report_lines(found: Survey) -> list[str]:
    """Return the feasibility report as lines of words."""
    report = found.report
    robots = "allowed" if report.robots.allowed else f"forbidden: {report.robots.message}"
    pause = f", {report.robots.delay:g} s between requests" if report.robots.delay else ""
    lines = [
        f"robots.txt    {robots}{pause}",
        f"pages         {report.pagination}; about {report.requests_a_day:g} request(s) a day",
        f"JavaScript    {'needed: the page is rendered in a browser' if found.rendered else 'not needed'}",
        f"terms         {report.terms or 'no link to terms was seen'}",
    ]
    lines += [f"licence       {licence}" for licence in report.licences]
    lines += [f"seen          a {barrier}" for barrier in report.barriers]
    return lines + [f"note          {note.message}" for note in report.notes]


def _welcome(release: Release) -> None:
    say(f"Added {release.source}: release {release.number} gave {release.proof['rows']} records in its trial.")
    say(f"Fetch its first day: lakehouse run {release.source}")


def _summary(url: str, found: Survey) -> dict[str, Any]:
    return {
        "url": url,
        "finding": found.best.model_dump(mode="json"),
        "feasibility": report_lines(found),
        "rendered": found.rendered,
    }


def _tell_the_ui() -> None:
    from lakehouse.reload import reload_ui

    if reload_ui(settings().ui):
        say(f"The Dagster UI at {settings().ui} shows it now.")


def _listed(file: Path | None) -> list[str]:
    if not file:
        return []
    try:
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} cannot be read: {error}.") from error
    return [line for line in lines if line and not line.startswith("#")]


def _record(text: str) -> dict[str, str]:
    try:
        record = json.loads(text)
    except ValueError as error:
        raise typer.BadParameter(f"the example is no JSON: {error}") from error
    if not isinstance(record, dict) or not all(isinstance(value, str) for value in record.values()):
        raise typer.BadParameter('an example is an object of texts, such as \'{"title": "…"}\'')
    return record


COMMANDS = [add]
