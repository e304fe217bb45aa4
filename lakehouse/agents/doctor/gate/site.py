"""Whether two pages are of one site, by the words of its frame: a redesign changes the dress, seldom the name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import sqrt

from lakehouse.agents.once import told_once
from lakehouse.agents.scout.candidates import is_html
from lakehouse.agents.scout.outline import Element, outline_of
from lakehouse.fetcher.page import Page

WORD = re.compile(r"[^\W\d_]{4,}")
FRAME = frozenset({"header", "nav", "footer"})
NAMED = re.compile(
    r"(^|[-_ ])(header|nav|menu|navbar|navigation|footer|masthead|banner|breadcrumbs?|sidebar)", re.IGNORECASE
)
TITLES = frozenset({"title", "h1"})
META = "meta[property='og:site_name'], meta[name='author'], meta[name='application-name'], meta[name='description']"
FEW = 4
"""Words under which a page has no frame to speak of."""

LONGEST = 20_000
"""Characters of a frame that are looked at; some frames hold the whole site."""


def same_site(known: Page, page: Page) -> float:
    """Return how much of the words of two pages' frames is common, from 0 to 1; 0 where one has no frame."""
    if not is_html(known) or not is_html(page):
        return 0.0
    one, other = frame_words(known), frame_words(page)
    return len(one & other) / sqrt(len(one) * len(other)) if one and other else 0.0


@told_once
def frame_words(page: Page) -> frozenset[str]:
    """Return the words of a page's title, headings, descriptions, menus, head and foot; of a bare page all words."""
    words = _words(_texts(page))
    return words if len(words) >= FEW else _words([page.html.text])


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for text in texts for word in WORD.findall(text[:LONGEST]))


def _texts(page: Page) -> Iterator[str]:
    yield from (node.text for node in page.select("title"))
    yield from (node.attr("content") or "" for node in page.select(META))
    for element in outline_of(page).elements:
        if element.tag in TITLES or _is_frame(element):
            yield element.text
        elif element.tag == "img":
            yield element.attributes.get("alt", "")


def _is_frame(element: Element) -> bool:
    return element.tag in FRAME or bool(NAMED.search(" ".join([*element.classes, element.attributes.get("id", "")])))
