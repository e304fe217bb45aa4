"""The state of a source: read off its event log first, off its days where no incident is open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from lakehouse.agents.doctor.states import SourceState, may_heal, may_ingest, state_of
from lakehouse.agents.doctor.states_log import GOOD_AGAIN, Caps
from tests.agents.doctor.log import START, Parsed, attempted, diagnosed, log, opened

GOOD = (Parsed("2026-11-20"),)
BAD = (Parsed("2026-11-20", failed=("volume", "coverage")), Parsed("2026-11-19"))

Happened = tuple[str, dict[str, Any]] | str


def state(*happened: Happened, days: tuple[Parsed, ...] = GOOD, **more: Any) -> SourceState:
    return state_of(log("registered", "released", *happened), days, now=START, source="opinions", **more)


def test_a_source_without_days_is_new_and_is_to_be_run() -> None:
    found = state(days=())
    assert (found.state, found.command) == ("new", "lakehouse run opinions")


def test_good_days_and_no_incident_make_it_active() -> None:
    assert state() == SourceState("active")


def test_a_failed_check_makes_it_degraded_before_anybody_opened_an_incident() -> None:
    found = state(days=BAD)
    assert (found.state, found.problem) == ("degraded", "2026-11-20: volume, coverage failed")
    assert found.command == "lakehouse fix opinions"


def test_pages_that_were_not_parsed_are_to_be_parsed() -> None:
    found = state(days=(Parsed("2026-11-20", release=None),))
    assert (found.state, found.command) == ("degraded", "lakehouse run opinions --reparse --failed")


def test_data_that_stopped_coming_makes_it_degraded_although_all_checks_passed() -> None:
    found = state(stale="The newest good data is of 2026-11-11.")
    assert (found.state, found.problem) == ("degraded", "The newest good data is of 2026-11-11")


def test_an_open_incident_makes_it_degraded_since_it_was_opened_and_says_why() -> None:
    found = state(opened())
    assert (found.state, found.incident, found.problem) == ("degraded", "0001", "2026-11-20: volume failed")
    assert found.since == START + timedelta(minutes=2)


def test_good_days_do_not_end_an_incident_before_it_is_healed() -> None:
    assert state(opened(), diagnosed("layout")).state == "degraded"
    healed = state(opened(), diagnosed("layout"), attempted("release", release=2), ("healed", {"incident": "0001"}))
    assert (healed.state, healed.incident, healed.strikes) == ("active", "", 0)
    assert healed.since == START + timedelta(minutes=5)


def test_a_repair_that_waits_for_a_person_says_so() -> None:
    found = state(opened(), diagnosed("layout"), attempted("review", staged="c1"))
    assert (found.state, found.waiting, found.command) == ("degraded", "c1", "lakehouse approve opinions")
    assert found.problem == "a repair waits for you: lakehouse approve opinions"
    assert may_heal(found) == (False, found.problem)


@pytest.mark.parametrize("kind", ["released", "approved", "rolled back"])
def test_a_release_overtakes_what_waits(kind: str) -> None:
    found = state(opened(), attempted("review", staged="c1"), (kind, {"release": 2}))
    assert found.waiting == ""
    assert "release 2 was made for it and has given no good day yet" in found.problem


def test_three_repairs_in_a_row_that_failed_quarantine_it() -> None:
    found = state(opened(), *[attempted("refuse")] * 3)
    assert (found.state, found.strikes, found.attempts_today) == ("quarantined", 3, 3)
    assert found.problem == "no repair is tried any more after 3 failures in a row: 2026-11-20: volume failed"
    assert found.command == "lakehouse fix opinions --plan"


def test_failures_on_different_days_count_together_until_data_was_good() -> None:
    tried = [opened(), attempted("refuse"), attempted("refuse")]
    events = log(*tried, attempted("refuse"), every=timedelta(days=1))
    assert state_of(events, GOOD, now=events[-1].at).state == "quarantined"
    events = log(*tried, "healed", opened("0002"), attempted("refuse", "0002"), every=timedelta(days=1))
    assert state_of(events, GOOD, now=events[-1].at).strikes == 1


def test_failures_a_year_apart_with_good_data_between_never_quarantine_it() -> None:
    one = (opened("0001"), attempted("refuse"), ("refused", {"incident": "0001"}), GOOD_AGAIN)
    found = state(*one * 9)
    assert (found.state, found.strikes) == ("active", 0)


def test_good_data_ends_a_quarantine_that_no_open_incident_stands_for() -> None:
    one = (opened("0001"), *[attempted("refuse")] * 3)
    assert state(*one, GOOD_AGAIN).state == "quarantined"
    over = state(*one, ("closed", {"incident": "0001"}), GOOD_AGAIN)
    assert (over.state, over.strikes) == ("active", 0)


def test_a_repair_that_did_not_hold_is_a_strike() -> None:
    released = (opened(), diagnosed("layout"), attempted("release", release=2))
    assert state(*released).strikes == 0
    assert state(*released, diagnosed("layout")).strikes == 1
    assert state(*released, attempted("release", release=3)).strikes == 1


@pytest.mark.parametrize("cause", ["transient", "limited", "quiet"])
def test_what_says_nothing_against_the_source_is_no_strike(cause: str) -> None:
    found = state(opened(), *[diagnosed(cause), attempted(None)] * 9)
    assert (found.state, found.strikes, found.attempts_today) == ("degraded", 0, 0)


def test_a_source_that_lets_nobody_in_three_times_is_quarantined() -> None:
    one = (opened("0001"), diagnosed("blocked", "0001"), diagnosed("blocked", "0001"))
    assert state(*one).strikes == 1
    rest = [step for number in ("0002", "0003") for step in (opened(number), diagnosed("blocked", number))]
    assert state(*one, *rest).state == "quarantined"


def test_as_many_attempts_in_one_day_as_may_be_quarantine_it_and_the_next_day_does_not_free_it() -> None:
    events = log(opened(), attempted("release", release=2), attempted("release", release=3))
    caps = Caps(attempts=2, strikes=9)
    today = state_of(events, GOOD, now=START, caps=caps)
    assert (today.state, today.attempts_today) == ("quarantined", 2)
    tomorrow = state_of(events, GOOD, now=START + timedelta(days=1), caps=caps)
    assert (tomorrow.state, tomorrow.attempts_today) == ("quarantined", 0)


def test_after_healing_no_more_is_tried_on_that_day_than_may_be() -> None:
    happened = (opened(), *[attempted("refuse")] * 2, attempted("release", release=2), "healed")
    assert state(*happened).state == "active"
    again = state(*happened, opened("0002"))
    assert again.state == "degraded"
    assert may_heal(again) == (False, "3 repairs were tried today, as many as may be")
    tomorrow = state_of(log(*happened, opened("0002")), now=START + timedelta(days=1))
    assert may_heal(tomorrow) == (True, "")


def test_a_persons_no_ends_the_incident_and_is_a_strike() -> None:
    waiting = (opened(), attempted("review", staged="c1"))
    found = state(*waiting, ("refused", {"incident": "0001", "staged": "c1"}))
    assert (found.state, found.strikes, found.waiting, found.incident) == ("active", 1, "", "")
    other = state(*waiting, ("refused", {"staged": "c9"}))
    assert (other.strikes, other.waiting) == (0, "c1")


def test_failed_checks_that_were_the_truth_leave_it_active() -> None:
    accepted = (opened(days=["2026-11-20"]), diagnosed("quiet"), ("accepted", {"incident": "0001"}))
    assert state(*accepted, days=BAD).state == "active"
    later = (Parsed("2026-11-21", failed=("volume",)), *BAD)
    assert state(*accepted, days=later).state == "degraded"


def test_an_incident_that_was_closed_is_judged_by_its_days_again() -> None:
    assert state(opened(), ("closed", {"incident": "0001"})).state == "active"
    assert state(opened(), ("closed", {"incident": "0001"}), days=BAD).problem == "2026-11-20: volume, coverage failed"


@pytest.mark.parametrize(("kind", "wanted", "verb"), [("paused", "paused", "paused"), ("retired", "dead", "retired")])
def test_what_a_person_said_goes_before_all_else(kind: str, wanted: str, verb: str) -> None:
    found = state(opened(), *[attempted("refuse")] * 3, (kind, {"reason": "They asked us to wait."}))
    assert (found.state, found.problem) == (wanted, f"{verb} by anna: They asked us to wait")
    assert found.command == "lakehouse resume opinions"
    assert may_ingest(found) == (False, f"it is {found.problem}")
    assert may_heal(found)[0] is False


def test_a_quarantined_source_is_fetched_but_not_healed() -> None:
    found = state(opened(), *[attempted("refuse")] * 3)
    assert may_ingest(found) == (True, "")
    assert may_heal(found)[0] is False


def test_a_source_that_fails_for_the_first_time_may_be_healed() -> None:
    for found in (state(), state(days=BAD), state(opened()), state(opened(), attempted("refuse"))):
        assert may_heal(found) == (True, "")
        assert may_ingest(found) == (True, "")
