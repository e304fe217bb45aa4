"""What follows once another release is in force: its days are parsed again, as Dagster runs that show in the UI."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lakehouse.agents.doctor import hand
from lakehouse.agents.doctor.status import source_state
from lakehouse.cli.output import complain, say
from lakehouse.cli.person import person
from lakehouse.cli.rooms import open_lake, open_registry

if TYPE_CHECKING:
    from lakehouse.launch import RunOutcome


def parse_again(name: str, days: Sequence[str], *, refetch: bool = False) -> bool:
    """Show the release in force, fetch today anew if that is wanted, parse the days again; False where a check fails.

    Pages of past days cannot be fetched any more: these are parsed from what was kept.
    """
    from lakehouse.launch import reparse_days, run_day, run_fetcher

    good = told(name, run_fetcher(name))
    today = datetime.now(UTC).date().isoformat()
    rest = [day for day in days if not (refetch and day == today)]
    if len(rest) < len(days):
        say(f"{name}, {today}: fetching and parsing …")
        good &= told(name, run_day(name, today))
    if rest:
        say(f"{name}: parsing {counted(len(rest), 'kept day')} again …")
        good &= told(name, reparse_days(name, rest))
    return good


def settle(name: str) -> bool:
    """End the open incident, or a quarantine, where the days are good now; return whether the source is well.

    A run of Dagster may have ended it already.
    """
    from lakehouse.agents.doctor import settling

    lake, registry = open_lake(), open_registry()
    settling.settle(lake, registry, name)
    hand.well_again(lake, registry, name, person())
    return source_state(lake, registry, name).state == "active"


def told(name: str, outcome: RunOutcome) -> bool:
    """Complain of what went wrong in a run and return whether nothing did."""
    for error in outcome.errors:
        complain(error)
    for check, message in outcome.failed_checks.items():
        complain(f"{name}, {check}: {message}")
    return outcome.good


def counted(number: int, thing: str) -> str:
    """Return a number with its thing, as in "1 day" and "2 days"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
