"""How well the doctor heals: every incident that there was as one row, and what the rows come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import fmean, median
from typing import Any, Literal

from lakehouse.agents.doctor.course import Course, State
from lakehouse.agents.doctor.incident import STRIKELESS
from lakehouse.agents.doctor.incidents import AUTHOR, Incidents
from lakehouse.lake import Lake
from lakehouse.registry import Registry

SOLVED: frozenset[State] = frozenset({"healed", "accepted"})
"""Ends of an incident after which there is good data."""


@dataclass(frozen=True)
class Repair:
    """One incident from its first failed check to its end.

    `seconds` go from there to good data and are None while there is none. `held` are the days for which a repair has
    held: until the source failed again, or until now, where `holds`. `alone` says that no person had a hand in it.
    """

    source: str
    incident: str
    cause: str
    method: str
    verdict: str
    outcome: State
    attempts: int
    alone: bool
    failed_at: datetime
    ended_at: datetime | None
    seconds: float | None
    days: int
    rows: int
    release: int | None
    held: float | None
    holds: bool


@dataclass(frozen=True)
class Summary:
    """What the repairs of one cause or by one method come to; open incidents have no part in the rate."""

    name: str
    incidents: int
    open: int
    solved: int
    rate: float | None
    alone: int
    median_seconds: float | None
    mean_attempts: float
    days: int
    rows: int
    median_held: float | None
    holding: int


def repairs(lake: Lake, registry: Registry, sources: Iterable[str] | None = None) -> list[Repair]:
    """Return all incidents of some sources, or of all, as repairs, by the time at which they failed."""
    now = datetime.now(UTC)
    names = registry.sources() if sources is None else sources
    found = [repair for name in names for repair in _of_source(Incidents(lake, registry, name).all(), now)]
    return sorted(found, key=lambda repair: (repair.failed_at, repair.source))


def summary(found: Sequence[Repair], by: Literal["cause", "method"] = "cause") -> list[Summary]:
    """Return one line for each cause, or for each method, the most frequent first, and one for all of them."""
    key: Callable[[Repair], str] = (lambda each: each.cause) if by == "cause" else (lambda each: each.method)
    groups: dict[str, list[Repair]] = {}
    for repair in found:
        groups.setdefault(key(repair), []).append(repair)
    ranked = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    lines = [_summed(name, group) for name, group in ranked]
    return [*lines, _summed("all", found)] if found else []


def _of_source(courses: Sequence[Course], now: datetime) -> list[Repair]:
    """Return the incidents of one source; a later failure that says something against it ends what an earlier held."""
    failures = [_failed_at(course) for course in courses if _cause(course) not in STRIKELESS]
    return [_repair(course, failures, now) for course in courses]


def _repair(course: Course, failures: Sequence[datetime], now: datetime) -> Repair:
    end, tried = course.end, course.attempts[-1].details if course.attempts else {}
    details: dict[str, Any] = end.details if end else {}
    approved = course.of("approved")
    solved = end is not None and course.state in SOLVED
    again = min((at for at in failures if end and at > end.at), default=None)
    return Repair(
        source=course.opened.source,
        incident=course.opened.id,
        cause=_cause(course),
        method=str(details.get("method") or tried.get("method") or "none"),
        verdict=str(tried.get("verdict") or "none"),
        outcome=course.state,
        attempts=len(course.attempts),
        alone=not approved and (end is None or end.author == AUTHOR),
        failed_at=_failed_at(course),
        ended_at=end.at if end else None,
        seconds=_between(_failed_at(course), end.at, 1) if end and solved else None,
        days=len(details.get("days", ())) if solved else 0,
        rows=int(details.get("rows", 0)) if solved else 0,
        release=approved[-1].details.get("release") if approved else tried.get("release"),
        held=_between(end.at, again or now, 86_400) if end and solved else None,
        holds=solved and again is None,
    )


def _cause(course: Course) -> str:
    diagnosis = course.incident.diagnosis
    return diagnosis.cause if diagnosis else "unknown"


def _failed_at(course: Course) -> datetime:
    return course.opened.failed_at or course.opened.opened_at


def _between(one: datetime, other: datetime, unit: int) -> float:
    return round((other - one).total_seconds() / unit, 3)


def _summed(name: str, group: Sequence[Repair]) -> Summary:
    ended = [repair for repair in group if repair.ended_at]
    solved = [repair for repair in group if repair.outcome in SOLVED]
    return Summary(
        name=name,
        incidents=len(group),
        open=len(group) - len(ended),
        solved=len(solved),
        rate=round(len(solved) / len(ended), 4) if ended else None,
        alone=sum(repair.alone for repair in solved),
        median_seconds=_median(repair.seconds for repair in solved),
        mean_attempts=round(fmean(repair.attempts for repair in group), 2),
        days=sum(repair.days for repair in group),
        rows=sum(repair.rows for repair in group),
        median_held=_median(repair.held for repair in solved),
        holding=sum(repair.holds for repair in solved),
    )


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(median(known), 3) if known else None
