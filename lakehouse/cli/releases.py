"""`register`, `release`, `diff`, `rollback`: the code of a source in a person's hands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lakehouse.agents.doctor.rollback import days_of_others, fingerprints, row_changes
from lakehouse.cli.heal_after import counted, parse_again, settle
from lakehouse.cli.output import Json, print_json, say
from lakehouse.cli.person import person
from lakehouse.cli.rooms import open_lake, open_registry
from lakehouse.engine.status import failing_days
from lakehouse.errors import RegistryError, SettingsError
from lakehouse.sandbox import check_module
from lakehouse.source import Source, load_source

if TYPE_CHECKING:
    from lakehouse.lake import Lake


def register(
    source: Annotated[Path, typer.Argument(help="The source.yaml.")],
    fetcher: Annotated[Path | None, typer.Argument(help="The fetcher's Python file.")] = None,
) -> None:
    """Register a source, or change it, and release its fetcher."""
    text = _read(source)
    name = load_source(text, str(source)).name
    if fetcher:
        # Before anything is changed: a refused fetcher leaves the source as it was.
        check_module(_read(fetcher), str(fetcher))
    registry = open_registry()
    registry.register(text, file=str(source))
    say(f"Registered {name}.")
    if fetcher:
        release(name, fetcher, reason="registered")


def release(
    source: str,
    fetcher: Annotated[Path, typer.Argument(help="The fetcher's Python file.")],
    reason: Annotated[str, typer.Option(help="Why, for the audit log.")] = "edited by hand",
) -> None:
    """Release a fetcher that was written or edited by hand."""
    registry = open_registry()
    staged = registry.stage(source, _read(fetcher), {}, {}, author=person())
    made = registry.release(staged, reason=reason)
    say(f"{source}: release {made.number} is in force. {_what_next(source)}")


def _what_next(source: str) -> str:
    """Return what to do with a new release: days that are good stay as they are, unless a person wants otherwise."""
    lake = open_lake()
    if not lake.table(f"bronze/{source}").days():
        return f"Fetch with it: lakehouse run {source}"
    if failing := failing_days(lake, source):
        return f"Parse {counted(len(failing), 'failing day')} with it: lakehouse run {source} --reparse --failed"
    return "No kept day fails; it reads the days to come."


def diff(
    source: str,
    old: Annotated[int | None, typer.Argument(help="A release; the one before if not given.")] = None,
    new: Annotated[int | None, typer.Argument(help="A release; the one in force if not given.")] = None,
    as_json: Json = False,
) -> None:
    """Show what changed between two releases of a source's fetcher."""
    registry = open_registry()
    current = registry.in_force(source)
    after = new or current.number
    before = old or registry.read(source, after).parent
    if not before:
        raise RegistryError(f"{source}: release {after} is the first; there is nothing to compare it with.")
    text = registry.diff(source, before, after)
    if as_json:
        print_json({"source": source, "old": before, "new": after, "diff": text})
    else:
        typer.echo(text or f"Releases {before} and {after} have the same code.")


def rollback(
    source: str,
    to: Annotated[int, typer.Option(help="The release to put back in force.")],
    reason: Annotated[str, typer.Option(help="Why, for the audit log.")] = "rolled back by hand",
    code_only: Annotated[bool, typer.Option("--code-only", help="Leave the tables as they are.")] = False,
) -> None:
    """Put another release back in force, and parse the days that others parsed since with it; asks no site."""
    lake, registry = open_lake(), open_registry()
    days = [] if code_only else days_of_others(lake, registry, source, to)
    # One who was stopped half-way may go on: the code is rolled back then, and its days are not yet.
    if not days or registry.in_force(source).number != to:
        registry.rollback(source, to, reason=reason, author=person())
    said = f"{source}: release {to} is in force"
    if code_only:
        say(f"{said} and the tables are as they were. Parse kept days with it: lakehouse run {source} --reparse")
    elif not days:
        say(f"{said}; no other release parsed a day since it was, so the tables are as they were.")
    else:
        _parse_back(lake, registry.source(source), days, said)


def _parse_back(lake: Lake, source: Source, days: list[str], said: str) -> None:
    before = fingerprints(lake, source, days)
    good = parse_again(source.name, days)
    settle(source.name)
    rows = row_changes(before, fingerprints(lake, source, days))
    told = f"{counted(rows.changed, 'row')} changed, {rows.new} added, {rows.gone} removed"
    said = f"{said} and {counted(len(days), 'day')} parsed again with it: {told}"
    if good:
        say(f"{said}. Next: lakehouse status {source.name}")
        return
    say(f"{said}; not all of these days are good now. Next: lakehouse status {source.name}")
    raise typer.Exit(1)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SettingsError(f"{path} cannot be read: {why}.") from error


COMMANDS = [register, release, diff, rollback]
