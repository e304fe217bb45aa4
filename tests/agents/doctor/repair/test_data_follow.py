"""A repaired source goes on to further pages: by its old ways where they lead, else by new ones."""

from __future__ import annotations

import pytest

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Follow, Rows, Turn
from lakehouse.agents.doctor.repair.data_follow import refollow
from lakehouse.fetcher import Page
from tests.agents.doctor.repair.permits import answer, permits

START = "https://permits.example/list"


def html(body: str, url: str = START) -> Page:
    return Page(url, f"<html><body>{body}</body></html>".encode(), "text/html")


def listing(follow: Follow = Follow(), start: str = START, selector: str = "tr") -> Blueprint:  # noqa: B008
    fields = (FieldPlan(name="url", reader="link", selectors=("a@href",)),)
    return Blueprint(
        kind="listing", start=start, rows=Rows(form="select", selector=selector), fields=fields, follow=follow
    )


def data(follow: Follow, path: str = "items") -> Blueprint:
    fields = (FieldPlan(name="url", reader="link", selectors=("url",)),)
    return Blueprint(kind="json", start=START, rows=Rows(form="json", selector=path), fields=fields, follow=follow)


def test_a_link_that_still_leads_on_is_kept() -> None:
    old = listing(Follow(next_page="a.more"))
    assert refollow(listing(), old, html('<a class="more" href="?page=2">on</a>')).follow == old.follow


def test_another_link_to_the_next_page_is_found() -> None:
    page = html('<a rel="next" href="/list?page=2">on</a>')
    found = refollow(listing(), listing(Follow(next_page="a.more")), page)
    assert found.follow.next_page == "a[rel~=next]"


def test_where_no_way_is_found_the_old_one_stays_for_pages_to_come() -> None:
    old = listing(Follow(next_page="a.more"))
    assert refollow(listing(), old, html("<p>one page</p>")).follow == old.follow


def test_a_selector_of_html_does_not_stay_on_data_where_it_would_raise() -> None:
    old = listing(Follow(next_page="a[rel=next]"))
    assert refollow(data(Follow()), old, answer({"items": permits()})).follow.next_page == ""


def test_a_source_that_followed_nothing_follows_nothing() -> None:
    page = html('<a rel="next" href="/list?page=2">on</a>')
    assert refollow(listing(), listing(), page).follow == Follow()


def test_pages_of_html_that_became_an_answer_are_turned_by_its_own_link() -> None:
    page = answer({"items": permits(), "links": {"next": "/api?page=2"}})
    found = refollow(data(Follow()), listing(Follow(next_page="a.more")), page)
    assert found.follow.next_page == "links.next"


@pytest.mark.parametrize(
    ("turn", "document", "wanted"),
    [
        (Turn(parameter="cursor", cursor="next"), {"next": "abc"}, Turn(parameter="cursor", cursor="next")),
        (Turn(parameter="cursor", cursor="next"), {"cursor": "abc"}, Turn(parameter="cursor", cursor="cursor")),
        (Turn(parameter="page"), {"total": 90}, Turn(parameter="page")),
    ],
)
def test_tokens_and_counts_are_kept_or_found_again(turn: Turn, document: dict[str, object], wanted: Turn) -> None:
    page = answer({"items": permits(), **document}, START)
    assert refollow(data(Follow()), data(Follow(turn=turn)), page).follow.turn == wanted


def test_links_to_the_records_own_pages_are_kept_or_found_again() -> None:
    rows = "".join(f'<tr><td><a class="go" href="/view/{number}">{number}</a></td></tr>' for number in range(5))
    page = html(f"<table>{rows}</table>")
    assert refollow(listing(), listing(Follow(details="a.go")), page).follow.details == "a.go"
    assert refollow(listing(), listing(Follow(details="a.gone")), page).follow.details == "tr a"
    assert refollow(listing(), listing(Follow(details="a.gone")), html("<p>none</p>")).follow.details == ""


@pytest.mark.parametrize(
    ("url", "start"),
    [
        (START, START),
        (f"{START}?page=1", START),
        ("https://permits.example/new/list", "https://permits.example/new/list"),
        ("https://data.example/list", "https://data.example/list"),
    ],
)
def test_a_source_starts_where_its_first_page_lies_now(url: str, start: str) -> None:
    assert refollow(listing(), listing(), html("", url)).start == start


@pytest.mark.parametrize("body", [b"", b"{", b"\x00", b"[1, 2"])
def test_a_broken_page_leaves_the_ways_as_they_were(body: bytes) -> None:
    old = data(Follow(next_page="links.next", turn=None))
    assert refollow(data(Follow()), old, Page(START, body, "application/json")).follow == old.follow
