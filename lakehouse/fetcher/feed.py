"""Entries of feeds: RSS 0.9x to 2.0, RDF, Atom and JSON Feed, all brought to the same keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lakehouse.fetcher.data import show
from lakehouse.fetcher.errors import PageError
from lakehouse.fetcher.markup import Element, parse_markup

FEEDS = {"rss", "rdf:RDF", "feed", "channel"}
KNOWN = {
    "title", "link", "guid", "id", "pubDate", "published", "issued", "dc:date", "updated", "modified",
    "dcterms:modified", "atom:updated", "description", "summary", "content:encoded", "content", "author",
    "dc:creator", "category", "dc:subject", "enclosure", "media:content", "media:group", "media:thumbnail",
}  # fmt: skip


def feed_entries(document: Any, url: str) -> list[dict[str, Any]]:
    """Return the entries of a feed, given as text or as JSON; raises `PageError` where it is no feed."""
    if not isinstance(document, str):
        return _json_entries(document, url)
    feed = next((e for e in parse_markup(document).descendants() if e.name in FEEDS), None)
    if feed is None:
        raise PageError(url, "the page is no feed: it has no <rss>, <rdf:RDF> or <feed>")
    entries = [element for element in feed.descendants() if element.name in {"item", "entry"}]
    return [_entry(element) for element in entries]


def _entry(element: Element) -> dict[str, Any]:
    readers: dict[str, Callable[[Element], Any]] = {
        "title": lambda e: _text(e, "title", "media:title"),
        "link": _link,
        "id": lambda e: _text(e, "guid", "id") or e.attributes.get("rdf:about"),
        "published": lambda e: _text(e, "pubDate", "published", "issued", "dc:date", "dcterms:issued"),
        "updated": lambda e: _text(e, "updated", "modified", "dcterms:modified"),
        "summary": lambda e: _text(e, "summary", "description", "media:description"),
        "content": lambda e: _text(e, "content:encoded", "content"),
        "author": _author,
        "categories": _categories,
        "media": _media,
    }
    entry = {key: value for key, read in readers.items() if (value := read(element))}
    return _extras(element) | entry


def _text(element: Element, *names: str) -> str | None:
    found = element.named(*names)
    return _inner(found[0]) if found else None


def _inner(element: Element) -> str:
    # Atom may carry XHTML as markup; only its text survives, as everywhere where no markup is asked for.
    return element.text


def _link(element: Element) -> str | None:
    links = element.named("link")
    written = next((link.text for link in links if link.text), None)
    best = min(links, key=lambda link: link.attributes.get("rel", "alternate") != "alternate", default=None)
    address = written or (best.attributes.get("href") if best else None) or _permalink(element)
    return address.strip() if address else None


def _permalink(element: Element) -> str | None:
    guid = next(iter(element.named("guid")), None)
    is_link = guid is not None and guid.attributes.get("isPermaLink") != "false" and guid.text.startswith("http")
    return guid.text if guid is not None and is_link else element.attributes.get("rdf:about")


def _author(element: Element) -> str | None:
    authors = element.named("author", "dc:creator", "itunes:author")
    names = [_text(author, "name") or author.text for author in authors]
    return ", ".join(name for name in names if name) or None


def _categories(element: Element) -> list[str]:
    found = element.named("category") + element.named("dc:subject")
    return list(
        dict.fromkeys(name for c in found if (name := c.text or c.attributes.get("label") or c.attributes.get("term")))
    )


def _media(element: Element) -> list[dict[str, str]]:
    grouped = [child for group in element.named("media:group") for child in group.children]
    found = [c for c in element.children + grouped if c.name in {"enclosure", "media:content"} or _is_enclosure(c)]
    return [c.attributes | {"url": c.attributes.get("url") or c.attributes.get("href", "")} for c in found]


def _is_enclosure(element: Element) -> bool:
    return element.name == "link" and element.attributes.get("rel") == "enclosure"


def _extras(element: Element) -> dict[str, Any]:
    extras: dict[str, Any] = {}
    for child in element.children:
        if child.name not in KNOWN and child.text:
            extras.setdefault(child.name, []).append(child.text)
    return {name: texts[0] if len(texts) == 1 else texts for name, texts in extras.items()}


JSON_KEYS = {
    "title": "title", "link": "url", "id": "id", "published": "date_published", "updated": "date_modified",
    "summary": "summary", "categories": "tags", "media": "attachments",
}  # fmt: skip


def _json_entries(document: Any, url: str) -> list[dict[str, Any]]:
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise PageError(url, "the page is no JSON Feed: it has no list `items`")
    return [_json_entry(item) for item in items if isinstance(item, dict)]


def _json_entry(item: dict[str, Any]) -> dict[str, Any]:
    entry = {key: item[name] for key, name in JSON_KEYS.items() if item.get(name)}
    authors = item.get("authors")
    named = authors if isinstance(authors, list) else [item.get("author")]
    entry["author"] = ", ".join(show(a["name"]) for a in named if isinstance(a, dict) and a.get("name"))
    entry["content"] = item.get("content_html") or item.get("content_text")
    known = {*JSON_KEYS.values(), "author", "authors", "content_html", "content_text"}
    return {k: v for k, v in item.items() if k not in known} | {k: v for k, v in entry.items() if v}
