"""By what a publishing platform is known: what it calls itself, its class names, and how its elements nest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from pydantic import BaseModel, ConfigDict

from lakehouse.agents.scout.candidates import is_html
from lakehouse.agents.scout.outline import INLINE, Element, outline_of
from lakehouse.agents.scout.words import is_steady
from lakehouse.fetcher.page import Page
from lakehouse.registry.stamp import sha256

MOST_WORDS = 80
MOST_SHAPES = 80
DEPTH = 4

FEW_WORDS = 4
"""Class names below which a page says nothing of its platform by them."""

NEAR = 0.45
"""Nearness from which on a repair of the one may be worth a try on the other; the gate has the last word."""

SAME = 0.8
"""Nearness from which on two pages are filed under one platform."""

GENERATOR = re.compile(r"[A-Za-z][A-Za-z.!-]{1,30}(?: [A-Za-z][A-Za-z.!-]{1,30})?")
PART = re.compile(r"[A-Za-z][A-Za-z]*|[A-Za-z0-9]+")
MADE = re.compile(r"\d|^(?:css|sc|jss|emotion|styled|svelte|chakra)$|[a-z][A-Z][a-z]?[A-Z]|^[^aeiouyAEIOUY]{5,}$")


class Fingerprint(BaseModel):
    """What a page's platform is known by; it holds nothing that the page says."""

    model_config = ConfigDict(frozen=True)

    generator: str = ""
    words: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return a short name that is the same for the same fingerprint."""
        return sha256(self.model_dump_json())[:16]


def fingerprint_of(page: Page) -> Fingerprint | None:
    """Return the fingerprint of an HTML page, None for another format."""
    if not is_html(page):
        return None
    elements = outline_of(page).elements
    words = Counter(word for each in elements for name in classes(each) if (word := stem(name)))
    shapes = Counter(_shape(each) for each in elements if each.tag not in INLINE)
    return Fingerprint(
        generator=_generator(page), words=_frequent(words, MOST_WORDS), shapes=_frequent(shapes, MOST_SHAPES)
    )


def nearness(one: Fingerprint, other: Fingerprint) -> float:
    """Return how likely two pages are of one platform, from 0 to 1."""
    if one.generator and other.generator and one.generator != other.generator:
        return 0.0
    nesting = _common(one.shapes, other.shapes)
    if min(len(one.words), len(other.words)) < FEW_WORDS:
        return nesting if not one.words and not other.words else 0.5 * nesting
    again = 0.1 if one.generator and one.generator == other.generator else 0.0
    return min(1.0, 0.7 * _common(one.words, other.words) + 0.3 * nesting + again)


def stem(name: str) -> str:
    """Return a class name without the parts that a build tool made, which differ from site to site; maybe nothing."""
    parts = [part for part in re.split(r"[-_]+", name) if part]
    kept = [part for part in parts if not MADE.search(part)]
    return "-".join(kept).lower() if kept and (len(kept) < len(parts) or is_steady(name)) else ""


def classes(element: Element) -> list[str]:
    """Return all class names of an element, those that are made by a tool too."""
    return (element.attributes.get("class") or "").split()


def _generator(page: Page) -> str:
    content = next((node.attr("content") for node in page.select("meta[name=generator]")), None)
    found = GENERATOR.match(content or "")
    return found[0].lower() if found else ""


def _shape(element: Element) -> str:
    tags: Iterator[str] = (up.tag for up in (element, *element.above()))
    return "<".join(tag for tag, _ in zip(tags, range(DEPTH), strict=False))


def _frequent(counts: Counter[str], most: int) -> tuple[str, ...]:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(sorted(word for word, _ in ranked[:most]))


def _common(one: Collection[str], other: Iterable[str]) -> float:
    mine, its = set(one), set(other)
    return len(mine & its) / len(mine | its) if mine and its else 0.0
