"""A release without a blueprint went on by the links that lead to what it fetched."""

from __future__ import annotations

from lakehouse.agents.blueprint import Follow, Turn
from lakehouse.agents.doctor.repair.ways import ways
from tests.agents.scout.listings import START, blueprint, listing

NEXT = '<a rel="next" href="/list/2">on</a> <a class="next-case" href="/list/tomorrow">tomorrow</a>'


def test_the_link_to_a_page_that_was_fetched_is_the_way() -> None:
    page = listing(range(1, 6), NEXT)
    assert ways(blueprint(), page, [START, "https://a.example/list/2"]) == Follow(next_page="a[rel~=next]")
    other = ways(blueprint(), page, [START, "https://a.example/list/tomorrow"])
    assert other.next_page.startswith("a[class*=next i]")


def test_a_parameter_that_was_counted_is_counted_on() -> None:
    page = listing(range(1, 6), '<a href="?page=2">x</a><a href="?page=3">y</a>')
    assert ways(blueprint(), page, [START, f"{START}?page=2"]).turn == Turn(parameter="page", step=1, first=1)


def test_records_whose_pages_were_fetched_have_such_pages() -> None:
    cases = [f"https://a.example/case/{number}" for number in range(1, 6)]
    assert ways(blueprint(), listing(range(1, 6)), [START, *cases]) == Follow(details="li.case h3 a")
    assert ways(blueprint(), listing(range(1, 6)), [START, cases[0]]) == Follow()


def test_one_page_alone_leads_nowhere() -> None:
    assert ways(blueprint(), listing(range(1, 6), NEXT), [START]) == Follow()
    assert ways(blueprint(), listing(range(1, 6), NEXT), [START, "https://a.example/about"]) == Follow()
