"""How a break stands is read off the log of its source, and it ended as it should only with every true row back."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lakehouse.agents.doctor.course import Course
from lakehouse.agents.doctor.incident import FailedCheck, Incident
from lakehouse.demo.breaks import BREAKS, Break
from lakehouse.demo.failed import DemoFailed
from lakehouse.demo.fate import Fate
from lakehouse.demo.hand import for_a_person
from lakehouse.demo.site import DemoSite
from lakehouse.demo.walkthrough import require_as_wanted
from lakehouse.demo.watching import outcome_of
from lakehouse.registry import AuditEntry, Registry

FAILED = datetime(2026, 11, 21, 6, tzinfo=UTC)
INCIDENT = Incident(
    id="0001",
    source="opinions",
    opened_at=FAILED + timedelta(seconds=5),
    failed_at=FAILED,
    trigger="checks",
    days=("2026-11-21",),
    release=1,
    failed_checks=(FailedCheck(check="volume", day="2026-11-21", message="none"),),
)
TRUE = Counter({"a": 1, "b": 1})
HEAL, WALL, QUIET = (
    Break("opinions", "cards"),
    Break("news", "a wall", "refused"),
    Break("inspections", "empty", "accepted"),
)


def event(kind: str, after: float, **details: Any) -> AuditEntry:
    return AuditEntry(
        id=f"{after}", at=FAILED + timedelta(seconds=after), source="opinions", kind=kind, author="doctor",
        reason="", details={"incident": "0001", **details},
    )  # fmt: skip


def fate(*events: AuditEntry, broken: Break = HEAL, there: Counter[str] = TRUE) -> Fate:
    return Fate(broken, Course(INCIDENT, events), there, TRUE)


RELEASED = event("attempted", 7, verdict="release", release=2, method="anchors")


def test_what_was_not_noticed_yet_says_nothing() -> None:
    unseen = Fate(HEAL, None, Counter(), TRUE)
    assert (unseen.stand, unseen.noticed, unseen.cause, unseen.seconds) == ("unnoticed", "", "", None)


@pytest.mark.parametrize(
    ("events", "stand"),
    [
        ([], "at work"),
        ([RELEASED], "released"),
        ([event("attempted", 7, verdict="review", staged="x")], "waiting"),
        ([event("attempted", 7, verdict="review", staged="x"), event("approved", 9)], "released"),
        ([event("attempted", 7, verdict="refuse")], "refused"),
        ([event("attempted", 7, verdict=None, cause="blocked")], "walled"),
        ([event("attempted", 7, verdict=None, cause="transient")], "at work"),
        ([RELEASED, event("healed", 9)], "healed"),
        ([event("attempted", 7, verdict=None, cause="quiet"), event("accepted", 8)], "accepted"),
    ],
)
def test_the_log_tells_how_a_break_stands(events: list[AuditEntry], stand: str) -> None:
    assert fate(*events).stand == stand
    assert outcome_of(fate(*events))


def test_seconds_go_from_the_failed_check_to_the_end() -> None:
    assert fate(RELEASED).seconds is None
    assert fate(RELEASED, event("healed", 9.5)).seconds == 9.5


@pytest.mark.parametrize("there", [Counter(), Counter("a"), Counter("abb"), Counter("abc")])
def test_a_heal_that_lacks_or_adds_a_row_is_none(there: Counter[str]) -> None:
    assert fate(RELEASED, event("healed", 9)).is_as_wanted
    assert not fate(RELEASED, event("healed", 9), there=there).is_as_wanted


def test_a_wall_must_be_refused_and_an_empty_day_accepted() -> None:
    walled = event("attempted", 7, verdict=None, cause="blocked")
    assert fate(walled, broken=WALL).is_as_wanted
    assert not fate(RELEASED, event("healed", 9), broken=WALL).is_as_wanted
    assert fate(walled, event("accepted", 8), broken=QUIET).is_as_wanted
    assert not fate(walled, broken=QUIET).is_as_wanted


def test_the_demo_fails_naming_each_break_that_did_not_end_as_it_should(registry: Registry) -> None:
    refused = fate(event("attempted", 7, verdict="refuse"), there=Counter())
    with pytest.raises(DemoFailed, match=r"opinions should be healed: no repair can be proved 0 of 2\."):
        require_as_wanted([refused], registry)


def test_a_person_is_asked_for_what_waits_and_for_what_only_people_know(city: DemoSite) -> None:
    refusal, review = event("attempted", 7, verdict="refuse"), event("attempted", 7, verdict="review")
    waits, hopeless = fate(review), fate(refusal)
    known = fate(refusal, broken=Break("air", "other words"))
    assert for_a_person([waits, hopeless, known, fate(RELEASED)], city) == [waits, known]


def test_each_source_breaks_once_and_every_way_to_end_is_shown() -> None:
    assert len({each.source for each in BREAKS}) == len(BREAKS)
    assert {each.wanted for each in BREAKS} == {"healed", "refused", "accepted"}
