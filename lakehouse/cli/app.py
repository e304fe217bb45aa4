"""The commands, and what becomes of an error: one sentence on stderr, exit 1; wrong usage exits with 2."""

from __future__ import annotations

import os
import sys

import typer

from lakehouse.cli import add, gold, heal, heal_halt, heal_review, incident, ingest, inspect, releases, setup, shell
from lakehouse.cli.output import complain
from lakehouse.errors import LakehouseError
from lakehouse.logs import configure_logs
from lakehouse.settings import settings

app = typer.Typer(
    name="lakehouse",
    help="A self-healing lakehouse of web data.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for room in (setup, add, ingest, inspect, incident, heal, heal_review, releases, heal_halt, gold, shell):
    for command in room.COMMANDS:
        app.command()(command)


def main() -> None:
    """Run the command line; errors that were raised on purpose are told without a traceback."""
    try:
        configure_logs(settings().log_level)
        app()
    except LakehouseError as error:
        complain(str(error))
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output went away, as `head` does; the interpreter must not complain about it on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
