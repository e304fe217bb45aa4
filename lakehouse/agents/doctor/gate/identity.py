"""What gives a site away whatever it looks like: domains that it links to, its mail, telephones, counters, accounts."""

from __future__ import annotations

import re
from collections import Counter
from math import log1p

from lakehouse.agents.doctor.gate.accounts import accounts
from lakehouse.agents.once import told_once
from lakehouse.fetcher.page import Page

HOST = re.compile(
    # Mail is found by its sign: to begin with the name before it costs the square of a page that is one long word.
    r"(?:https?:|[\"'(])//([a-z0-9.-]+\.[a-z]{2,})|(?<=[\w.+-])@([a-z0-9-]+(?:\.[a-z0-9-]+)+)",
    re.IGNORECASE,
)
DOMAIN = re.compile(r"(?:^|\.)((?:[a-z0-9-]+\.)?(?:co|com|gov|org|net|ac|edu)\.[a-z]{2}|[a-z0-9-]+\.[a-z]{2,})$")
MARK = re.compile(
    r"(?<!\d)(?:\+?\d{1,3}[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)|UA-\d{4,}-\d+|G-[A-Z0-9]{8,}|GTM-[A-Z0-9]{5,}"
)
EVERYWHERE = frozenset(
    "w3.org schema.org ogp.me purl.org gmpg.org google.com googleapis.com gstatic.com googletagmanager.com "  # noqa: SIM905
    "google-analytics.com doubleclick.net facebook.com facebook.net twitter.com x.com youtube.com youtu.be vimeo.com "
    "instagram.com linkedin.com pinterest.com tiktok.com jquery.com cloudflare.com jsdelivr.net bootstrapcdn.com "
    "fontawesome.com adobe.com microsoft.com wordpress.org w.org gravatar.com addthis.com".split()
)
"""Domains that every site links to, so that they tell none from another."""

UNKNOWN = 0.5


def known_domains(known: Page, page: Page) -> float:
    """Return how much of what a page links to lies where the known page linked to; a half where one names none.

    The address that a page was fetched from counts as known, for that much is certain of any page.
    """
    there = domains(page) if domains(known) else Counter[str]()
    familiar = {*domains(known), _domain_of(known.url), _domain_of(page.url)}
    total = sum(log1p(count) for count in there.values())
    return sum(log1p(count) for name, count in there.items() if name in familiar) / total if total else UNKNOWN


def known_marks(known: Page, page: Page) -> float:
    """Return 1 where two pages share a telephone number, a counter or an account, which no two sites do."""
    return float(not marks(known).isdisjoint(marks(page)))


@told_once
def domains(page: Page) -> Counter[str]:
    """Return how often a page names each domain, as an address or in mail, the ones found everywhere left out."""
    found = (_domain(host or mail) for host, mail in HOST.findall(page.text))
    return Counter(name for name in found if name not in EVERYWHERE)


@told_once
def marks(page: Page) -> frozenset[str]:
    """Return the telephone numbers of a page, as their last ten digits, its counters' identifiers and its accounts."""
    found = MARK.findall(page.text)
    told = (mark if mark[0] in "UG" else re.sub(r"\D", "", mark)[-10:] for mark in found)
    return frozenset((*told, *accounts(page.text)))


def _domain(host: str) -> str:
    match = DOMAIN.search(host.lower())
    return match[1] if match else host.lower()


def _domain_of(url: str) -> str:
    match = re.match(r"(?:https?:)?//([^/:?#]+)", url, re.IGNORECASE)
    return _domain(match[1]) if match else ""
