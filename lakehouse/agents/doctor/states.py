"""The state of a source, read off its event log and its checks and kept nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from lakehouse.agents.doctor.states_log import Caps, Story, incident_of, read_log, utc_day
from lakehouse.registry import AuditEntry

State = Literal["new", "active", "degraded", "quarantined", "paused", "dead", "broken"]

UNWELL: frozenset[State] = frozenset({"degraded", "quarantined", "broken"})
"""States that somebody should look at; paused and dead ones are as a person wants them."""


class CheckedDay(Protocol):
    """What is known of one kept day: the release that parsed it, None if none did, and the checks that failed."""

    @property
    def day(self) -> str: ...
    @property
    def release(self) -> int | None: ...
    @property
    def failed(self) -> tuple[str, ...]: ...
    @property
    def lost(self) -> str: ...


@dataclass(frozen=True)
class SourceState:
    """How a source is: `problem` says why in one sentence, `command` what to do next; both are empty if all is well.

    `incident` is the newest one that is open, `waiting` the candidate that waits for a person, `strikes` the failures
    in a row without good data between.
    """

    state: State
    problem: str = ""
    command: str = ""
    since: datetime | None = None
    incident: str = ""
    waiting: str = ""
    attempts_today: int = 0
    strikes: int = 0


def state_of(
    events: Iterable[AuditEntry],
    days: Sequence[CheckedDay] = (),
    *,
    now: datetime,
    source: str = "SRC",
    stale: str = "",
    caps: Caps | None = None,
) -> SourceState:
    """Return the state that a log and the newest days tell of; `days` newest first, `now` in UTC.

    `stale` is what the freshness check says where data stopped coming. Without days only the log speaks: enough to
    know whether the source may be ingested or healed.
    """
    story = read_log(events, caps)
    state, problem, command, since = _by_person(story) or _by_log(story, source) or _by_days(story, days, stale)
    return SourceState(
        state,
        problem,
        command and f"lakehouse {command.format(source=source)}",
        since,
        incident=incident_of(story.open[-1]) if story.open else "",
        waiting=story.waiting,
        attempts_today=story.attempts.get(utc_day(now), 0),
        strikes=story.strikes,
    )


Told = tuple[State, str, str, datetime | None]


def _by_person(story: Story) -> Told | None:
    if not story.halt:
        return None
    entry = story.halt.entry
    verb = "paused" if story.halt.state == "paused" else "retired"
    because = f": {_one_line(entry.reason)}" if entry.reason else ""
    return story.halt.state, f"{verb} by {entry.author}{because}", "resume {source}", entry.at


def _by_log(story: Story, source: str) -> Told | None:
    why, since = _opened(story)
    if story.waiting:
        return "degraded", f"a repair waits for you: lakehouse approve {source}", "approve {source}", since
    if story.quarantined:
        return "quarantined", f"{_tried(story)}: {why}", _next(story), story.quarantined.at
    if not story.open:
        return None
    if story.unproven:
        why = f"release {story.unproven} was made for it and has given no good day yet: {why}"
    return "degraded", why, _next(story), since


def _opened(story: Story) -> tuple[str, datetime | None]:
    """Return what the newest incident is about, and since when there is one."""
    return (_sentence(story.open[-1].reason), story.open[0].at) if story.open else ("the data is not good", None)


def _tried(story: Story) -> str:
    enough = story.strikes >= story.caps.strikes
    tried = f"{story.strikes} failures in a row" if enough else f"{story.caps.attempts} repairs in one day"
    return f"no repair is tried any more after {tried}"


def _next(story: Story) -> str:
    if story.unproven:
        return "run {source} --reparse --failed"
    return "fix {source} --plan" if story.quarantined else "fix {source}"


def _by_days(story: Story, days: Sequence[CheckedDay], stale: str) -> Told:
    if not days:
        return "new", "nothing was fetched yet", "run {source}", None
    newest = days[0]
    if newest.lost:
        return "degraded", f"{newest.day}: its last fetch failed: {_one_line(newest.lost)}", "run {source}", None
    if newest.release is None:
        return "degraded", f"{newest.day} was fetched but not parsed", "run {source} --reparse --failed", None
    if newest.failed and newest.day not in story.accepted:
        return "degraded", f"{newest.day}: {', '.join(newest.failed)} failed", "fix {source}", None
    if stale:
        return "degraded", _sentence(stale), "run {source}", None
    return "active", "", "", story.good.at if story.good else None


def _sentence(text: str) -> str:
    """Return text that another sentence can hold, or what is to be said where there is none."""
    return _one_line(text) or "an incident is open"


def _one_line(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def may_ingest(state: SourceState) -> tuple[bool, str]:
    """Tell whether a schedule may fetch the source, and why not; a quarantined one may, so that no day is lost."""
    return (False, f"it is {state.problem}") if state.state in ("paused", "dead", "broken") else (True, "")


def may_heal(state: SourceState, caps: Caps | None = None) -> tuple[bool, str]:
    """Tell whether a repair may be tried without a person, and why not."""
    if state.state in ("paused", "dead", "broken", "quarantined"):
        return False, f"it is {state.state}: {state.problem}"
    if state.waiting:
        return False, state.problem
    if state.attempts_today >= (caps or Caps()).attempts:
        return False, f"{state.attempts_today} repairs were tried today, as many as may be"
    return True, ""
