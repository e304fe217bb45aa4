"""Addresses that a page leads to: the next one by its query or a link, and those of its records."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.blueprint import FieldPlan, Follow, Turn
from lakehouse.agents.scout.detail_links import are_details, detail_links
from lakehouse.agents.scout.feasibility import page_count, requests
from lakehouse.agents.scout.page_numbers import numbered
from lakehouse.agents.scout.pager import MOST, html_turns
from lakehouse.agents.scout.turn import next_address, turned
from lakehouse.fetcher import Page
from tests.agents.scout.listings import START, blueprint, listing

QUERIES = st.lists(st.tuples(st.sampled_from(["q", "sort", "tag[]", "ä"]), st.text(max_size=6)), max_size=4)


def query_of(url: str | None) -> list[tuple[str, str]]:
    """Give the query of an address."""
    return parse_qsl(urlsplit(url or "").query, keep_blank_values=True)


@given(QUERIES, st.integers(0, 10**5), st.integers(1, 100))
def test_counting_on_leaves_the_rest_of_the_query_as_it_is(kept: list[tuple[str, str]], now: int, step: int) -> None:
    page = Page(f"https://a.example/x?{urlencode([*kept, ('at', str(now))])}", b"<p>")
    assert query_of(turned(page, Turn(parameter="at", step=step, first=0))) == [*kept, ("at", str(now + step))]


@given(st.text(min_size=1, max_size=20))
def test_any_token_arrives_as_it_was_given(token: str) -> None:
    page = Page("https://a.example/x?cursor=old", json.dumps({"next": token}).encode())
    url = turned(page, Turn(parameter="cursor", cursor="next"))
    assert query_of(url) == [("cursor", token)]


@pytest.mark.parametrize("written", ["-1", "1.5", "٣", "1e3", " 1", "²"])
def test_what_is_no_plain_number_is_not_counted_on(written: str) -> None:
    assert turned(Page(f"https://a.example/x?page={written}", b"<p>"), Turn(parameter="page")) is None


def test_a_parameter_that_stands_twice_stands_once_after_turning() -> None:
    page = Page("https://a.example/x?page=1&page=4", b"<p>")
    assert turned(page, Turn(parameter="page")) == "https://a.example/x?page=5"


def test_path_and_host_stay_when_a_page_is_turned() -> None:
    page = Page("https://a.example:8443/x/y;z?page=1", b"<p>")
    assert turned(page, Turn(parameter="page")) == "https://a.example:8443/x/y;z?page=2"


def test_a_link_to_the_same_page_is_passed_over_for_one_that_leads_on() -> None:
    page = listing(range(1, 4), f'<p class="next"><a href="{START}">1</a> <a href="/list/2">2</a></p>')
    assert next_address(page, Follow(next_page=".next a")) == "https://a.example/list/2"
    assert next_address(page, Follow(next_page=".nothing a")) is None


def test_the_surest_sign_of_a_next_page_comes_first() -> None:
    pager = '<a href="/list/3">Next</a><a class="next" href="/list/4">on</a><a rel="next" href="/list/2">more</a>'
    assert html_turns(listing(range(1, 4), pager))[0] == Follow(next_page="a[rel~=next]")


def test_a_name_for_next_that_leads_to_several_places_is_none() -> None:
    pager = '<a class="next" href="/list/2">one</a><a class="next" href="/list/3">other</a>'
    assert html_turns(listing(range(1, 4), pager)) == []


def test_a_link_that_is_named_twice_is_proposed_once() -> None:
    pager = '<a rel="next" class="next" title="next" aria-label="next" href="/list/2">onward</a>'
    assert [follow.next_page for follow in html_turns(listing(range(1, 4), pager))] == ["a[rel~=next]"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["1", "2", "3", "9", "next", ">", "2024", "Older", 'a "b"', ""]),
            st.sampled_from(["/list", "/list/2", "?page=2", "?page=x", "#top", "", "?offset=20"]),
            st.sampled_from(["", "class=next", "rel=next", "class=active", "aria-label=Next"]),
        ),
        max_size=10,
    )
)
def test_in_any_pager_the_proposals_are_few_and_none_leads_back_to_its_page(links: list[tuple[str, str, str]]) -> None:
    pager = " ".join(f'<a {mark} href="{address}">{text}</a>' for text, address, mark in links)
    page = listing(range(1, 4), f"<nav>{pager}</nav>")
    found = html_turns(page)
    assert len(found) <= MOST
    assert len(found) == len(set(found))
    assert all(next_address(page, follow) != page.url for follow in found)


@given(st.integers(2, 60))
def test_the_length_of_a_listing_is_its_last_number(last: int) -> None:
    shown = sorted({2, 3, last})
    pager = "".join(f"<a href='/list/{n}'>{n}</a>" for n in shown)
    page = listing(range(1, 4), f"<nav>{pager}</nav>")
    assert max(numbered(page)) == max(shown)
    assert page_count(page, blueprint().model_copy(update={"follow": Follow(next_page="nav a")})) == max(shown)


def test_a_listing_that_does_not_say_how_long_it_is_has_no_count() -> None:
    plan = blueprint().model_copy(update={"follow": Follow(turn=Turn(parameter="page"))})
    assert page_count(listing(range(1, 4)), plan) is None
    assert page_count(listing(range(1, 4)), blueprint()) == 1


@given(st.integers(1, 500), st.integers(0, 100))
def test_every_page_and_every_followed_record_is_one_request(pages: int, rows: int) -> None:
    followed = blueprint().model_copy(update={"follow": Follow(details="li.case h3 a")})
    assert requests(followed, pages, rows) == pages + pages * rows
    assert requests(blueprint(), pages, rows) == requests(None, pages, rows) == pages


@given(st.sets(st.integers(1, 9999), min_size=2, max_size=12), st.sampled_from(["/case/{}", "/s?id={}", "/c/{}/view"]))
def test_addresses_of_one_form_are_details_and_with_a_stranger_in_every_second_row_not(
    numbers: set[int], form: str
) -> None:
    own = [f"https://a.example{form.format(number)}" for number in sorted(numbers)]
    page = Page(START, b"<p>")
    assert are_details(page, own, len(own))
    mixed = [url if place % 2 else f"https://b.example/{place}" for place, url in enumerate(own)]
    assert not are_details(page, mixed, len(own))


def test_addresses_for_too_few_of_the_rows_are_no_details() -> None:
    own = [f"https://a.example/case/{number}" for number in range(8)]
    assert are_details(Page(START, b"<p>"), own, 10)
    assert not are_details(Page(START, b"<p>"), own[:7], 10)


def test_a_field_that_reads_files_gives_no_details_but_the_heading_does() -> None:
    files = FieldPlan(name="file", reader="link", selectors=("a[href$=pdf]@href",))
    plan = blueprint().model_copy(update={"fields": (files,)})
    assert detail_links(listing(range(1, 6)), plan) == ["li.case h3 a"]
