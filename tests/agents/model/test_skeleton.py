"""Skeletons: small, whatever the page, and still showing how it is built."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.model.skeleton import ALIKE, LONGEST, skeleton
from lakehouse.fetcher.page import Page


def page(body: str, kind: str = "text/html") -> Page:
    """Return a page of an address."""
    return Page("http://a.example/", body.encode(), kind)


def test_it_shows_tags_names_and_short_texts() -> None:
    shown = skeleton(page('<ul class="books"><li data-id="7"><a href="/b/1">The Winter</a></li></ul>'))
    assert '<ul class="books">' in shown
    assert '<li data-id="7">' in shown
    assert '<a href="/b/1">The Winter' in shown


def test_of_rows_that_are_alike_the_first_few_are_shown() -> None:
    shown = skeleton(page("<ul>" + "".join(f"<li class=b>row {n}</li>" for n in range(50)) + "</ul>"))
    assert shown.count("<li") == ALIKE
    assert f"({50 - ALIKE} more elements like the last)" in shown


def test_scripts_styles_and_long_texts_are_cut() -> None:
    shown = skeleton(page(f"<script>secret()</script><style>x</style><p>{'word ' * 100}</p>"))
    assert "secret" not in shown
    assert len(shown) < 300


def test_json_keeps_its_keys_and_the_first_of_its_lists() -> None:
    data = {"data": {"items": [{"id": n, "name": "x" * 500} for n in range(30)]}}
    shown = json.loads(skeleton(page(json.dumps(data), "application/json")))
    assert [item["id"] for item in shown["data"]["items"][:-1]] == [0, 1, 2, 3]
    assert shown["data"]["items"][-1] == "(26 more)"


def test_other_text_is_shown_from_its_beginning() -> None:
    assert skeleton(page("a,b\n1,2\n", "text/csv")) == "a,b\n1,2\n"


def test_deep_and_huge_pages_stay_small() -> None:
    assert len(skeleton(page("<div>" * 900 + "x" + "</div>" * 900))) <= LONGEST
    assert len(skeleton(page("".join(f"<p class=c{n}>text {n}</p>" for n in range(20_000))))) <= LONGEST


@given(st.text(max_size=300))
def test_no_page_breaks_it(text: str) -> None:
    assert len(skeleton(page(f"<body>{text}", "text/html"))) <= LONGEST
