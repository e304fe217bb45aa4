"""What holds of the state of a source in whatever order things happened to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.doctor.incident import Class
from lakehouse.agents.doctor.states import State, may_heal, may_ingest, state_of
from lakehouse.agents.doctor.states_log import GOOD_AGAIN, READERS, Caps
from lakehouse.registry import AuditEntry
from tests.agents.doctor.log import START, Parsed, entry

INCIDENTS = st.sampled_from(["0001", "0002", "0003"])
DETAILS = st.fixed_dictionaries(
    {},
    optional={
        "incident": INCIDENTS,
        "diagnosis": st.fixed_dictionaries({"cause": st.sampled_from(get_args(Class))}),
        "verdict": st.sampled_from(["release", "review", "refuse", None]),
        "staged": st.sampled_from(["c1", "c2"]),
        "release": st.integers(1, 5),
        "days": st.lists(st.sampled_from(["2026-11-19", "2026-11-20"]), max_size=2),
    },
)
KINDS = st.sampled_from([*READERS, "registered", "updated", "edited", "days added", "a kind of tomorrow"])
DAY = st.builds(
    Parsed,
    day=st.sampled_from(["2026-11-19", "2026-11-20"]),
    release=st.none() | st.integers(1, 5),
    failed=st.lists(st.sampled_from(["volume", "drift"]), max_size=2).map(tuple),
)
DAYS = st.lists(DAY, max_size=2)
CAPS = st.builds(Caps, attempts=st.integers(1, 4), strikes=st.integers(1, 4))


@st.composite
def logs(draw: st.DrawFn, most: int = 25) -> list[AuditEntry]:
    told: list[tuple[str, dict[str, Any]]] = draw(st.lists(st.tuples(KINDS, DETAILS), max_size=most))
    pauses = draw(st.lists(st.integers(1, 30), min_size=len(told), max_size=len(told)))
    hours = [sum(pauses[:n]) for n in range(len(told))]
    return [entry(kind, START + timedelta(hours=h), **details) for h, (kind, details) in zip(hours, told, strict=True)]


def after(events: list[AuditEntry], *kinds: str) -> list[AuditEntry]:
    """Return the log with more of these kinds at its end."""
    last = events[-1].at if events else START
    return [*events, *(entry(kind, last + timedelta(seconds=n + 1)) for n, kind in enumerate(kinds))]


@given(logs(), DAYS, CAPS)
def test_every_log_tells_of_exactly_one_state_and_what_is_wrong_says_what_to_do(
    events: list[AuditEntry], days: list[Parsed], caps: Caps
) -> None:
    found = state_of(events, days, now=START, caps=caps)
    assert found.state in get_args(State)
    assert bool(found.problem) == bool(found.command) == (found.state != "active")
    assert "\n" not in found.problem
    assert found.strikes >= 0


@given(logs(), CAPS)
def test_healing_always_leads_out_of_degraded_and_quarantined(events: list[AuditEntry], caps: Caps) -> None:
    healed = state_of(after(events, "healed"), [Parsed("2026-11-20")], now=START, caps=caps)
    assert healed.state in ("active", "paused", "dead")
    assert (healed.strikes, healed.incident, healed.waiting) == (0, "", "")


@given(logs(), DAYS, CAPS)
def test_resuming_undoes_a_pause(events: list[AuditEntry], days: list[Parsed], caps: Caps) -> None:
    before = state_of(events, days, now=START, caps=caps)
    paused = state_of(after(events, "paused"), days, now=START, caps=caps)
    resumed = state_of(after(events, "paused", "resumed"), days, now=START, caps=caps)
    assert paused.state == ("dead" if before.state == "dead" else "paused")
    assert resumed.state not in ("paused", "dead")
    if before.state not in ("paused", "dead"):
        assert resumed == before


@given(logs(), DAYS, CAPS)
def test_no_log_lets_more_be_tried_than_may_be(events: list[AuditEntry], days: list[Parsed], caps: Caps) -> None:
    for now in {event.at for event in events} or {START}:
        found = state_of(events, days, now=now, caps=caps)
        tried = [event for event in events if event.kind == "attempted" and event.details.get("verdict")]
        assert found.attempts_today == sum(event.at.date() == now.date() for event in tried)
        if found.attempts_today >= caps.attempts or found.strikes >= caps.strikes:
            assert may_heal(found, caps)[0] is False


@given(logs(), CAPS)
def test_nothing_but_good_data_leads_out_of_quarantine(events: list[AuditEntry], caps: Caps) -> None:
    was, good = False, ("healed", "accepted", GOOD_AGAIN)
    for n, event in enumerate(events):
        found = state_of(events[: n + 1], now=START, caps=caps)
        if was and event.kind not in good:
            assert may_heal(found, caps)[0] is False
        was = found.state == "quarantined" or (was and event.kind not in good)


@given(logs(), DAYS)
def test_what_may_be_healed_may_be_ingested(events: list[AuditEntry], days: list[Parsed]) -> None:
    found = state_of(events, days, now=START)
    assert may_ingest(found)[0] or not may_heal(found)[0]
    assert may_ingest(found)[0] == (found.state not in ("paused", "dead", "broken"))
