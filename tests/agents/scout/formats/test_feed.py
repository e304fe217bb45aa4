"""Feeds and sitemaps as findings."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from lakehouse.agents.extract import extract
from lakehouse.agents.scout.formats import findings
from lakehouse.agents.scout.formats.feed import feed_findings, is_feed
from lakehouse.agents.scout.formats.sitemap import is_sitemap_index, sitemap_findings
from lakehouse.fetcher import Page

ITEMS = "".join(
    f"<item><title>Story {n}</title><link>https://a.example/{n}</link><guid>g{n}</guid>"
    f"<pubDate>Mon, 0{n} Jan 2024 10:00:00 GMT</pubDate></item>"
    for n in range(1, 4)
)
RSS = f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{ITEMS}</channel></rss>'
ENTRIES = "".join(
    f'<entry><title>Story {n}</title><link href="/{n}"/><id>g{n}</id><updated>2024-01-0{n}T10:00:00Z</updated></entry>'
    for n in range(1, 4)
)
ATOM = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>{ENTRIES}</feed>'
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "id": f"g{n}",
                "url": f"https://a.example/{n}",
                "title": f"Story {n}",
                "date_published": f"2024-01-0{n}T10:00:00Z",
            }
            for n in range(1, 4)
        ],
    }
)
SITEMAP = (
    "<urlset>"
    + "".join(f"<url><loc>https://a.example/{n}</loc><lastmod>2024-01-0{n}</lastmod></url>" for n in range(1, 4))
    + "</urlset>"
)
INDEX = "<sitemapindex><sitemap><loc>https://a.example/s1.xml</loc></sitemap></sitemapindex>"


def page(text: str) -> Page:
    """Give a page of text."""
    return Page("https://a.example/feed", text.encode())


@pytest.mark.parametrize("text", [RSS, ATOM, JSON_FEED], ids=["rss", "atom", "json"])
def test_entries_of_every_kind_of_feed_are_read_alike(text: str) -> None:
    feed = page(text)
    first = extract(feed_findings(feed)[0], feed)[0]
    assert (first["title"], first["link"], first["id"]) == ("Story 1", "https://a.example/1", "g1")
    when = first.get("published") or first["updated"]
    assert when == dt.datetime(2024, 1, 1, 10, tzinfo=dt.UTC)


@pytest.mark.parametrize("text", [RSS, ATOM, JSON_FEED], ids=["rss", "atom", "json"])
def test_a_feed_is_the_first_finding_of_its_page(text: str) -> None:
    assert findings(page(text))[0].kind == "feed"
    assert findings(page(text))[0].key == ("id",)


def test_an_empty_feed_is_a_feed_without_findings() -> None:
    empty = page("<rss><channel><title>News</title></channel></rss>")
    assert is_feed(empty)
    assert feed_findings(empty) == []


@pytest.mark.parametrize(
    "text", ["<html><body>about <rss > feeds</body></html>", '{"version": 3, "items": [{"a": 1}]}', "plain", "{broken"]
)
def test_what_is_no_feed_is_none(text: str) -> None:
    assert not is_feed(page(text))
    assert feed_findings(page(text)) == []


def test_a_sitemap_gives_addresses_and_days() -> None:
    sitemap = page(SITEMAP)
    assert extract(sitemap_findings(sitemap)[0], sitemap)[0] == {
        "loc": "https://a.example/1",
        "lastmod": dt.date(2024, 1, 1),
    }


def test_an_index_of_sitemaps_is_told_from_a_sitemap() -> None:
    assert is_sitemap_index(page(INDEX))
    assert not is_sitemap_index(page(SITEMAP))
    assert sitemap_findings(page(INDEX))[0].evidence.rows == 1


def test_addresses_score_less_than_records() -> None:
    assert sitemap_findings(page(SITEMAP))[0].evidence.score < feed_findings(page(RSS))[0].evidence.score


def test_an_empty_sitemap_has_no_findings() -> None:
    assert sitemap_findings(page("<urlset></urlset>")) == []
