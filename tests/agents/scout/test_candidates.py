"""Findings of every kind on a page, the best first."""

from __future__ import annotations

import json

import pytest

from lakehouse.agents.extract import extract
from lakehouse.agents.scout.candidates import candidates, is_html
from lakehouse.fetcher import Page

URL = "https://town.example/x"
ROWS = "".join(f"<tr><td>Permit {n}</td><td>Ana {n}</td><td>May {n}, 2026</td></tr>" for n in range(1, 9))
ITEMS = [{"name": f"Thing {n}", "price": n * 10, "url": f"/things/{n}"} for n in range(1, 9)]
FEED = "<rss version='2.0'><channel><title>T</title>" + "".join(
    f"<item><title>Item {n}</title><link>https://town.example/{n}</link></item>" for n in range(4)
)


@pytest.mark.parametrize(
    ("body", "html"),
    [
        (f"<!doctype html><html><body><table>{ROWS}</table></body></html>", True),
        (f"<table>{ROWS}</table>", True),
        ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>x</p></body></html>', True),
        (FEED + "</channel></rss>", False),
        (json.dumps({"html": "<div>no</div>"}), False),
        ("name,price\na,1\n", False),
    ],
    ids=["document", "fragment", "xhtml", "feed", "JSON with markup inside", "CSV"],
)
def test_html_is_known_by_what_it_is(body: str, html: bool) -> None:
    assert is_html(Page(URL, body.encode())) is html


@pytest.mark.parametrize(
    ("body", "kind", "count"),
    [
        (f"<html><body><table>{ROWS}</table></body></html>", "listing", 8),
        (json.dumps({"data": ITEMS}), "json", 8),
        (FEED + "</channel></rss>", "feed", 4),
        ("name,price\n" + "".join(f"thing {n},{n}.5\n" for n in range(6)), "csv", 6),
    ],
    ids=["table", "JSON", "feed", "CSV"],
)
def test_the_best_finding_gives_every_record(body: str, kind: str, count: int) -> None:
    page = Page(URL, body.encode())
    best = candidates(page)[0]
    assert (best.kind, len(extract(best, page))) == (kind, count)


def test_data_in_scripts_wins_over_a_page_that_is_only_a_frame() -> None:
    state = json.dumps({"props": {"items": ITEMS}})
    body = f"<html><body><div id=root></div><script id='__NEXT_DATA__' type='application/json'>{state}</script></body>"
    page = Page(URL, body.encode())
    best = candidates(page)[0]
    assert best.kind == "embedded"
    assert len(extract(best, page)) == 8


def test_examples_choose_and_name_the_fields_of_data() -> None:
    page = Page(URL, json.dumps({"data": ITEMS}).encode(), "application/json")
    [best, *_] = candidates(page, [{"what": "Thing 2"}, {"what": "Thing 5"}])
    assert [field.name for field in best.fields] == ["what"]
    assert [record["what"] for record in extract(best, page)] == [f"Thing {n}" for n in range(1, 9)]


def test_a_page_that_says_nothing_gives_no_finding() -> None:
    assert candidates(Page(URL, b"<html><body></body></html>")) == []
