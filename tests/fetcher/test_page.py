"""A page in its several forms."""

import pytest

from lakehouse.fetcher import Page, Request, SelectorError, text


def test_links_are_requests_for_each_different_address():
    page = Page(
        "https://a.example/list?p=1",
        b"<a href='?p=2'>n</a><a href='?p=2#x'>n</a><a href='#'>t</a><a href='javascript:x'>j</a><a>n</a>",
    )
    assert list(page.links("a")) == [Request("https://a.example/list?p=2")]


def test_links_may_stand_in_another_attribute():
    page = Page("https://a.example/", b"<div data-url=/x></div><option value=/y>")
    assert [request.url for request in page.links("div", attr="data-url")] == ["https://a.example/x"]
    assert [request.url for request in page.links("option@value")] == ["https://a.example/y"]


def test_links_of_a_json_page_are_found_by_path():
    page = Page(
        "https://a.example/api", b'{"next": "/api?c=2", "items": [{"url": "/1"}, {"url": "/2"}]}', "application/json"
    )
    assert [r.url for r in page.links("next")] == ["https://a.example/api?c=2"]
    assert [r.url for r in page.links("items[*].url")] == ["https://a.example/1", "https://a.example/2"]
    assert list(page.links("zzz")) == []


def test_the_meta_of_the_request_comes_back():
    assert Page("https://a.example/", b"", meta={"court": "x"}).meta == {"court": "x"}
    assert Page("https://a.example/", b"").meta == {}


def test_a_detail_page_is_one_node():
    page = Page("https://a.example/", b"<article><h1>T</h1></article>")
    assert text(page.one(), "h1") == "T"
    assert text(page.one("article"), "h1") == "T"


def test_a_malformed_selector_is_named():
    with pytest.raises(SelectorError, match="'td\\['"):
        Page("https://a.example/", b"<td>").select("td[")


def test_a_large_page_is_read_row_by_row():
    body = b"<table>" + b"<tr><td class=a>x <b>y</b></td><td>2024-01-31</td></tr>" * 20_000
    page = Page("https://a.example/", body)
    rows = page.select("tr")
    assert len(rows) == 20_000
    assert {text(row, "td.a") for row in rows[::100]} == {"x y"}
