"""What became of one break: what was noticed, what was found, how it stands, and which rows are back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from lakehouse.agents.doctor.course import Course
from lakehouse.demo.breaks import Break
from lakehouse.demo.true_rows import Rows

Stand = Literal["unnoticed", "at work", "released", "healed", "accepted", "walled", "refused", "waiting"]

SETTLED: frozenset[Stand] = frozenset({"healed", "accepted", "walled", "refused", "waiting"})
"""Ways to stand that do not change any more without a person."""


@dataclass(frozen=True)
class Fate:
    """A break with its incident, if one was opened, the rows that are in the table, and those that should be."""

    broken: Break
    course: Course | None
    there: Rows
    true: Rows

    @property
    def stand(self) -> Stand:
        """Return how it stands."""
        if self.course is None:
            return "unnoticed"
        if self.course.end:
            return "accepted" if self.course.end.kind == "accepted" else _ended(self.course.end.kind)
        if not self.course.attempts:
            return "at work"
        return "released" if self.course.of("approved") else _tried(self.attempt)

    @property
    def attempt(self) -> dict[str, Any]:
        """Return what the log says of the last attempt to repair it; empty before there was one."""
        return self.course.attempts[-1].details if self.course and self.course.attempts else {}

    @property
    def noticed(self) -> str:
        """Return what gave it away: failed checks, or a run that failed."""
        if self.course is None:
            return ""
        checks = sorted({failed.check for failed in self.course.opened.failed_checks})
        return ", ".join(checks) or "the run failed"

    @property
    def cause(self) -> str:
        """Return the diagnosis by class."""
        diagnosis = self.course.incident.diagnosis if self.course else None
        return diagnosis.cause if diagnosis else ""

    @property
    def days(self) -> tuple[str, ...]:
        """Return the days that failed."""
        return self.course.incident.days if self.course else ()

    @property
    def seconds(self) -> float | None:
        """Return the seconds from the first failed check to the end, or to the word that there is none."""
        if self.course is None or self.stand not in SETTLED:
            return None
        last = self.course.end or self.course.attempts[-1]
        return (last.at - self._failed_at(self.course)).total_seconds()

    @property
    def recovered(self) -> int:
        """Return how many of the true rows are in the table, value by value."""
        return (self.there & self.true).total()

    @property
    def is_as_wanted(self) -> bool:
        """Tell whether it ended as it should: a repair gave all rows back and no other, or there was none."""
        if self.broken.wanted == "healed":
            return self.stand == "healed" and self.there == self.true
        return self.stand == ("walled" if self.broken.wanted == "refused" else "accepted")

    @staticmethod
    def _failed_at(course: Course) -> datetime:
        return course.opened.failed_at or course.opened.opened_at


def _ended(kind: str) -> Stand:
    return "healed" if kind == "healed" else "refused"


def _tried(attempt: dict[str, Any]) -> Stand:
    verdict = attempt.get("verdict")
    if verdict is None:
        return "walled" if attempt.get("cause") == "blocked" else "at work"
    stands: dict[str, Stand] = {"release": "released", "review": "waiting", "refuse": "refused"}
    return stands[verdict]
