"""What a person decides: halting a source, and releasing or refusing the repair that waits."""

from __future__ import annotations

import pytest

from lakehouse.agents.doctor import hand
from lakehouse.agents.doctor.status import logged_state
from lakehouse.engine import fetch_day, parse_day
from lakehouse.errors import RegistryError
from lakehouse.lake import Lake
from lakehouse.registry import Registry, Staged
from tests.books import FETCHER, fetcher, stock
from tests.conftest import release
from tests.little_site import LittleSite

GOOD, BAD, WORSE, FINE = "2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"
MENDED = FETCHER.replace('text(row, "b")', 'text(row, "b", "strong")')


def stage(registry: Registry, site: LittleSite, note: str = "") -> Staged:
    return registry.stage("books", fetcher(site, MENDED) + note, {}, {}, author="doctor")


def waits(registry: Registry, site: LittleSite, *, days: tuple[str, ...] = (BAD,), refetch: bool = False) -> Staged:
    """Let a repair wait, as the doctor leaves it."""
    staged = stage(registry, site)
    told = {"incident": "0001", "days": list(days)}
    registry.note("books", "incident opened", author="doctor", reason="volume failed", **told)
    more = {"verdict": "review", "staged": staged.id, "refetch": refetch}
    registry.note("books", "attempted", author="doctor", reason="A rival fits as well.", **told, **more)
    return staged


def kinds(registry: Registry) -> list[str]:
    return [entry.kind for entry in registry.audit("books")]


def test_a_pause_is_logged_with_who_and_why_and_ends_with_resuming(registry: Registry) -> None:
    entry = hand.pause(registry, "books", "anna", "They asked us to wait.")
    assert (entry.kind, entry.author, entry.reason) == ("paused", "anna", "They asked us to wait.")
    assert logged_state(registry, "books").state == "paused"
    hand.resume(registry, "books", "anna", "")
    assert logged_state(registry, "books").state == "new"


def test_what_is_halted_cannot_be_halted_again_and_the_error_says_who_did_it(registry: Registry) -> None:
    hand.pause(registry, "books", "anna", "They asked us to wait.")
    with pytest.raises(RegistryError, match=r"books is paused by anna: They .* `lakehouse resume books`"):
        hand.pause(registry, "books", "bert", "")
    hand.retire(registry, "books", "anna", "The court closed.")
    for act in (hand.pause, hand.retire):
        with pytest.raises(RegistryError, match="retired by anna: The court closed"):
            act(registry, "books", "bert", "")
    assert kinds(registry)[-2:] == ["paused", "retired"]


def test_a_retired_source_can_be_called_back(registry: Registry) -> None:
    hand.retire(registry, "books", "anna", "The court closed.")
    hand.resume(registry, "books", "anna", "It opened again.")
    assert logged_state(registry, "books").state == "new"


def test_nothing_is_resumed_that_runs(registry: Registry) -> None:
    with pytest.raises(RegistryError, match="neither paused nor retired"):
        hand.resume(registry, "books", "anna", "")


def test_nothing_is_decided_about_a_source_that_is_not_there(registry: Registry) -> None:
    for act in (hand.pause, hand.retire, hand.resume, hand.approve, hand.refuse):
        with pytest.raises(RegistryError):
            act(registry, "boks", "anna", "")
    assert registry.sources() == ["books"]


def test_an_approved_repair_is_in_force_and_tells_its_incident_and_days(registry: Registry, site: LittleSite) -> None:
    staged = waits(registry, site, days=(BAD, WORSE), refetch=True)
    done = hand.approve(registry, "books", "anna", "I looked at it.")
    assert registry.in_force("books").code == staged.code
    assert (done.release.number, done.release.author) == (2, "doctor")
    assert (done.incident, done.days, done.refetch) == ("0001", (BAD, WORSE), True)
    entry = registry.audit("books")[-1]
    assert (entry.kind, entry.author, entry.reason) == ("approved", "anna", "I looked at it.")
    assert entry.details == {"incident": "0001", "staged": staged.id, "release": 2}
    assert logged_state(registry, "books").waiting == ""


