"""`init`, `up`, `demo`: from nothing to a running lakehouse."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from lakehouse.cli.output import say
from lakehouse.cli.rooms import open_lake
from lakehouse.errors import SettingsError
from lakehouse.home import make_home
from lakehouse.settings import settings


def init() -> None:
    """Make the home folder and the store, and try them out."""
    home = make_home()
    lake = open_lake()
    say(f"Store:   {lake.address}\nDagster: {home}\nNext:    lakehouse register source.yaml fetcher.py")


def up(
    port: Annotated[int, typer.Option(help="Port of the Dagster UI.")] = 3000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Start the Dagster UI and its daemon; Ctrl-C stops both."""
    workspace = Path("workspace.yaml").absolute()
    if not workspace.exists():
        raise SettingsError(
            f"there is no workspace.yaml in {workspace.parent}.", hint="Run `lakehouse up` in the folder that has it."
        )
    os.environ["DAGSTER_HOME"] = str(make_home())
    os.environ.setdefault("LAKEHOUSE_HOME", str(settings().home.absolute()))
    # A shell that starts us in the background leaves Ctrl-C ignored, and dagster would inherit that and never stop.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    say(f"The UI comes up at http://{host}:{port}; Ctrl-C stops it.")
    command = ["-m", "dagster", "dev", "-w", str(workspace), "--host", host, "--port", str(port)]
    os.execv(sys.executable, [sys.executable, *command])  # noqa: S606


def demo() -> None:
    """Show the whole on a small web site that runs on this machine; takes under three minutes."""
    from lakehouse.demo.walkthrough import walk

    walk()


COMMANDS = [init, up, demo]
