"""Where records stand on pages of their own, the doctor repairs these pages, the listing that leads there, or both."""

from __future__ import annotations

import pytest

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.doctor.doctor import Doctor
from lakehouse.lake import Lake
from tests.agents.doctor.posts import DAYS, POSTS, addresses, behind, carried_out, open_board, run, stock
from tests.little_site import LittleSite


def test_pages_of_records_that_were_built_anew_are_read_again_on_all_missed_days(lake: Lake, site: LittleSite) -> None:
    registry = open_board(lake, site)
    stock(site, posts="new")
    for day in DAYS[2:]:
        assert not run(lake, registry, day).passed
    doctor = Doctor(lake, registry)
    incident = doctor.open("posts", trigger="checks")
    assert incident is not None
    assert behind(incident) > 0
    treatment = doctor.treat(incident)
    assert (treatment.verdict, treatment.why[1:]) == ("release", ()), treatment.why
    assert carried_out(lake, registry, treatment) == dict.fromkeys(DAYS[2:], POSTS)
    assert addresses(lake, DAYS[2]) == {f"post/{number}" for number in range(POSTS)}
    ended = doctor.settle("posts")
    assert ended is not None
    assert ended.kind == "healed"
    plan = Blueprint.model_validate(registry.in_force("posts").blueprint)
    assert plan.details is not None
    assert plan.follow.details == "li.post a"


@pytest.mark.parametrize("posts", ["old", "new"], ids=["the listing alone", "the listing and the pages behind it"])
@pytest.mark.parametrize("section", ["post", "vacancy"], ids=["known addresses", "other addresses"])
def test_a_listing_that_was_built_anew_leads_to_its_records_again(
    lake: Lake, site: LittleSite, posts: str, section: str
) -> None:
    registry = open_board(lake, site)
    stock(site, listing="new", posts=posts, section=section)
    for day in DAYS[2:]:
        assert run(lake, registry, day).rows == 0
    doctor = Doctor(lake, registry)
    incident = doctor.open("posts", trigger="checks")
    assert incident is not None
    assert behind(incident) == 0
    treatment = doctor.treat(incident)
    assert (treatment.verdict, treatment.refetch, treatment.lost) == ("release", True, (DAYS[2],)), treatment.why
    assert carried_out(lake, registry, treatment) == {DAYS[3]: POSTS}
    assert addresses(lake, DAYS[3]) == {f"{section}/{number}" for number in range(POSTS)}
    ended = doctor.settle("posts")
    assert ended is not None
    assert (ended.kind, ended.details["days"]) == ("healed", [DAYS[3]])


def test_a_listing_that_leads_nowhere_is_left_to_a_person(lake: Lake, site: LittleSite) -> None:
    registry = open_board(lake, site)
    stock(site, listing="new")
    site.pages = {"/board": site.pages["/board"]}
    run(lake, registry, DAYS[3])
    doctor = Doctor(lake, registry)
    incident = doctor.open("posts", trigger="checks")
    assert incident is not None
    treatment = doctor.treat(incident)
    assert treatment.release is None
    assert registry.in_force("posts").number == 1
