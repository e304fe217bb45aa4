"""How the pages of JSON answers may be turned."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Follow, Turn
from lakehouse.agents.scout.formats.json_api import json_findings
from lakehouse.agents.scout.formats.turning import MOST, json_turns
from lakehouse.agents.scout.turn import next_address
from tests.agents.scout.formats.answers import RECORDS, answer

API = "https://api.example/cases"


def first(document: Any, url: str = API) -> str | None:
    """Give the address that the likeliest proposal leads to."""
    page = answer(document, url)
    proposals = json_turns(page, json_findings(page)[0])
    return next_address(page, proposals[0]) if proposals else None


@pytest.mark.parametrize(
    "document",
    [
        {"next": f"{API}?after=104"},
        {"next": "?after=104"},
        {"links": {"next": "/cases?after=104"}},
        {"_links": {"self": {"href": API}, "next": {"href": f"{API}?after=104"}}},
        {"paging": {"next_url": f"{API}?after=104"}},
        {"@odata.nextLink": f"{API}?after=104"},
        {"link": [{"rel": "self", "href": API}, {"rel": "next", "href": f"{API}?after=104"}]},
    ],
)
def test_a_link_to_the_next_page_is_followed(document: dict[str, Any]) -> None:
    assert first({**document, "items": RECORDS}) == f"{API}?after=104"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"nextPageToken": "abc"}, f"{API}?pageToken=abc"),
        ({"next_cursor": "abc"}, f"{API}?cursor=abc"),
        ({"meta": {"cursor": "abc"}}, f"{API}?cursor=abc"),
        ({"pageInfo": {"hasNextPage": True, "endCursor": "abc"}}, f"{API}?cursor=abc"),
        ({"continuation": "a/b="}, f"{API}?continuation=a%2Fb%3D"),
    ],
)
def test_a_token_goes_into_the_parameter_of_its_name(document: dict[str, Any], expected: str) -> None:
    assert first({**document, "items": RECORDS}) == expected


def test_a_token_goes_into_the_parameter_that_the_address_has() -> None:
    assert first({"next_token": "abc", "items": RECORDS}, f"{API}?continue=xyz&size=4") == f"{API}?size=4&continue=abc"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{API}?page=1", f"{API}?page=2"),
        (f"{API}?p=7&q=x", f"{API}?q=x&p=8"),
        (f"{API}?offset=0&limit=4", f"{API}?limit=4&offset=4"),
        (f"{API}?start=40&rows=20", f"{API}?rows=20&start=60"),
        (f"{API}?skip=0", f"{API}?skip=4"),
        (f"{API}?pageIndex=0", f"{API}?pageIndex=1"),
    ],
)
def test_a_number_in_the_address_is_counted_on(url: str, expected: str) -> None:
    assert first({"items": RECORDS}, url) == expected


def test_a_page_that_the_answer_counts_is_asked_for_by_its_name() -> None:
    assert first({"pageNumber": 0, "totalPages": 9, "items": RECORDS}) == f"{API}?pageNumber=1"
    assert first({"offset": 0, "total": 90, "items": RECORDS}) == f"{API}?offset=4"


def test_a_total_alone_is_worth_a_try() -> None:
    page = answer({"total": 90, "items": RECORDS})
    found = json_turns(page, json_findings(page)[0])
    assert Follow(turn=Turn(parameter="page")) in found
    assert Follow(turn=Turn(parameter="offset", step=4, first=0)) in found


def test_an_answer_that_tells_nothing_is_turned_by_nothing() -> None:
    assert first(RECORDS) is None
    assert first({"items": RECORDS, "previous": f"{API}?page=1", "next": None}) is None


def test_the_records_themselves_do_not_tell_how_to_turn() -> None:
    assert first([{**record, "next": f"/cases/{record['id']}", "page": 3} for record in RECORDS]) is None


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.sampled_from(["/next", "abc", "https://a.example/"])),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(["next", "cursor", "page", "total", "links", "rel", "href", "x"]), inner, max_size=4
            ),
        ),
        max_leaves=20,
    )
)
def test_proposals_are_few_and_each_leads_somewhere_else_or_nowhere(said: Any) -> None:
    page = answer({"items": RECORDS, "said": said}, f"{API}?page=2")
    found = json_turns(page, json_findings(page)[0])
    assert len(found) <= MOST
    assert all(next_address(page, follow) != page.url for follow in found)
