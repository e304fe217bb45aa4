"""Days on which the site showed a wall or nothing at all: they hold up no repair, and no incident for ever."""

from __future__ import annotations

import pytest

from lakehouse.agents.doctor.doctor import Doctor
from lakehouse.agents.doctor.incidents import Incidents
from lakehouse.agents.doctor.settling import settle
from lakehouse.agents.doctor.status import source_state
from lakehouse.agents.doctor.treatment import Treatment
from lakehouse.engine import fetch_day, parse_day
from lakehouse.errors import FetchFailed, NothingToParse
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.agents.doctor.shop import DAYS, NAME, open_shop, run, shelf
from tests.little_site import Answer, LittleSite, html

WALL = html(
    "<!doctype html><title>Sign in</title><form action=/login method=post><input type=password name=p>"
    "<input name=user><button>Log in</button></form>"
)
RENAMED = "cost value"


@pytest.fixture
def shop(lake: Lake, site: LittleSite) -> Registry:
    """Return the registry of a shop with two good days."""
    registry = open_shop(lake, site)
    site.pages["/shop"] = shelf()
    for day in DAYS[:2]:
        run(lake, registry, day)
    return registry


def heal(lake: Lake, registry: Registry, day: str) -> Treatment:
    """Let the doctor work on a day, parse what it repaired, and settle."""
    doctor = Doctor(lake, registry)
    incident = doctor.open(NAME, trigger="checks", day=day)
    assert incident is not None
    treatment = doctor.treat(incident)
    for each in treatment.days:
        parse_day(lake, registry, NAME, each)
    settle(lake, registry, NAME)
    return treatment


def test_a_redesign_after_a_day_with_a_wall_is_healed_and_the_day_of_the_wall_is_lost(
    lake: Lake, shop: Registry, site: LittleSite
) -> None:
    site.pages["/shop"] = WALL
    run(lake, shop, DAYS[2])
    assert heal(lake, shop, DAYS[2]).diagnosis.cause == "blocked"
    site.pages["/shop"] = shelf(RENAMED)
    run(lake, shop, DAYS[3])
    treatment = heal(lake, shop, DAYS[3])
    assert (treatment.verdict, treatment.days, treatment.lost) == ("release", (DAYS[3],), (DAYS[2],))
    assert source_state(lake, shop, NAME).state == "active"


def test_a_wall_that_is_gone_the_next_day_leaves_no_incident_behind(
    lake: Lake, shop: Registry, site: LittleSite
) -> None:
    site.pages["/shop"] = WALL
    run(lake, shop, DAYS[2])
    heal(lake, shop, DAYS[2])
    assert Incidents(lake, shop, NAME).current() is not None
    site.pages["/shop"] = shelf()
    run(lake, shop, DAYS[3])
    ended = settle(lake, shop, NAME)
    assert ended is not None
    assert (ended.kind, ended.details["lost"]) == ("closed", [DAYS[2]])
    assert Incidents(lake, shop, NAME).current() is None
    assert source_state(lake, shop, NAME).state == "active"


def test_a_day_on_which_the_site_was_down_holds_nothing_up(lake: Lake, shop: Registry, site: LittleSite) -> None:
    site.pages["/shop"] = Answer(b"down", status=503)
    with pytest.raises(FetchFailed):
        fetch_day(lake, shop, NAME, DAYS[2])
    doctor = Doctor(lake, shop)
    incident = doctor.open(NAME, trigger="run", day=DAYS[2], error="the site is down")
    assert incident is not None
    doctor.treat(incident)
    site.pages["/shop"] = shelf()
    run(lake, shop, DAYS[3])
    settle(lake, shop, NAME)
    assert Incidents(lake, shop, NAME).current() is None


def test_while_no_good_day_follows_the_incident_stays_open(lake: Lake, shop: Registry, site: LittleSite) -> None:
    site.pages["/shop"] = WALL
    run(lake, shop, DAYS[2])
    heal(lake, shop, DAYS[2])
    assert settle(lake, shop, NAME) is None
    with pytest.raises(NothingToParse):
        parse_day(lake, shop, NAME, DAYS[4])
    assert Incidents(lake, shop, NAME).current() is not None


def test_a_refused_repair_is_no_wall_and_is_not_closed_by_a_later_day(
    lake: Lake, shop: Registry, site: LittleSite
) -> None:
    site.pages["/shop"] = html(
        "<!doctype html><title>Lantern Books</title><h1>All our volumes</h1><p>We moved on.</p>" * 3
    )
    run(lake, shop, DAYS[2])
    treatment = heal(lake, shop, DAYS[2])
    assert treatment.diagnosis.is_repairable
    assert treatment.verdict == "refuse"
    site.pages["/shop"] = shelf()
    run(lake, shop, DAYS[3])
    assert settle(lake, shop, NAME) is None
