"""News: an RSS feed, then an Atom feed elsewhere, which only the page for people and the sitemap tell."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from lakehouse.demo.site.answer import Answer, Asked, View
from lakehouse.demo.site.dress.dress import Dress
from lakehouse.demo.site.rendering import page
from lakehouse.demo.site.truth.news import Release

RSS_ADDRESS, RSS = "/news/feed.xml", "application/rss+xml"
ATOM_ADDRESS, ATOM = "/feeds/news.atom", "application/atom+xml"
ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def _rss(asked: Asked) -> Answer:
    rss = Element("rss", {"version": "2.0", "xmlns:dc": DUBLIN_CORE})
    channel = SubElement(rss, "channel")
    _add(channel, "title", "Port Alder news")
    _add(channel, "link", f"{asked.origin}/news")
    _add(channel, "description", "Releases of the city of Port Alder")
    for release in asked.records:
        _rss_item(SubElement(channel, "item"), release, asked.origin)
    return _answer(rss, RSS)


def _rss_item(item: Element, release: Release, origin: str) -> None:
    _add(item, "title", release.title)
    _add(item, "link", origin + release.url)
    _add(item, "guid", release.id, isPermaLink="false")
    _add(item, "pubDate", format_datetime(release.published, usegmt=True))
    _add(item, "dc:creator", release.author)
    for category in release.categories:
        _add(item, "category", category)
    _add(item, "description", release.summary)


def _atom(asked: Asked) -> Answer:
    feed = Element("feed", xmlns=ATOM_NAMESPACE)
    _add(feed, "title", "Port Alder news")
    _add(feed, "id", f"{asked.origin}{ATOM_ADDRESS}")
    _add(feed, "updated", _iso(max((r.published for r in asked.records), default=NEVER)))
    for release in asked.records:
        _atom_entry(SubElement(feed, "entry"), release, asked.origin)
    return _answer(feed, ATOM)


def _atom_entry(entry: Element, release: Release, origin: str) -> None:
    _add(entry, "id", release.id)
    _add(entry, "title", release.title)
    _add(entry, "link", "", rel="alternate", type="text/html", href=origin + release.url)
    _add(entry, "published", _iso(release.published))
    _add(entry, "updated", _iso(release.published))
    _add(SubElement(entry, "author"), "name", release.author)
    for category in release.categories:
        _add(entry, "category", "", term=category)
    _add(entry, "summary", release.summary)


def _add(parent: Element, tag: str, text: str, **attributes: str) -> None:
    SubElement(parent, tag, attributes).text = text or None


def _iso(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _answer(root: Element, content_type: str) -> Answer:
    return Answer(tostring(root, encoding="utf-8", xml_declaration=True), f"{content_type}; charset=utf-8")


def _listing(address: str, form: str, version: str) -> View:
    feed = {"address": address, "type": form}
    return lambda asked: page("news.html", asked, releases=asked.records, feed=feed, base=f"{version}/base.html")


def _article(version: str) -> View:
    def article(asked: Asked) -> Answer | None:
        release = next((r for r in asked.records if r.url == asked.path), None)
        return release and page("release.html", asked, release=release, base=f"{version}/base.html")

    return article


def _dress(address: str, form: str, feed: View, version: str) -> Dress:
    views = {"/news": _listing(address, form, version), address: feed, "/news/{name}": _article(version)}
    return Dress("/news", address, views, lambda releases: [release.url for release in releases])


DRESSES = {1: _dress(RSS_ADDRESS, RSS, _rss, "v1"), 2: _dress(ATOM_ADDRESS, ATOM, _atom, "v2")}
