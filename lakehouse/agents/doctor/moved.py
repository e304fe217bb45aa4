"""Finding the new address of a page that moved, with a few polite requests to its own site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.moved_leads import Lead, Lost, is_sitemap, leads_from
from lakehouse.agents.doctor.moved_likeness import look_alike
from lakehouse.agents.scout.look import page_of
from lakehouse.errors import WebError
from lakehouse.fetcher.page import Page
from lakehouse.web import Fetched, FetchRequest, WebClient

MOST_REQUESTS = 15
SURE = 0.85
"""Likeness from which on no other page is looked at."""
LEAST = 0.3
"""Likeness under which a page is no answer."""
SITEMAP_LINE = re.compile(r"^[ \t]*+sitemap[ \t]*+:[ \t]*+(\S+)", re.IGNORECASE | re.MULTILINE)
MOST_SITEMAPS = 3


@dataclass(frozen=True)
class MovedTo:
    """A page that may be the one that moved; `url` is where it is now, `evidence` says why it may be."""

    url: str
    page: Page
    score: float
    evidence: tuple[str, ...]


@dataclass
class Search:
    """What was found, best first, and what it took: every address that was asked for, and why some gave nothing."""

    found: list[MovedTo] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)


async def find_moved(
    url: str, known: Sequence[Known], web: WebClient, *, address: str = "", most: int = MOST_REQUESTS
) -> Search:
    """Look for the page that stood at `url`; `known` are its good captures, `address` is where a redirect led.

    Asks for at most `most` pages, the most promising first, and stops at one that is the known page beyond doubt. The
    client's own rules hold: its hosts, its guard, robots.txt and its pace. Nothing is proved here.
    """
    lost, search = Lost(url, known), Search()
    open_leads = list(_first(lost, address))
    while open_leads and len(search.asked) < most:
        lead = max(open_leads, key=lambda each: each.promise)
        open_leads = [each for each in open_leads if each.url != lead.url]
        answer = await _ask(lead, web, search)
        if answer is None:
            continue
        fresh = _take(lead, answer, lost, search)
        open_leads += [each for each in fresh if each.url not in search.asked]
        if search.found and search.found[0].score >= SURE:
            break
    return search


def _first(lost: Lost, address: str) -> Iterator[Lead]:
    """Yield where to begin: where a redirect led, the old address itself for what it says now, robots.txt, hubs."""
    origin = urlsplit(lost.url)._replace(path="", query="", fragment="")
    if address:
        yield Lead(address, "the redirect from the old address", 1.0)
    yield Lead(lost.url, "the old address", 1.0)
    yield from lost.hubs()
    yield Lead(origin._replace(path="/robots.txt").geturl(), "robots.txt", 0.74)
    yield Lead(origin._replace(path="/sitemap.xml").geturl(), "the usual place of a sitemap", 0.72)


async def _ask(lead: Lead, web: WebClient, search: Search) -> Fetched | None:
    search.asked.append(lead.url)
    try:
        return await web.fetch(FetchRequest(lead.url))
    except WebError as error:
        search.failures[lead.url] = str(error)
        return None


def _take(lead: Lead, answer: Fetched, lost: Lost, search: Search) -> list[Lead]:
    """Judge what came, and return the leads that it gives."""
    page = page_of(answer)
    if urlsplit(lead.url).path == "/robots.txt":
        maps = SITEMAP_LINE.findall(page.text)[:MOST_SITEMAPS]
        return [Lead(url, "a sitemap that robots.txt names", 0.73) for url in maps]
    if answer.status >= 400:
        search.failures[lead.url] = f"answered {answer.status}"
        return leads_from(page, lost)
    if is_sitemap(page):
        return [*leads_from(page, lost), *_parts(page)]
    likeness = look_alike(page, answer.status, lead, lost)
    if likeness.score >= LEAST and page.url not in {each.url for each in search.found}:
        search.found.append(MovedTo(page.url, page, likeness.score, likeness.evidence))
        search.found.sort(key=lambda each: (-each.score, len(each.url)))
    return leads_from(page, lost)


def _parts(page: Page) -> list[Lead]:
    """Return the first sitemaps of an index."""
    if "sitemapindex" not in page.text[:4096]:
        return []
    named = [str(entry.attr("loc")) for entry in page.sitemap() if entry.attr("loc")]
    return [Lead(url, "a part of the sitemap", 0.71) for url in named[:MOST_SITEMAPS]]
