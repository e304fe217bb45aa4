"""What a source's event log tells of its health: which incidents are open, what was tried, what a person said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from lakehouse.agents.doctor.incident import REPAIRABLE, STRIKELESS
from lakehouse.registry import AuditEntry

GOOD_AGAIN = "good again"
"""What is logged where new data is good although no repair healed anything: failures before it count no more."""


@dataclass(frozen=True)
class Caps:
    """How much is tried before a source is quarantined: attempts in one day, strikes in a row."""

    attempts: int = 3
    strikes: int = 3


@dataclass(frozen=True)
class Halt:
    """A person's word that nothing is to run; `paused` until it is resumed, `dead` for good."""

    state: Literal["paused", "dead"]
    entry: AuditEntry


@dataclass(frozen=True)
class Story:
    """A log read so far.

    `open` are the incidents that are not over, oldest first, by the entries that opened them. `waiting` is the
    candidate that waits for a person, `unproven` the release that was put in force for an open incident and has not
    given good data yet, `tried` the one of the last attempt. `attempts` counts by day, `accepted` are days whose failed
    checks were found to be the truth. `last_strike` is the newest of what is held against the source.
    """

    caps: Caps = field(default_factory=Caps)
    open: tuple[AuditEntry, ...] = ()
    struck: frozenset[str] = frozenset()
    strikes: int = 0
    last_strike: AuditEntry | None = None
    attempts: Mapping[str, int] = field(default_factory=dict)
    quarantined: AuditEntry | None = None
    waiting: str = ""
    unproven: int | None = None
    tried: int | None = None
    accepted: frozenset[str] = frozenset()
    halt: Halt | None = None
    good: AuditEntry | None = None

    def strike(self, entry: AuditEntry) -> Story:
        """Count one more failure in a row, which may be one too many."""
        return replace(self, strikes=self.strikes + 1, last_strike=entry, unproven=None).judge(entry)

    def judge(self, entry: AuditEntry) -> Story:
        """Quarantine the source where a cap is reached; only good data leads out of it again."""
        full = self.strikes >= self.caps.strikes or self.attempts.get(day_of(entry), 0) >= self.caps.attempts
        return replace(self, quarantined=self.quarantined or entry) if full else self

    def over(self, incident: str) -> Story:
        """Take an incident off those that are open."""
        return replace(self, open=tuple(entry for entry in self.open if incident_of(entry) != incident))


def read_log(events: Iterable[AuditEntry], caps: Caps | None = None) -> Story:
    """Return what a log tells, oldest entry first; kinds that say nothing of health change nothing."""
    story = Story(caps or Caps())
    for entry in events:
        story = READERS.get(entry.kind, _nothing)(story, entry)
    return story


def day_of(entry: AuditEntry) -> str:
    """Return the day of an entry, in UTC, as all days are."""
    return utc_day(entry.at)


def utc_day(at: datetime) -> str:
    """Return the day of a moment that is in UTC."""
    return at.date().isoformat()


def incident_of(entry: AuditEntry) -> str:
    """Return the incident that an entry speaks of; one without a name of its own goes by the id of its entry."""
    return str(entry.details.get("incident") or entry.id)


def days_of(entry: AuditEntry) -> frozenset[str]:
    """Return the days that an entry speaks of."""
    return frozenset(map(str, entry.details.get("days") or ()))


def _nothing(story: Story, _entry: AuditEntry) -> Story:
    return story


def _opened(story: Story, entry: AuditEntry) -> Story:
    known = {incident_of(other) for other in story.open}
    return story if incident_of(entry) in known else replace(story, open=(*story.open, entry))


def _diagnosed(story: Story, entry: AuditEntry) -> Story:
    """Count a strike where no code can help, once an incident, and where a repair did not hold."""
    cause, incident = (entry.details.get("diagnosis") or {}).get("cause"), incident_of(entry)
    if cause in STRIKELESS or not story.open:
        return story
    if cause in REPAIRABLE:
        return story.strike(entry) if story.unproven else story
    return story if incident in story.struck else replace(story, struck=story.struck | {incident}).strike(entry)


def _attempted(story: Story, entry: AuditEntry) -> Story:
    """Count a repair that was tried; without a verdict none was, for the cause is no matter of code.

    One that another release overtook says nothing of the source: its proof was about the release before.

    The release that an attempt made is logged before it, and its own attempt says nothing against it.
    """
    day, verdict, made = day_of(entry), entry.details.get("verdict"), entry.details.get("release")
    if not verdict or entry.details.get("overtaken"):
        return story
    attempts = {**story.attempts, day: story.attempts.get(day, 0) + 1}
    its_own = story.unproven == made != story.tried
    story = replace(story.strike(entry) if story.unproven and not its_own else story, attempts=attempts, tried=made)
    if verdict == "release":
        story = replace(story, unproven=made)
    elif verdict == "review":
        story = replace(story, waiting=str(entry.details.get("staged") or entry.id))
    elif verdict == "refuse":
        story = story.strike(entry)
    return story.judge(entry)


def _refused(story: Story, entry: AuditEntry) -> Story:
    """Count a person's no to the repair that waited as a failed one; what nobody waited for was counted before."""
    mine = bool(story.waiting) and entry.details.get("staged") == story.waiting
    story = replace(story, waiting="").strike(entry) if mine else story
    return story.over(incident_of(entry))


def _closed(story: Story, entry: AuditEntry) -> Story:
    return story.over(incident_of(entry))


def _in_force(story: Story, entry: AuditEntry) -> Story:
    """A release overtakes the candidate that waits, whose proof was about the one before."""
    return replace(story, waiting="", unproven=entry.details.get("release") if story.open else None)


def _healed(story: Story, entry: AuditEntry) -> Story:
    return replace(
        story,
        open=(),
        struck=frozenset(),
        strikes=0,
        last_strike=None,
        quarantined=None,
        waiting="",
        unproven=None,
        good=entry,
    )


def _good_again(story: Story, _entry: AuditEntry) -> Story:
    """Hold nothing against the source any more; a quarantine stays while the incident that it came from is open."""
    if story.quarantined and story.open:
        return story
    return replace(story, strikes=0, last_strike=None, quarantined=None)


def _accepted(story: Story, entry: AuditEntry) -> Story:
    """Take the data of an incident's days as they are: nothing was wrong, so nothing is held against the source."""
    mine = [other for other in story.open if incident_of(other) == incident_of(entry)]
    days = days_of(entry).union(*map(days_of, mine))
    story = replace(story.over(incident_of(entry)), accepted=story.accepted | days)
    return story if story.open else _healed(story, entry)


def _paused(story: Story, entry: AuditEntry) -> Story:
    return story if story.halt else replace(story, halt=Halt("paused", entry))


def _resumed(story: Story, _entry: AuditEntry) -> Story:
    return replace(story, halt=None)


def _retired(story: Story, entry: AuditEntry) -> Story:
    return replace(story, halt=Halt("dead", entry))


READERS: dict[str, Callable[[Story, AuditEntry], Story]] = {
    "incident opened": _opened,
    "diagnosed": _diagnosed,
    "attempted": _attempted,
    "refused": _refused,
    "closed": _closed,
    "released": _in_force,
    "approved": _in_force,
    "rolled back": _in_force,
    "healed": _healed,
    GOOD_AGAIN: _good_again,
    "accepted": _accepted,
    "paused": _paused,
    "resumed": _resumed,
    "retired": _retired,
}
"""What each kind of entry does to the story."""
