"""`fix`: the doctor's work on one source, started by a person."""

from __future__ import annotations

from datetime import datetime
from difflib import unified_diff
from typing import TYPE_CHECKING, Annotated

import typer

from lakehouse.agents.doctor import hand
from lakehouse.cli.heal_after import counted, parse_again, settle
from lakehouse.cli.output import Json, print_heading, print_json, print_text, say
from lakehouse.cli.rooms import open_lake, open_registry
from lakehouse.engine.status import fetched_at, parsed_days
from lakehouse.errors import NothingToParse

if TYPE_CHECKING:
    from lakehouse.agents.doctor.treatment import Treatment
    from lakehouse.lake import Lake
    from lakehouse.registry import Registry

FailedDay = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day that failed; all that fail if not given.")
]


def fix(
    source: str,
    day: FailedDay = None,
    plan: Annotated[bool, typer.Option("--plan", help="Only say what is wrong and what would be done.")] = False,
    as_json: Json = False,
) -> None:
    """Find out why a source fails, repair its fetcher if that can be proved, and parse the missed days again.

    Exits with 1 where it is not healed by it.
    """
    from lakehouse.agents.doctor.doctor import Doctor
    from lakehouse.agents.doctor.hand_look import look

    lake, registry = open_lake(), open_registry()
    registry.source(source)
    before = registry.in_force(source).code
    doctor, wanted = Doctor(lake, registry), day.date().isoformat() if day else None
    if wanted and _is_good(lake, source, wanted):
        say(f"{source}: {wanted} is good. What fails is told by lakehouse status {source}")
        return
    if not plan:
        hand.require_running(registry, source)
    incident = look(lake, registry, source, wanted) if plan else doctor.open(source, trigger="person", day=wanted)
    if incident is None:
        say(f"{source}: nothing is wrong, no day fails. Next: lakehouse status {source}")
        return
    treatment = doctor.plan(incident) if plan else doctor.treat(incident)
    _show(registry, treatment, before, as_json=as_json)
    good, said = _planned(treatment) if plan else _followed(treatment)
    say(f"{source}: {said}")
    if not good:
        raise typer.Exit(1)


def _is_good(lake: Lake, source: str, day: str) -> bool:
    """Tell whether a day needs no repair: all is well since its last fetch; raises NothingToParse if it had none."""
    fetched = fetched_at(lake, source, day) if day in lake.table(f"bronze/{source}").days() else None
    if fetched is None:
        raise NothingToParse(source, day)
    return any(each.day == day and each.is_good and each.checked_at >= fetched for each in parsed_days(lake, source))


def _show(registry: Registry, treatment: Treatment, before: str, *, as_json: bool) -> None:
    """Show the cause, the verdict with its reasons, and what the repair changes in the code."""
    diff = _diff(before, _code(registry, treatment))
    if as_json:
        print_json({**vars(treatment), "diagnosis": treatment.diagnosis.model_dump(), "diff": diff})
        return
    number = f", incident {treatment.incident}" if treatment.incident else ""
    print_heading(f"{treatment.source}{number}: {treatment.diagnosis.cause}", *treatment.diagnosis.because)
    if treatment.verdict:
        method = f", found by {treatment.method}" if treatment.method else ""
        print_heading(f"verdict: {treatment.verdict}{method}", *treatment.why)
    if diff:
        print_text(diff)


def _code(registry: Registry, treatment: Treatment) -> str:
    """Return the code of the repair, wherever it got to."""
    if treatment.code:
        return treatment.code
    if treatment.release:
        return registry.read(treatment.source, treatment.release).code
    waiting = registry.staged(treatment.source) if treatment.staged else []
    return next((each.code for each in waiting if each.id == treatment.staged), "")


def _diff(before: str, after: str) -> str:
    lines = unified_diff(before.splitlines(), after.splitlines(), "in force", "repair", lineterm="") if after else ()
    return "\n".join(lines)


def _planned(treatment: Treatment) -> tuple[bool, str]:
    """Return whether anything can be done, and what."""
    name, days = treatment.source, counted(len(treatment.days), "day")
    if treatment.release:
        return (
            True,
            f"release {treatment.release} is in force and reads {days} that failed. Do it: lakehouse fix {name}",
        )
    if treatment.verdict == "release":
        return True, f"the repair would be released and {days} parsed again. Do it: lakehouse fix {name}"
    if treatment.verdict == "review":
        return True, f"the repair would wait for you to approve it. Stage it: lakehouse fix {name}"
    if treatment.verdict == "refuse":
        return False, f"no repair could be proved. Mend it by hand: lakehouse release {name} fetcher.py"
    return True, f"no matter of code: {treatment.diagnosis.treatment or 'a person must look at it'}"


def _followed(treatment: Treatment) -> tuple[bool, str]:
    """Do what follows from a treatment, and return whether the source is well now, and what to say."""
    name, days = treatment.source, counted(len(treatment.days), "day")
    if treatment.verdict == "review":
        return False, f"a repair of {days} waits for you: lakehouse approve {name}, or lakehouse refuse {name}"
    if treatment.verdict == "refuse":
        return False, f"no repair could be proved, nothing was changed. Mend it: lakehouse release {name} fetcher.py"
    if treatment.diagnosis.cause == "quiet":
        return True, f"the site really says so, and the data of {days} is accepted."
    if not treatment.days:
        return False, f"no matter of code: {treatment.diagnosis.treatment or 'a person must look at it'}"
    return _parsed(treatment)


def _parsed(treatment: Treatment) -> tuple[bool, str]:
    name, days = treatment.source, counted(len(treatment.days), "day")
    parse_again(name, treatment.days, refetch=treatment.refetch)
    by = f"by release {treatment.release}" if treatment.release else "by fetching again"
    if settle(name):
        return True, f"healed {by}, {days} parsed again. Next: lakehouse status {name}"
    if treatment.release:
        return (
            False,
            f"release {treatment.release} is in force, and not all days are good. Next: lakehouse status {name}",
        )
    return False, f"not healed {by}. Try later: lakehouse fix {name}"


COMMANDS = [fix]
