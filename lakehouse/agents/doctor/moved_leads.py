"""Where a page may have gone: the addresses that a site's other pages tell, and how much each of them promises."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from urllib.parse import urldefrag, urljoin, urlsplit

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.diagnosis.structure import heading_of, title_of
from lakehouse.agents.scout.candidates import is_html
from lakehouse.agents.scout.formats.feed import is_feed
from lakehouse.agents.scout.match import ADDRESS
from lakehouse.fetcher.html import HtmlNode
from lakehouse.fetcher.markup import parse_markup
from lakehouse.fetcher.page import Page

WORDS = re.compile(r"[^\W_]+")
SITE_NAME = re.compile(r"\s+[|·–—:-]\s+")  # noqa: RUF001 - as titles part their pieces
SHORTEST = 3
RELATED = "link[rel~=canonical i][href], link[rel~=alternate i][href]"
ALIKE = 0.6
FOLDER = 0.95
ALTERNATE = 0.9
NEVER = re.compile(r"\.(css|js|png|jpe?g|gif|svg|ico|webp|woff2?|zip|mp4)$", re.IGNORECASE)


@dataclass(frozen=True)
class Lead:
    """An address to look at: why, and how much it promises, from 0 to 1."""

    url: str
    why: str
    promise: float


@dataclass(frozen=True)
class Lost:
    """The page that is looked for, as far as it is known."""

    url: str
    known: Sequence[Known]

    @cached_property
    def names(self) -> list[str]:
        """What the page was called: by itself, and by the links to it on known pages."""
        pages = [each.page for each in self.known if is_html(each.page)]
        own = [name for page in pages for name in (SITE_NAME.split(title_of(page))[0], heading_of(page))]
        linked = [text for page in pages for url, text in links(page) if _key(url) == _key(self.url)]
        feeds = [_channel(each.page, "title") for each in self.known if is_feed(each.page)]
        return [name for name in dict.fromkeys((*linked, *own, *feeds)) if name]

    @cached_property
    def slugs(self) -> frozenset[str]:
        """The last parts of the addresses of the known records."""
        values = (value for each in self.known for record in each.records for value in record.values())
        found = (
            urlsplit(value).path.rstrip("/").rpartition("/")[2] for value in values if ADDRESS.match(value.strip())
        )
        return frozenset(slug for slug in found if len(slug) >= SHORTEST)

    @cached_property
    def is_feed(self) -> bool:
        """Whether the page was a feed."""
        return any(is_feed(each.page) for each in self.known)

    def hubs(self) -> Iterator[Lead]:
        """Yield pages that may know more: those above the address, the page that a feed belongs to, the home page."""
        parts = urlsplit(self.url)
        path = parts.path.rstrip("/")
        for each in self.known:
            if is_feed(each.page) and (link := _channel(each.page, "link")):
                yield Lead(urljoin(self.url, link), "the page that the feed belongs to", 0.8)
        while path.count("/") > 1:
            path = path.rpartition("/")[0]
            yield Lead(parts._replace(path=path, query="", fragment="").geturl(), "the folder above", 0.5)
        yield Lead(parts._replace(path="/", query="", fragment="").geturl(), "the home page", 0.75)

    def promise(self, url: str, text: str = "") -> float:
        """Return how much an address, and the text that leads there, look like the lost page's."""
        named = max((likeness(name, text) for name in self.names), default=0.0)
        return max(named, 0.8 * _alike_paths(self.url, url))


def leads_from(page: Page, lost: Lost) -> list[Lead]:
    """Return the addresses that a page of the site tells, with what speaks for each; the best reason once."""
    best: dict[str, Lead] = {}
    for lead in _leads(page, lost):
        if lead.promise > 0 and _key(lead.url) != _key(lost.url) and not NEVER.search(urlsplit(lead.url).path):
            best[lead.url] = max(lead, best.get(lead.url, lead), key=lambda each: each.promise)
    return sorted(best.values(), key=lambda lead: -lead.promise)


def _leads(page: Page, lost: Lost) -> Iterator[Lead]:
    found = list(links(page)) if is_html(page) else [(url, "") for url in _sitemap(page)]
    yield from _folders([url for url, _ in found], lost)
    for url, text in found:
        why = f"a link that says {text[:60]!r}" if text else f"listed in {urlsplit(page.url).path}"
        yield Lead(url, why, lost.promise(url, text))
    if is_html(page):
        yield from _related(page, lost)


def _related(page: Page, lost: Lost) -> Iterator[Lead]:
    for node in page.select(RELATED):
        kind, address = str(node.attr("type") or ""), _absolute(page, str(node.attr("href")))
        if address and lost.is_feed and re.search(r"rss|atom|feed", kind, re.IGNORECASE):
            yield Lead(address, "the feed that a page of the site names", ALTERNATE)
        elif address and not node.attr("hreflang"):
            yield Lead(
                address, "an address that a page gives as its own", lost.promise(address, str(node.attr("title") or ""))
            )


def _folders(urls: Iterable[str], lost: Lost) -> Iterator[Lead]:
    """Yield the folders in which several of the known records' own pages lie now."""
    held: Counter[str] = Counter()
    for url in dict.fromkeys(urls):
        above, _, last = urlsplit(url).path.rstrip("/").rpartition("/")
        if last in lost.slugs and above:
            held[urlsplit(url)._replace(path=above, query="", fragment="").geturl()] += 1
    for folder, count in held.items():
        if count > 1:
            yield Lead(folder, f"the folder of {count} pages that are named as the known records' were", FOLDER)


def links(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the addresses that a page links to on any host, with their texts."""
    for node in page.select("a[href]"):
        url = _absolute(page, str(node.attr("href")))
        if url and isinstance(node, HtmlNode):
            yield url, node.text or str(node.attr("aria-label") or node.attr("title") or "")


def likeness(one: str, other: str) -> float:
    """Return how many words two names share, from 0 to 1."""
    mine, its = (set(WORDS.findall(name.casefold())) for name in (one, other))
    return len(mine & its) / len(mine | its) if mine and its else 0.0


def is_sitemap(page: Page) -> bool:
    """Tell whether a page is a sitemap, or an index of sitemaps."""
    return bool(re.search(r"<(?:\w+:)?(urlset|sitemapindex)[\s>]", page.text[:4096]))


def _sitemap(page: Page) -> list[str]:
    return [str(entry.attr("loc")) for entry in page.sitemap() if entry.attr("loc")] if is_sitemap(page) else []


def _channel(page: Page, name: str) -> str:
    """Return what the channel of a feed says in one of its own elements."""
    if page.is_json:
        found = page.document.get({"link": "home_page_url"}.get(name, name)) if isinstance(page.document, dict) else ""
        return found if isinstance(found, str) else ""
    for element in parse_markup(page.text).descendants():
        if element.name in ("channel", "feed"):
            return next((child.text for child in element.children if child.name == name and child.text), "")
    return ""


def _absolute(page: Page, address: str) -> str | None:
    try:
        joined = urldefrag(urljoin(page.base, address.strip())).url
        return joined if urlsplit(joined).scheme in ("http", "https") else None
    except ValueError:
        return None


def _key(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def _alike_paths(one: str, other: str) -> float:
    """Return how alike the last parts of two addresses are, by their letters."""
    mine, its = _last(one), _last(other)
    if min(len(mine), len(its)) < SHORTEST:
        return 0.0
    alike = SequenceMatcher(None, mine, its).ratio()
    return alike if alike > ALIKE else 0.0


def _last(url: str) -> str:
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    return last.rpartition(".")[0] or last
