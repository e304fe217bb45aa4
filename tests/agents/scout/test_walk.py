"""A listing is walked from page to page by the rules that were found on its first page, to its end and no further."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Blueprint, Follow
from lakehouse.agents.extract import extract
from lakehouse.agents.scout.follow import MOST_DETAILS, are_alike, is_next, proposals, verify
from lakehouse.agents.scout.formats.json_api import json_findings
from lakehouse.agents.scout.turn import next_address
from lakehouse.errors import NotFeasible
from lakehouse.fetcher import Page
from tests.agents.scout.formats.answers import answer, many
from tests.agents.scout.listings import START, blueprint, detail, listing

API = "https://api.example/cases"
SIZE = 4


class Archive:
    """Pages that are made when they are asked for, and the addresses in the order in which they were."""

    def __init__(self, make: Callable[[str], Page | None]) -> None:
        self.make = make
        self.asked: list[str] = []

    async def fetch(self, url: str) -> Page:
        """Give the page of an address, or say that there is none."""
        self.asked.append(url)
        page = self.make(url)
        if page is None:
            raise NotFeasible("there is no page at this address.", url=url, reason="missing")
        return page


def walk(archive: Archive, first: Page, plan: Blueprint) -> list[str]:
    """Verify a plan on its first page, follow it to the end, and give the titles on the way."""

    async def walking() -> list[str]:
        follow = (await verify(plan, first, archive.fetch)).blueprint.follow
        page: Page | None = first
        titles: list[str] = []
        while page is not None:
            records = extract(plan, page)
            titles += [str(record["title"]) for record in records]
            address = next_address(page, follow) if records else None
            page = await archive.fetch(address) if address else None
        return titles

    return asyncio.run(walking())


def numbered_site(pages: int) -> Callable[[str], Page | None]:
    """Give a maker of a listing in HTML whose pager is a list of numbers around the current one."""

    def make(url: str) -> Page | None:
        tail = url.removeprefix(START).removeprefix("?page=")
        number = int(tail or 1) if (tail or "1").isdigit() else 0
        if not 1 <= number <= pages:
            return None
        links = [
            f"<li class='here'><span>{n}</span></li>" if n == number else f"<li><a href='{START}?page={n}'>{n}</a></li>"
            for n in range(max(1, number - 2), min(pages, number + 2) + 1)
        ]
        return listing(range(number * SIZE, (number + 1) * SIZE), f"<ul class='pager'>{''.join(links)}</ul>", url)

    return make


@pytest.mark.parametrize("pages", [2, 3, 7])
def test_a_listing_with_numbers_of_pages_is_walked_to_its_last(pages: int) -> None:
    make = numbered_site(pages)
    first = make(START)
    assert first is not None
    assert walk(Archive(make), first, blueprint()) == [f"Case {n}" for n in range(SIZE, (pages + 1) * SIZE)]


def token_api(pages: int) -> Callable[[str], Page | None]:
    """Give a maker of answers that name the token of the next one, and none in the last."""

    def make(url: str) -> Page | None:
        number = int(url.partition("?cursor=t")[2] or 1)
        return answer({"items": many(SIZE, number), "next_cursor": f"t{number + 1}" if number < pages else None}, url)

    return make


def counted_api(pages: int) -> Callable[[str], Page | None]:
    """Give a maker of answers that are numbered in the address, and empty after the last."""

    def make(url: str) -> Page | None:
        number = int(url.partition("?page=")[2])
        return answer({"items": many(SIZE, number) if number <= pages else [], "total": pages * SIZE}, url)

    return make


def linked_api(pages: int) -> Callable[[str], Page | None]:
    """Give a maker of answers that link the next one."""

    def make(url: str) -> Page | None:
        number = int(url.partition("?part=")[2] or 1)
        link = f"{API}?part={number + 1}" if number < pages else None
        return answer({"items": many(SIZE, number), "links": {"next": link}}, url)

    return make


@settings(max_examples=12)
@given(
    st.sampled_from([(token_api, API), (counted_api, f"{API}?page=1"), (linked_api, API)]),
    st.integers(2, 5),
)
def test_answers_of_json_are_walked_to_the_last(
    api: tuple[Callable[[int], Callable[[str], Page | None]], str], pages: int
) -> None:
    make = api[0](pages)
    first = make(api[1])
    assert first is not None
    expected = [record["title"] for number in range(1, pages + 1) for record in many(SIZE, number)]
    assert walk(Archive(make), first, json_findings(first)[0]) == expected


def test_an_answer_that_is_the_same_for_any_number_is_not_turned() -> None:
    first = answer({"items": many(SIZE), "total": 40}, f"{API}?page=1")
    archive = Archive(lambda url: answer({"items": many(SIZE), "total": 40}, url))
    found = asyncio.run(verify(json_findings(first)[0], first, archive.fetch))
    assert found.blueprint.follow == Follow()
    assert f"{API}?page=2" in archive.asked


def test_the_first_page_is_never_asked_for_again() -> None:
    make = numbered_site(3)
    first = make(START)
    assert first is not None
    archive = Archive(make)
    asyncio.run(verify(blueprint(), first, archive.fetch))
    assert START not in archive.asked
    assert len(archive.asked) == len(set(archive.asked))


def test_no_more_details_are_read_than_are_needed_to_compare() -> None:
    archive = Archive(lambda url: detail(int(url.rpartition("/")[2])) if "/case/" in url else None)
    found = asyncio.run(verify(blueprint(), listing(range(1, 30)), archive.fetch))
    assert len(found.details) == len(archive.asked) == MOST_DETAILS


def test_one_missing_detail_is_enough_to_leave_details_alone() -> None:
    archive = Archive(lambda url: detail(1) if url.endswith("/case/1") else None)
    found = asyncio.run(verify(blueprint(), listing(range(1, 6)), archive.fetch))
    assert (found.blueprint.follow.details, found.details) == ("", ())


def test_a_page_with_half_of_its_records_new_is_next_and_with_fewer_is_not() -> None:
    first, follow = listing(range(1, 9)), Follow(next_page="a[rel~=next]")
    second = "https://a.example/list/2"
    assert is_next(blueprint(), first, listing(range(5, 13), url=second), follow)
    assert not is_next(blueprint(), first, listing(range(4, 12), url=second), follow)


def test_a_page_without_records_has_no_next_one() -> None:
    empty, full = listing(range(0)), listing(range(1, 5), url="https://a.example/list/2")
    assert not is_next(blueprint(), empty, full, Follow())
    assert not is_next(blueprint(), full, empty, Follow())


def test_the_rule_that_a_blueprint_has_comes_first_and_once() -> None:
    page = listing(range(1, 5), '<a rel="next" href="/list/2">more</a>')
    own = Follow(next_page="a[rel~=next]", details="li.case h3 a")
    found = proposals(page, blueprint().model_copy(update={"follow": own}))
    assert found[0] == Follow(next_page="a[rel~=next]")
    assert len(found) == len(set(found))


def test_rows_of_a_csv_are_turned_by_no_guess() -> None:
    page = Page("https://a.example/x.csv?page=1", b"a,b\n1,2\n3,4\n", "text/csv")
    assert proposals(page, blueprint().model_copy(update={"kind": "csv"})) == []


def test_answers_of_json_are_alike_by_their_keys() -> None:
    here = answer({"items": many(2)})
    one, other = answer({"id": 1, "judge": "Roe", "fee": 2}), answer({"id": 2, "judge": "Poe", "fee": 3})
    assert are_alike(here, one, other)
    assert not are_alike(here, one, answer({"error": "not found"}))
    assert not are_alike(here, one, detail(2))
