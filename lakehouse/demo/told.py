"""How the demo speaks: headings, commands to copy, tables and code, on one console."""

from __future__ import annotations

import polars as pl
from rich.console import Console
from rich.padding import Padding
from rich.syntax import Syntax
from rich.table import Table

console = Console()


def heading(number: int, text: str) -> None:
    """Begin a part of the demo."""
    console.print(f"\n[bold cyan]{number}[/bold cyan]  [bold]{text}[/bold]", highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """Print a sentence, indented below its heading; what is in it is no markup."""
    console.print(Padding(text, (0, 0, 0, 3)), markup=False, highlight=False)


def command(text: str) -> None:
    """Print a command on one line, however narrow the terminal, so that it can be copied."""
    console.print(f"   {text}", highlight=False, markup=False, soft_wrap=True)


def code(text: str, language: str = "python") -> None:
    """Print code in colours where there are some."""
    shown = Syntax(text, language, background_color="default", word_wrap=True)
    console.print(Padding(shown, (0, 0, 0, 6)))


def rows(frame: pl.DataFrame) -> None:
    """Print a frame; long values are cut."""
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 1))
    for name in frame.columns:
        table.add_column(name, overflow="ellipsis", no_wrap=True, max_width=38)
    for row in frame.iter_rows():
        table.add_row(*("" if value is None else str(value) for value in row))
    console.print(table, markup=False)
