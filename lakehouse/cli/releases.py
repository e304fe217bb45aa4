"""`register`, `release`, `diff`, `rollback`: the code of a source in a person's hands."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from lakehouse.cli.output import Json, print_json, say
from lakehouse.cli.rooms import open_registry
from lakehouse.errors import RegistryError, SettingsError
from lakehouse.sandbox import check_module
from lakehouse.source import load_source


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
    staged = registry.stage(source, _read(fetcher), {}, {}, author=_person())
    made = registry.release(staged, reason=reason)
    say(f"{source}: release {made.number} is in force. Parse kept days with it: lakehouse run {source} --reparse")


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
) -> None:
    """Put an earlier release back in force."""
    registry = open_registry()
    registry.rollback(source, to, reason=reason)
    say(f"{source}: release {to} is in force. Parse kept days with it: lakehouse run {source} --reparse")


def _person() -> str:
    """Return who is at the keyboard; a container's user may have no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "person"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SettingsError(f"{path} cannot be read: {why}.") from error


COMMANDS = [register, release, diff, rollback]
