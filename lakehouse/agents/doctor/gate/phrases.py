"""Whether two pages speak alike: words that stand side by side on both, as no other site puts them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from lakehouse.agents.doctor.diagnosis.structure import key_paths
from lakehouse.agents.once import told_once
from lakehouse.agents.scout.candidates import is_html
from lakehouse.fetcher.errors import PageError
from lakehouse.fetcher.page import Page
from lakehouse.fetcher.references import unescaped

WORD = re.compile(r"[^\W\d_]{4,}")
PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
UNSEEN = ("script", "style")
LONGEST = 60_000
"""Characters of a page's text that are read."""

USUAL = 0.05
"""Likeness that makes a half: nearly all pages of two sites of one kind have less, most of one site more."""

Phrase = tuple[str, str]


def known_phrases(known: Page, page: Page) -> float:
    """Return how far two pages say the same pairs of words, from 0 to nearly 1; of data the keys count as words too."""
    one, other = phrases(known), phrases(page)
    if not one or not other:
        return 0.0
    like = len(one & other) ** 2 / (len(one) * len(other))
    return like / (like + USUAL**2)


@told_once
def phrases(page: Page) -> frozenset[Phrase]:
    """Return the pairs of words that stand side by side in what a page says."""
    return frozenset(pair for words in _sayings(page) for pair in pairwise(words))


def _sayings(page: Page) -> Iterator[list[str]]:
    if is_html(page):
        yield _words(unescaped(" ".join(_unmarked(page.text))))
        return
    if not page.is_json:
        yield _words(page.text)
        return
    try:
        document = page.document
    except PageError:
        return
    yield from ([part.casefold() for part in PART.findall(path)] for path in set(key_paths(document)))
    yield _words("\n".join(_texts(document)))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text[:LONGEST])]


def _unmarked(markup: str) -> Iterator[str]:
    """Yield the texts between tags, those too that only show once a script has run."""
    unseen = False
    for part in markup.split("<"):
        tag, _, text = part.partition(">")
        unseen = tag.casefold().startswith(UNSEEN) or (unseen and not tag.casefold().startswith(("/script", "/style")))
        if not unseen:
            yield text


def _texts(document: Any) -> Iterator[str]:
    """Yield the texts of a JSON value, in no order that matters."""
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, str):
            yield value
