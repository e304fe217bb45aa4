"""Data in the scripts of HTML as findings."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.extract import extract
from lakehouse.agents.scout.formats.embedded import embedded_findings, is_flattened, names
from lakehouse.fetcher import Page
from tests.agents.scout.formats.answers import RECORDS

BREADCRUMBS = {
    "@type": "BreadcrumbList",
    "itemListElement": [{"@type": "ListItem", "position": n, "name": f"Way {n}"} for n in (1, 2, 3)],
}
LIST = {
    "@type": "ItemList",
    "itemListElement": [
        {"@type": "ListItem", "position": n, "name": f"Thing {n}", "url": f"https://a.example/{n}"} for n in (1, 2, 3)
    ],
}


def page(*scripts: str) -> Page:
    """Give a page with these scripts, written with their tags."""
    return Page("https://a.example/", f"<html><body><p>Hello</p>{''.join(scripts)}</body></html>".encode(), "text/html")


def linked(*entities: Any) -> str:
    """Give a script of linked data."""
    graph = json.dumps({"@context": "https://schema.org", "@graph": list(entities)})
    return f'<script type="application/ld+json">{graph}</script>'


def titles(on: Page) -> list[Any]:
    """Give what the best finding reads as title or name."""
    finding = embedded_findings(on)[0]
    return [record.get("title") or record["name"] for record in extract(finding, on)]


def test_entities_of_one_type_are_records() -> None:
    jobs = [{"@type": "JobPosting", "title": f"Job {n}", "datePosted": f"2024-01-0{n}"} for n in (1, 2, 3)]
    on = page(linked({"@type": "WebSite", "name": "Jobs"}, *jobs, {"@type": "Organization", "name": "Port"}))
    assert titles(on) == ["Job 1", "Job 2", "Job 3"]


def test_an_item_list_is_told_from_breadcrumbs() -> None:
    on = page(linked(BREADCRUMBS), linked(LIST))
    assert titles(on) == ["Thing 1", "Thing 2", "Thing 3"]
    assert embedded_findings(on)[0].rows.needs == ("url",)


def test_breadcrumbs_alone_are_no_records() -> None:
    assert embedded_findings(page(linked(BREADCRUMBS))) == []


def test_items_wrapped_in_list_items_have_their_own_names() -> None:
    wrapped = {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "item": {"@type": "Product", "name": f"P{n}", "sku": f"s-{n}"}} for n in (1, 2)
        ],
    }
    assert titles(page(linked(wrapped))) == ["P1", "P2"]


@pytest.mark.parametrize(
    "script",
    [
        '<script id="__NEXT_DATA__" type="application/json">{"props": {"pageProps": {"cases": %s}}}</script>',
        '<script type="application/json" id="state">{"cases": %s}</script>',
        "<script>window.__NUXT__ = {data: [{cases: %s}]};</script>",
        "<script>var a = 1; let rows = %s;</script>",
        "<script>window['initial'] = {\"cases\": %s};</script>",
        "<script>$('#t').table({data: %s, paging: true});</script>",
    ],
    ids=["next", "by id", "nuxt", "variable", "window", "call"],
)
def test_state_in_scripts_is_read(script: str) -> None:
    on = page(script % json.dumps(RECORDS))
    assert titles(on) == [record["title"] for record in RECORDS]


def test_state_in_a_quoted_string_is_read() -> None:
    quoted = json.dumps(json.dumps({"cases": RECORDS}))
    assert titles(page(f"<script>window.__STATE__ = JSON.parse({quoted});</script>")) == [
        record["title"] for record in RECORDS
    ]


def test_a_state_that_is_written_by_places_is_left_alone() -> None:
    state = [
        ["Reactive", 1],
        {"data": 2},
        {"cases": 3},
        [4, 5],
        {"id": 6, "title": 7},
        {"id": 8, "title": 9},
        1,
        "Smith",
        2,
        "Jones",
    ]
    assert is_flattened(state)
    assert (
        embedded_findings(page(f'<script id="__NUXT_DATA__" type="application/json">{json.dumps(state)}</script>'))
        == []
    )


def test_records_with_numbers_are_not_taken_for_places() -> None:
    assert not is_flattened([{"id": 100, "count": 250}, {"id": 101, "count": 300}])
    assert not is_flattened({"a": 1})
    assert not is_flattened([])


def test_settings_of_scripts_are_no_findings() -> None:
    on = page(
        "<script>var config = {theme: 'dark', size: 3};</script>",
        '<script src="/app.js"></script>',
        "<script>if (a == {}) { b = [1] }</script>",
    )
    assert embedded_findings(on) == []


def test_pages_without_scripts_and_json_have_none() -> None:
    assert embedded_findings(page()) == []
    assert embedded_findings(Page("https://a.example/", json.dumps(RECORDS).encode())) == []


def test_what_lies_inside_a_literal_is_no_name_of_its_own() -> None:
    on = page(f"<script>window.state = {{cases: {json.dumps(RECORDS)}, more: {json.dumps(RECORDS)}}};</script>")
    assert names(on) == ["state"]


@given(st.text(max_size=300))
def test_any_script_is_searched_without_a_fault(script: str) -> None:
    assert isinstance(embedded_findings(page(f"<script>{script}</script>")), list)


def test_a_script_of_one_long_word_or_of_lists_that_never_close_names_nothing() -> None:
    for script in ("a" * 300_000, "a=[" * 50_000):
        assert names(page(f"<script>{script}</script>")) == []
