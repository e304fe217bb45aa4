"""How commands speak: data to stdout, everything else to stderr."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

# A pipe or a file has no width of its own: there the table may be as wide as it is.
stdout = Console(width=None if sys.stdout.isatty() else 240)
stderr = Console(stderr=True, soft_wrap=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]

LONGEST_CELL = 60

HARMFUL = frozenset({"Cc", "Cf", "Cs"})
"""Kinds of marks that are not to be seen: controls, marks of direction, halves of surrogate pairs."""

COLOURS = {
    "active": "green",
    "new": "cyan",
    "degraded": "yellow",
    "quarantined": "red",
    "broken": "red",
    "paused": "blue",
    "dead": "dim",
}


def complain(sentence: str) -> None:
    """Print what went wrong."""
    stderr.print(Text("Error: ", style="bold red") + Text(harmless(sentence)))


def say(sentence: str) -> None:
    """Print what a person likes to know and a program does not."""
    stderr.print(harmless(sentence), markup=False, highlight=False)


def print_json(data: Any) -> None:
    """Print data as JSON that any program reads: dates as ISO, decimals as they are written, one document.

    What a terminal would obey is escaped, so that it means the same to a program and nothing to the terminal.
    """
    text = json.dumps(data, default=_plain, ensure_ascii=False, indent=2)
    lines = (line if line.isprintable() else _escaped(line) for line in text.split("\n"))
    sys.stdout.write("\n".join(lines) + "\n")


def _escaped(line: str) -> str:
    return "".join(mark if _is_seen(mark) else json.dumps(mark)[1:-1] for mark in line)


def _is_seen(mark: str) -> bool:
    return mark == "\n" or unicodedata.category(mark) not in HARMFUL


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def print_rows(rows: Iterable[Mapping[str, Any]], *, title: str = "", empty: str = "Nothing to show.") -> None:
    """Print rows as a table, or say that there are none."""
    rows = list(rows)
    if not rows:
        say(empty)
        return
    table = Table(title=title or None, title_justify="left", title_style="bold", header_style="dim", box=SIMPLE_HEAD)
    for name, value in rows[0].items():
        numeric = isinstance(value, int | float | Decimal)
        table.add_column(name, no_wrap=True, max_width=LONGEST_CELL, justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*(_cell(value) for value in row.values()))
    stdout.print(table)


def print_heading(title: str, *remarks: str) -> None:
    """Print what the rows below are of, and what is to be said of it; remarks that are empty are left out."""
    stdout.print(Text(harmless(title), style="bold"))
    for remark in remarks:
        if remark:
            stdout.print(Text(f"  {harmless(remark)}"), soft_wrap=True)


def print_text(text: str) -> None:
    """Print text of several lines as it is, wide lines whole."""
    stdout.print(Text(harmless(text)), soft_wrap=True)


def _cell(value: Any) -> Text:
    """Return a value as text; never as markup, since it may come from a page."""
    if value is None:
        return Text("")
    if isinstance(value, dict | list):
        value = json.dumps(value, default=_plain, ensure_ascii=False)
    return Text(harmless(" ".join(str(value).split())), style=COLOURS.get(str(value), ""))


def harmless(text: str) -> str:
    """Return text without the marks by which a page could colour, clear or rename a person's terminal, or end us."""
    return "".join(filter(_is_seen, text))
