"""News: an RSS feed, then an Atom feed at the same address; beside it the pages for people."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from lakehouse.demo.site.answer import Answer, Asked, View
from lakehouse.demo.site.dress.dress import Dress
from lakehouse.demo.site.rendering import page
from lakehouse.demo.site.truth.news import Release

FEED = "/news/feed.xml"
ATOM = "http://www.w3.org/2005/Atom"
CREATOR = "http://purl.org/dc/elements/1.1/"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def _rss(asked: Asked) -> Answer:
    register_namespace("dc", CREATOR)
    rss = Element("rss", version="2.0")
    channel = SubElement(rss, "channel")
    _add(channel, "title", "Port Alder news")
    _add(channel, "link", f"{asked.origin}/news")
    _add(channel, "description", "Releases of the city of Port Alder")
    for release in asked.records:
        _rss_item(SubElement(channel, "item"), release, asked.origin)
    return _answer(rss, "application/rss+xml")


def _rss_item(item: Element, release: Release, origin: str) -> None:
    _add(item, "title", release.title)
    _add(item, "link", origin + release.url)
    _add(item, "guid", release.id, isPermaLink="false")
    _add(item, "pubDate", format_datetime(release.published, usegmt=True))
    _add(item, f"{{{CREATOR}}}creator", release.author)
    for category in release.categories:
        _add(item, "category", category)
    _add(item, "description", release.summary)


def _atom(asked: Asked) -> Answer:
    register_namespace("", ATOM)
    feed = Element(f"{{{ATOM}}}feed")
    _add(feed, f"{{{ATOM}}}title", "Port Alder news")
    _add(feed, f"{{{ATOM}}}id", f"{asked.origin}{FEED}")
    _add(feed, f"{{{ATOM}}}updated", _iso(max((r.published for r in asked.records), default=NEVER)))
    for release in asked.records:
        _atom_entry(SubElement(feed, f"{{{ATOM}}}entry"), release, asked.origin)
    return _answer(feed, "application/atom+xml")


def _atom_entry(entry: Element, release: Release, origin: str) -> None:
    _add(entry, f"{{{ATOM}}}id", release.id)
    _add(entry, f"{{{ATOM}}}title", release.title)
    _add(entry, f"{{{ATOM}}}link", "", rel="alternate", type="text/html", href=origin + release.url)
    _add(entry, f"{{{ATOM}}}published", _iso(release.published))
    _add(entry, f"{{{ATOM}}}updated", _iso(release.published))
    _add(SubElement(entry, f"{{{ATOM}}}author"), f"{{{ATOM}}}name", release.author)
    for category in release.categories:
        _add(entry, f"{{{ATOM}}}category", "", term=category)
    _add(entry, f"{{{ATOM}}}summary", release.summary)


def _add(parent: Element, tag: str, text: str, **attributes: str) -> None:
    SubElement(parent, tag, attributes).text = text or None


def _iso(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _answer(root: Element, content_type: str) -> Answer:
    return Answer(tostring(root, encoding="utf-8", xml_declaration=True), f"{content_type}; charset=utf-8")


def _listing(version: str) -> View:
    return lambda asked: page("news.html", asked, releases=asked.records, feed=FEED, base=f"{version}/base.html")


def _article(version: str) -> View:
    def article(asked: Asked) -> Answer | None:
        release = next((r for r in asked.records if r.url == asked.path), None)
        return release and page("release.html", asked, release=release, base=f"{version}/base.html")

    return article


def _dress(feed: View, version: str) -> Dress:
    views = {"/news": _listing(version), FEED: feed, "/news/{name}": _article(version)}
    return Dress("/news", FEED, views, lambda releases: [release.url for release in releases])


DRESSES = {1: _dress(_rss, "v1"), 2: _dress(_atom, "v2")}