def test_a_refused_repair_is_gone_and_the_release_in_force_stays(registry: Registry, site: LittleSite) -> None:
    waits(registry, site)
    stage(registry, site, "# left behind\n")
    assert len(hand.refuse(registry, "books", "anna", "It reads the wrong column.")) == 2
    assert registry.waiting("books") == []
    assert registry.in_force("books").number == 1
    assert kinds(registry)[-2:] == ["refused", "refused"]
    found = logged_state(registry, "books")
    assert (found.incident, found.strikes) == ("", 1)


def test_where_nothing_waits_there_is_nothing_to_decide(registry: Registry) -> None:
    for act in (hand.approve, hand.refuse):
        with pytest.raises(RegistryError, match=r"no repair of books waits .* `lakehouse fix books`"):
            act(registry, "books", "anna", "")


def test_of_several_candidates_the_one_that_the_log_asks_about_is_meant(registry: Registry, site: LittleSite) -> None:
    stage(registry, site, "# by hand\n")
    staged = waits(registry, site)
    assert hand.chosen(registry, "books").id == staged.id


def test_of_several_candidates_that_nobody_asked_about_one_must_be_named(registry: Registry, site: LittleSite) -> None:
    first, second = stage(registry, site, "# 1\n"), stage(registry, site, "# 2\n")
    with pytest.raises(RegistryError, match=f"--candidate: {first.id}, {second.id}"):
        hand.approve(registry, "books", "anna", "")
    with pytest.raises(RegistryError, match="has no candidate nonsense"):
        hand.refuse(registry, "books", "anna", "", "nonsense")
    assert [note.id for note in hand.refuse(registry, "books", "anna", "", second.id)] == [second.id]
    assert hand.approve(registry, "books", "anna", "", first.id[:-2]).release.code == first.code


def test_a_repair_that_was_proved_against_another_release_is_not_released(registry: Registry, site: LittleSite) -> None:
    waits(registry, site)
    release(registry, fetcher(site) + "# by hand\n")
    with pytest.raises(RegistryError, match="release 2 is in force since"):
        hand.approve(registry, "books", "anna", "")
    assert "approved" not in kinds(registry)


def test_missed_days_are_those_of_the_incident_and_the_bad_ones_after_it(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    for day in (GOOD, BAD, WORSE, FINE):
        if day == BAD:
            stock(site, tag="strong")
        if day == FINE:
            stock(site)
        fetch_day(lake, registry, "books", day)
        parse_day(lake, registry, "books", day)
    fetch_day(lake, registry, "books", "2026-01-05")
    assert hand.missed_days(lake, "books", (BAD,)) == [BAD, WORSE, "2026-01-05"]
    assert hand.missed_days(lake, "books", (WORSE, "2025-12-31")) == [BAD, WORSE, "2026-01-05"]
    assert hand.missed_days(lake, "books", (FINE,)) == [FINE, "2026-01-05"]
    assert hand.missed_days(lake, "books", ()) == [BAD, WORSE, "2026-01-05"]


def quarantine(registry: Registry) -> None:
    """Refuse three repairs; the incident is over then, and the source is no better."""
    registry.note("books", "incident opened", author="doctor", reason="volume failed", incident="0001")
    for _ in range(3):
        registry.note("books", "attempted", author="doctor", reason="No.", incident="0001", verdict="refuse")
    registry.note("books", "refused", author="doctor", reason="No.", incident="0001")


def test_a_release_by_hand_that_gives_good_data_ends_a_quarantine(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    fetch_day(lake, registry, "books", GOOD)
    parse_day(lake, registry, "books", GOOD)
    quarantine(registry)
    assert hand.well_again(lake, registry, "books", "anna") is None
    release(registry, fetcher(site, MENDED))
    assert hand.well_again(lake, registry, "books", "anna") is None
    parse_day(lake, registry, "books", GOOD)
    entry = hand.well_again(lake, registry, "books", "anna")
    assert entry is not None
    assert (entry.kind, entry.details["release"], entry.details["days"]) == ("healed", 2, [GOOD])
    assert logged_state(registry, "books").strikes == 0


def test_a_release_by_hand_that_gives_bad_data_ends_nothing(lake: Lake, registry: Registry, site: LittleSite) -> None:
    fetch_day(lake, registry, "books", GOOD)
    quarantine(registry)
    release(registry, fetcher(site, FETCHER.replace("li.book", "li.magazine")))
    parse_day(lake, registry, "books", GOOD)
    assert hand.well_again(lake, registry, "books", "anna") is None
    assert logged_state(registry, "books").state == "quarantined"
