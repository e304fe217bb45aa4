"""Sitemaps and their indexes."""

import datetime as dt

import pytest

from lakehouse.fetcher import Page, PageError, date, link

SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:i="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://a.example/1?a=1&amp;b=2 </loc><lastmod>2024-01-31</lastmod>
<i:image><i:loc>https://a.example/1.png</i:loc></i:image></url>
<url><loc>https://a.example/2</loc></url></urlset>"""
INDEX = "<sitemapindex><sitemap><loc>https://a.example/s1.xml</loc><lastmod>2024-01-31T10:00:00Z</lastmod></sitemap></sitemapindex>"


def entries(body):
    return Page("https://a.example/sitemap.xml", body.encode()).sitemap()


def test_addresses_of_a_sitemap():
    first, second = entries(SITEMAP)
    assert link(first, "loc") == "https://a.example/1?a=1&b=2"
    assert date(first, "lastmod") == dt.date(2024, 1, 31)
    assert second.value == {"loc": "https://a.example/2"}


def test_addresses_of_an_index():
    assert [link(node, "loc") for node in entries(INDEX)] == ["https://a.example/s1.xml"]


def test_a_plain_list_of_addresses_is_a_sitemap_too():
    assert [link(node, "loc") for node in entries("https://a.example/1\nhttps://a.example/2\n")] == [
        "https://a.example/1",
        "https://a.example/2",
    ]


def test_an_empty_sitemap_has_no_entries():
    assert entries("<urlset></urlset>") == []


@pytest.mark.parametrize("body", ["", "<html>", "just words"])
def test_a_page_that_is_no_sitemap_is_named_in_the_error(body):
    with pytest.raises(PageError, match=r"sitemap\.xml"):
        entries(body)
