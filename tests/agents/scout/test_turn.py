"""The address that comes after a page."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Follow, Turn
from lakehouse.agents.scout.turn import next_address, turned
from lakehouse.fetcher import Page


def page(url: str, document: object = None) -> Page:
    """Give a JSON page."""
    return Page(url, json.dumps(document if document is not None else {"a": 1}).encode())


@pytest.mark.parametrize(
    ("url", "turn", "expected"),
    [
        ("https://a.example/x", Turn(parameter="page"), "https://a.example/x?page=2"),
        ("https://a.example/x?page=2", Turn(parameter="page"), "https://a.example/x?page=3"),
        ("https://a.example/x?q=a%20b&page=9", Turn(parameter="page"), "https://a.example/x?q=a+b&page=10"),
        ("https://a.example/x?e=", Turn(parameter="offset", step=20, first=0), "https://a.example/x?e=&offset=20"),
        ("https://a.example/x?page=two", Turn(parameter="page"), None),
    ],
)
def test_a_parameter_is_counted_on(url: str, turn: Turn, expected: str | None) -> None:
    assert turned(page(url), turn) == expected


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("a b", "https://a.example/x?cursor=a+b"),
        (7, "https://a.example/x?cursor=7"),
        (None, None),
        ("", None),
        (False, None),
    ],
)
def test_a_token_is_taken_from_the_page_and_none_means_the_end(token: object, expected: str | None) -> None:
    assert turned(page("https://a.example/x", {"next": token}), Turn(parameter="cursor", cursor="next")) == expected


def test_a_page_that_is_no_json_has_no_token() -> None:
    assert turned(Page("https://a.example/x", b"<p>"), Turn(parameter="cursor", cursor="next")) is None


def test_a_link_that_leads_to_its_own_page_leads_nowhere() -> None:
    here = page("https://a.example/x", {"next": "https://a.example/x"})
    assert next_address(here, Follow(next_page="next")) is None
    assert next_address(here, Follow()) is None


@given(st.integers(0, 10**6), st.integers(1, 500), st.integers(1, 5))
def test_turning_again_and_again_goes_on_by_the_step(first: int, step: int, times: int) -> None:
    url = "https://a.example/x"
    for _ in range(times):
        url = turned(page(url), Turn(parameter="n", step=step, first=first)) or ""
    assert url == f"https://a.example/x?n={first + times * step}"
