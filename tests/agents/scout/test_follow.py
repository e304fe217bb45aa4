"""What is followed is what a second page has proved."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from lakehouse.agents.blueprint import Blueprint, Follow, Turn
from lakehouse.agents.scout.follow import Verified, are_alike, is_next, verify
from lakehouse.agents.scout.formats.json_api import json_findings
from lakehouse.errors import NotFeasible
from lakehouse.fetcher import Page
from tests.agents.scout.formats.answers import answer, many
from tests.agents.scout.listings import blueprint, detail, listing

NEXT = '<a rel="next" href="/list/2">more</a>'
SECOND = "https://a.example/list/2"
API = "https://api.example/cases"


class Shelf:
    """Gives pages by their address, and notes what was asked for."""

    def __init__(self, *pages: Page) -> None:
        self.pages: Mapping[str, Page] = {page.url: page for page in pages}
        self.asked: list[str] = []

    async def fetch(self, url: str) -> Page:
        """Give a page, or say that there is none."""
        self.asked.append(url)
        if url not in self.pages:
            raise NotFeasible("there is no page at this address.", url=url, reason="missing")
        return self.pages[url]


def verified(page: Page, shelf: Shelf, plan: Blueprint | None = None) -> Verified:
    """Try what may be followed from a page."""
    return asyncio.run(verify(plan or blueprint(), page, shelf.fetch))


def test_a_next_page_with_other_records_is_followed() -> None:
    second = listing(range(6, 11), url=SECOND)
    found = verified(listing(range(1, 6), NEXT), Shelf(second))
    assert found.blueprint.follow.next_page == "a[rel~=next]"
    assert found.next_pages == (second,)


def test_a_page_with_the_same_records_is_not() -> None:
    found = verified(listing(range(1, 6), NEXT), Shelf(listing(range(1, 6), url=SECOND)))
    assert found.blueprint.follow == Follow()
    assert found.next_pages == ()


def test_a_page_of_another_kind_is_not() -> None:
    other = Page(SECOND, b"<html><body><h1>Next steps</h1><p>Pay here.</body></html>", "text/html")
    assert verified(listing(range(1, 6), NEXT), Shelf(other)).blueprint.follow == Follow()


def test_a_page_whose_fields_are_empty_is_not() -> None:
    hollow = Page(SECOND, b"<ul><li class=case>x<li class=case>y</ul>", "text/html")
    assert verified(listing(range(1, 6), NEXT), Shelf(hollow)).blueprint.follow == Follow()


def test_a_page_that_cannot_be_fetched_is_not() -> None:
    shelf = Shelf()
    assert verified(listing(range(1, 6), NEXT), shelf).blueprint.follow == Follow()
    assert SECOND in shelf.asked


def test_a_link_back_and_forth_is_no_way_on() -> None:
    back = listing(range(6, 11), '<a rel="next" href="/list">more</a>', url=SECOND)
    assert not is_next(blueprint(), listing(range(1, 6), NEXT), back, Follow(next_page="a[rel~=next]"))


def test_a_few_records_that_slid_on_do_not_matter() -> None:
    assert is_next(
        blueprint(), listing(range(1, 11), NEXT), listing(range(8, 18), url=SECOND), Follow(next_page="a[rel~=next]")
    )


def test_the_second_proposal_is_tried_where_the_first_fails() -> None:
    pager = (
        '<a rel="next" href="/news">more</a><p><strong>1</strong> <a href="/list/2">2</a> <a href="/list/3">3</a></p>'
    )
    found = verified(listing(range(1, 6), pager), Shelf(listing(range(6, 11), url=SECOND)))
    assert found.blueprint.follow.next_page == "p > strong + a"


def test_no_address_is_asked_for_twice() -> None:
    pager = '<a rel="next" class="next" aria-label="next" href="/list/2">Next</a><a href="?page=2">x</a>'
    shelf = Shelf()
    verified(listing(range(1, 6), pager), shelf)
    turns = [url for url in shelf.asked if "/case/" not in url]
    assert len(turns) == len(set(turns)) == 2


def test_details_that_are_built_alike_are_followed() -> None:
    found = verified(listing(range(1, 6)), Shelf(detail(1), detail(2)))
    assert found.blueprint.follow.details == "li.case h3 a"
    assert [page.url for page in found.details] == ["https://a.example/case/1", "https://a.example/case/2"]


def test_details_that_all_say_the_same_are_not() -> None:
    same = [Page(f"https://a.example/case/{n}", b"<html><body><h1>Please log in</h1></body></html>") for n in (1, 2)]
    assert verified(listing(range(1, 6)), Shelf(*same)).blueprint.follow.details == ""


def test_details_of_unlike_build_are_not() -> None:
    odd = Page("https://a.example/case/2", b"<html><body><table class=z><tr><td>1</table></body></html>")
    assert not are_alike(listing(range(1, 6)), detail(1), odd)
    assert are_alike(listing(range(1, 6)), detail(1), detail(2))


def test_pages_of_json_are_turned_by_what_works() -> None:
    page = answer({"total": 8, "items": many(4)}, API)
    shelf = Shelf(
        answer({"total": 8, "items": many(4)}, f"{API}?page=2"),
        answer({"total": 8, "items": many(4, 2)}, f"{API}?offset=4"),
    )
    found = verified(page, shelf, json_findings(page)[0])
    assert found.blueprint.follow.turn == Turn(parameter="offset", step=4, first=0)


def test_a_token_that_leads_on_is_followed() -> None:
    page = answer({"next_cursor": "c2", "items": many(4)}, API)
    found = verified(
        page, Shelf(answer({"next_cursor": None, "items": many(4, 2)}, f"{API}?cursor=c2")), json_findings(page)[0]
    )
    assert found.blueprint.follow.turn == Turn(parameter="cursor", cursor="next_cursor")


def test_nothing_is_fetched_where_nothing_is_proposed() -> None:
    page = answer(many(4), API)
    shelf = Shelf()
    assert verified(page, shelf, json_findings(page)[0]).blueprint.follow == Follow()
    assert shelf.asked == []


def test_the_rule_that_a_blueprint_has_is_tried_too() -> None:
    plan = blueprint().model_copy(update={"follow": Follow(next_page="a.on")})
    found = verified(
        listing(range(1, 6), '<a class="on" href="/list/2">go</a>'), Shelf(listing(range(6, 11), url=SECOND)), plan
    )
    assert found.blueprint.follow.next_page == "a.on"


def test_a_list_of_all_numbers_is_followed_though_it_leads_back_as_well() -> None:
    pager = '<p class="pages"><a href="/list">1</a> <a href="/list/2">2</a> <a href="/list/3">3</a></p>'
    found = verified(listing(range(1, 6), pager), Shelf(listing(range(6, 11), pager, SECOND)))
    assert found.blueprint.follow.next_page == "p.pages a"


def test_a_link_that_leads_back_and_is_no_number_is_not() -> None:
    back = '<a class="next" href="/list">back</a>'
    found = verified(
        listing(range(1, 6), '<a class="next" href="/list/2">on</a>'), Shelf(listing(range(6, 11), back, SECOND))
    )
    assert found.blueprint.follow == Follow()
