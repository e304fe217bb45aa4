"""`approve`, `refuse`: a person's word on a repair that waits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from lakehouse.agents.doctor import hand
from lakehouse.cli.heal_after import counted, parse_again, settle
from lakehouse.cli.output import say
from lakehouse.cli.person import person
from lakehouse.cli.rooms import open_lake, open_registry

Candidate = Annotated[str, typer.Option(help="The id of the candidate, or how it begins, where several wait.")]


def approve(
    source: str,
    candidate: Candidate = "",
    reason: Annotated[str, typer.Option(help="Why, for the audit log.")] = "approved by hand",
) -> None:
    """Release the repair that waits, and parse with it all days that failed until now.

    Exits with 1 where they are not good then.
    """
    done = hand.approve(open_registry(), source, person(), reason, candidate)
    today = (datetime.now(UTC).date().isoformat(),) if done.refetch else ()
    days = sorted({*hand.missed_days(open_lake(), source, done.days), *today})
    good = parse_again(source, days, refetch=done.refetch)
    settle(source)
    what = f"{source}: release {done.release.number} is in force, {counted(len(days), 'day')} parsed again with it"
    if good:
        say(f"{what}. Next: lakehouse status {source}")
        return
    say(f"{what}, and not all of them are good. Back: lakehouse rollback {source} --to {done.release.parent}")
    raise typer.Exit(1)


def refuse(
    source: str,
    candidate: Candidate = "",
    reason: Annotated[str, typer.Option(help="Why, for the audit log.")] = "refused by hand",
) -> None:
    """Refuse the repair that waits, or all that do; the release in force stays."""
    refused = hand.refuse(open_registry(), source, person(), reason, candidate)
    say(
        f"{source}: {counted(len(refused), 'candidate')} refused, the release in force stays. "
        f"Look again: lakehouse fix {source} --plan; or mend it by hand: lakehouse release {source} fetcher.py"
    )


COMMANDS = [approve, refuse]
