"""A healer that was killed is gone on with: nothing is released twice, and nothing is told twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lakehouse.agents.doctor.doctor import Doctor
from lakehouse.agents.doctor.incident import Incident
from lakehouse.agents.doctor.incidents import AUTHOR
from lakehouse.agents.doctor.putting import does_the_same
from lakehouse.agents.doctor.status import logged_state
from lakehouse.agents.doctor.taken_up import reads_failing_days
from lakehouse.agents.doctor.treatment import Treatment
from lakehouse.engine import parse_day
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from lakehouse.registry.layout import audit_folder
from tests.agents.doctor.shop import DAYS, NAME, open_shop, run, shelf
from tests.little_site import LittleSite, html
from tests.prepared import Prepared, prepared

BAD = DAYS[3:5]


@pytest.fixture(scope="module")
def five_days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """Return a shop that had three good days, and two on which its prices are not found."""

    def fill(lake: Lake, site: LittleSite) -> None:
        registry = open_shop(lake, site)
        for number, day in enumerate(DAYS[:5]):
            site.pages["/shop"] = shelf("cost" if day in BAD else "price amount", first=number)
            run(lake, registry, day)

    yield from prepared(tmp_path_factory.mktemp("store"), fill)


@pytest.fixture
def site(five_days: Prepared) -> LittleSite:
    """Return the site of the shop."""
    return five_days.site_as_it_was()


@pytest.fixture
def broken(five_days: Prepared, lake: Lake) -> Registry:
    """Return the registry of the shop, in a lake of its own."""
    return five_days.filled(lake)


def heal(lake: Lake, registry: Registry) -> Treatment:
    """Do what a healer does before it parses."""
    doctor = Doctor(lake, registry)
    doctor.settle(NAME)
    return doctor.treat(opened(doctor))


def opened(doctor: Doctor) -> Incident:
    incident = doctor.open(NAME, trigger="checks", day=BAD[-1])
    assert incident is not None
    return incident


def parse(lake: Lake, registry: Registry, *days: str) -> None:
    for day in days:
        parse_day(lake, registry, NAME, day)
    Doctor(lake, registry).settle(NAME)


def kinds(registry: Registry) -> list[str]:
    return [entry.kind for entry in registry.audit(NAME)]


def forget(lake: Lake, registry: Registry, kind: str) -> None:
    """Take the last event of a kind off the log: the healer was killed before it could write it."""
    [*_, entry] = [entry for entry in registry.audit(NAME) if entry.kind == kind]
    lake.objects.delete(f"{audit_folder(NAME)}{entry.id}.json")


@pytest.mark.parametrize("unlogged", [False, True])
def test_a_release_whose_healer_was_killed_before_the_parse_is_not_made_again(
    lake: Lake, broken: Registry, unlogged: bool
) -> None:
    first = heal(lake, broken)
    if unlogged:
        forget(lake, broken, "attempted")
    again = heal(lake, broken)
    assert (again.verdict, again.release, again.days) == ("release", 2, tuple(BAD))
    assert again.method == first.method
    assert [note.number for note in broken.releases(NAME)] == [1, 2]
    parse(lake, broken, *again.days)
    assert kinds(broken)[2:] == ["incident opened", "diagnosed", "released", "attempted", "healed"]
    healed = broken.audit(NAME)[-1].details
    assert (healed["release"], healed["method"], healed["days"]) == (2, first.method, BAD)


def unparse(lake: Lake) -> None:
    """Leave the failing days as a run leaves them that broke before it could say anything of them."""
    checks = lake.table(f"silver/{NAME}__checks")
    for day in BAD:
        checks.replace_day(day, checks.read([day]).clear())


def test_days_that_were_never_parsed_are_gone_on_with_as_others_are(lake: Lake, broken: Registry) -> None:
    first = heal(lake, broken)
    unparse(lake)
    again = heal(lake, broken)
    assert (again.verdict, again.release, again.method) == ("release", 2, first.method)
    parse(lake, broken, *again.days)
    assert kinds(broken)[2:] == ["incident opened", "diagnosed", "released", "attempted", "healed"]


def test_days_that_were_never_parsed_are_looked_into_where_the_release_was_not_made_for_them(
    lake: Lake, broken: Registry
) -> None:
    incident = opened(Doctor(lake, broken))
    mended = broken.in_force(NAME).code.replace("span.price", "span.cost")
    broken.release(broken.stage(NAME, mended, {}, {}, author="anna"), "mended by hand")
    assert reads_failing_days(lake, broken, incident)
    unparse(lake)
    assert not reads_failing_days(lake, broken, incident)


def test_a_healer_that_was_killed_between_two_days_goes_on_with_the_other(lake: Lake, broken: Registry) -> None:
    heal(lake, broken)
    parse(lake, broken, BAD[0])
    again = heal(lake, broken)
    parse(lake, broken, *again.days)
    assert [note.number for note in broken.releases(NAME)] == [1, 2]
    assert kinds(broken)[2:] == ["incident opened", "diagnosed", "released", "attempted", "healed"]


def test_what_was_staged_by_a_healer_that_was_killed_is_released_once_and_none_is_left(
    lake: Lake, broken: Registry
) -> None:
    planned = Doctor(lake, broken).plan(opened(Doctor(lake, broken)))
    broken.stage(NAME, planned.code, {}, {}, author=AUTHOR)
    parse(lake, broken, *heal(lake, broken).days)
    assert [note.number for note in broken.releases(NAME)] == [1, 2]
    assert broken.waiting(NAME) == []
    assert kinds(broken)[-1] == "healed"


def test_a_killed_healer_is_no_strike_against_its_source(lake: Lake, broken: Registry) -> None:
    for _ in range(4):
        heal(lake, broken)
    found = logged_state(broken, NAME)
    assert (found.state, found.strikes, found.attempts_today) == ("degraded", 0, 1)


def test_a_release_by_hand_that_reads_the_failing_days_is_not_released_over(lake: Lake, broken: Registry) -> None:
    mended = broken.in_force(NAME).code.replace("span.price", "span.cost")
    broken.release(broken.stage(NAME, mended, {}, {}, author="anna"), "mended by hand")
    treatment = heal(lake, broken)
    assert (treatment.verdict, treatment.release, treatment.method) == ("release", 2, "in force")
    parse(lake, broken, *treatment.days)
    assert broken.in_force(NAME).author == "anna"
    assert kinds(broken)[-1] == "healed"


def test_a_release_by_hand_that_does_not_read_them_is_repaired(lake: Lake, broken: Registry) -> None:
    careless = broken.in_force(NAME).code + "# mended\n"
    broken.release(broken.stage(NAME, careless, broken.in_force(NAME).blueprint, {}, author="anna"), "in a hurry")
    treatment = heal(lake, broken)
    assert (treatment.verdict, treatment.release) == ("release", 3)


def test_where_a_day_fails_with_the_release_itself_the_doctor_looks_again(
    lake: Lake, broken: Registry, site: LittleSite
) -> None:
    heal(lake, broken)
    site.pages["/shop"] = html("<!doctype html><p>Our catalogue is being printed, call us for it.</p>")
    assert not run(lake, broken, DAYS[5]).passed
    again = heal(lake, broken)
    assert again.release != 2
    assert kinds(broken).count("attempted") == 2


def test_modules_that_tell_of_other_origins_do_the_same() -> None:
    one = '"""Fetcher of `shop`, written on Monday."""\n\n\ndef start():\n    yield 1\n'
    assert does_the_same(one, one.replace("Monday", "Tuesday"))
    assert does_the_same(one, "def start():\n    yield 1  # the first\n")
    assert not does_the_same(one, one.replace("yield 1", "yield 2"))
