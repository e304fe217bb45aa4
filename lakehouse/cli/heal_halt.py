"""`pause`, `resume`, `retire`: whether a source runs at all, in a person's hands."""

from __future__ import annotations

from typing import Annotated

import typer

from lakehouse.agents.doctor import hand
from lakehouse.cli.output import say
from lakehouse.cli.person import person
from lakehouse.cli.rooms import open_registry

Reason = Annotated[str, typer.Option(help="Why, for the audit log.")]


def pause(source: str, reason: Reason = "") -> None:
    """Let nothing run of a source, neither by schedule nor by the doctor, until it is resumed."""
    hand.pause(open_registry(), source, person(), reason)
    say(f"{source} is paused: no schedule fetches it and the doctor leaves it alone. Next: lakehouse resume {source}")


def resume(source: str, reason: Reason = "") -> None:
    """End a pause, or call a retired source back."""
    hand.resume(open_registry(), source, person(), reason)
    say(f"{source} runs again at its cadence. Fetch today's pages now: lakehouse run {source}")


def retire(
    source: str,
    reason: Reason = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Stop a source for good; its pages and tables stay and can be read."""
    registry = open_registry()
    registry.source_text(source)
    if not (yes or typer.confirm(f"Stop {source} for good? Its tables stay.", err=True)):
        say(f"{source} was left as it is.")
        raise typer.Exit(1)
    hand.retire(registry, source, person(), reason)
    say(f"{source} is retired: nothing of it runs, and its tables stay. Call it back: lakehouse resume {source}")


COMMANDS = [pause, resume, retire]
