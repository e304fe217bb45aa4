"""The case of an incident: what is known of the good day, and what failed."""

from __future__ import annotations

from lakehouse.agents.doctor.cases import case_of
from lakehouse.agents.doctor.evidence import gather
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.agents.doctor.broken_books import BAD, GOOD, redesign, run
from tests.agents.doctor.posts import DAYS, POSTS, open_board, stock
from tests.agents.doctor.posts import run as run_board
from tests.little_site import Answer, LittleSite


def test_the_blueprint_of_a_release_without_one_is_learned_with_its_start_and_its_way_on(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    redesign(lake, registry, site)
    case = case_of(lake, registry, gather(lake, registry, "books", "checks", BAD))
    assert case is not None
    assert case.blueprint.start == site.url("/books")
    assert case.blueprint.follow.next_page == "a[class~=next]"
    assert len(case.records) == 10


def test_it_is_learned_from_the_page_that_the_day_began_with(lake: Lake, registry: Registry, site: LittleSite) -> None:
    run(lake, registry, GOOD)
    site.pages["/books"] = Answer(site.pages["/books?p=2"].body.replace(b"<b>", b"<u>"))
    run(lake, registry, BAD)
    incident = gather(lake, registry, "books", "checks", BAD)
    case = case_of(lake, registry, incident.model_copy(update={"good": incident.good[::-1]}))
    assert case is not None
    assert case.known[0].page.url == site.url("/books?p=2")
    assert (case.blueprint.start, case.blueprint.follow.next_page) == (site.url("/books"), "a[class~=next]")


def test_pages_of_records_are_kept_apart_from_the_listing_that_leads_there(lake: Lake, site: LittleSite) -> None:
    registry = open_board(lake, site)
    stock(site, posts="new")
    run_board(lake, registry, DAYS[2])
    case = case_of(lake, registry, gather(lake, registry, "posts", "checks", DAYS[2]))
    assert case is not None
    assert case.whole is not None
    assert case.blueprint == case.whole.of_records
    assert [page.url for page in case.listing] == [site.url("/board")]
    assert len(case.failing) == len(case.records) == POSTS
