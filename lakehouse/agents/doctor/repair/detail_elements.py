"""Spots in the body of a page that hold one value: named elements, headings, what stands beside labels, images."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lakehouse.agents.doctor.repair.detail_spots import Source, Spot
from lakehouse.agents.doctor.repair.sightings import words
from lakehouse.agents.scout.words import is_steady

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lakehouse.agents.scout.outline import Element, Outline

LONGEST = 1_500
LONGEST_LABEL = 40
MOST = 400
FURNITURE = frozenset({"nav", "footer", "select", "form", "button"})
HEADING = re.compile(r"h[1-6]")
LABELS = frozenset({"dt", "th", "b", "strong", "label", "h2", "h3", "h4", "h5", "h6"})
SOURCES = ("src", "data-src", "data-lazy-src", "data-original")
DATA = re.compile(r"data-[a-z-]+|property|rel")
PLAIN = re.compile(r"[A-Za-z][\w -]{1,30}")


def headings(outline: Outline) -> dict[Element, str]:
    """Return for each element the text of the last heading that begins before it."""
    found: dict[Element, str] = {}
    last = ""
    for element in outline.elements:
        found[element] = last
        if HEADING.fullmatch(element.tag) and element.text:
            last = element.text[:60]
    return found


def body(outline: Outline) -> list[Element]:
    """Return the elements of a page that do not belong to its menus, footers and forms."""
    skipped = -1
    kept: list[Element] = []
    for element in outline.elements:
        if element.order <= skipped:
            continue
        if element.tag in FURNITURE:
            skipped = element.end
        else:
            kept.append(element)
    return kept


def names_of(element: Element) -> Iterator[str]:
    """Yield CSS by the element's own names: its id, what its data attributes say, its classes."""
    attributes = element.attributes
    if is_steady(attributes.get("id", "")):
        yield f"#{attributes['id']}"
    for name, value in attributes.items():
        if DATA.fullmatch(name) and PLAIN.fullmatch(value):
            yield f'{element.tag}[{name}="{value}"]'
    yield from (f"{element.tag}.{name}" for name in element.classes[:4])


def names_within(element: Element) -> Iterator[str]:
    """Yield CSS by the names of the elements around it."""
    for up, _ in zip(element.above(), range(4), strict=False):
        yield from (f"{name} {element.tag}" for name in names_of(up))


def said_of(element: Element, ups: int = 2) -> frozenset[str]:
    """Return the words of the names of an element and of those right around it."""
    around = [element, *[up for up, _ in zip(element.above(), range(ups), strict=False)]]
    return frozenset().union(*(words(f"{e.attributes.get('class', '')} {e.attributes.get('id', '')}") for e in around))


def element_spots(elements: list[Element], above: Mapping[Element, str]) -> Iterator[Spot]:
    """Yield the first element of each name that holds one value, headings first."""
    yield Spot("h1", Source("body", "", "h1"), frozenset({"heading"}))
    yield Spot("h2", Source("body", "", "h2"), frozenset({"heading"}))
    seen: set[str] = set()
    for element in elements:
        new = [css for css in (*names_of(element), *names_within(element)) if css not in seen]
        seen.update(new)
        if len(seen) > 8 * MOST or element.tag in ("body", "html"):
            continue
        if 0 < len(element.text) <= LONGEST and len(element.children) < 12:
            for css in new:
                yield Spot(css, Source("body", "", css), said_of(element, 2), above[element])


def label_spots(elements: list[Element]) -> Iterator[Spot]:
    """Yield what stands beside each label, as one value and as the lines of a list."""
    for element in elements:
        label = element.text.rstrip(" :\u00a0\uff1a")
        labels = element.tag in LABELS or element.text.endswith(":")
        if labels and 1 < len(label) <= LONGEST_LABEL and not re.search(r"[()\"']|\d{3}", label):
            source = Source("label", "", label.casefold())
            yield Spot(f"label({label})", source, words(label), label)
            yield Spot(
                f"label({label}) lines()", Source("label", "", f"{label.casefold()} lines()"), words(label), label
            )


def image_spots(outline: Outline, above: Mapping[Element, str]) -> Iterator[Spot]:
    """Yield images by their names and those of what is around them, with every attribute that may hold the address."""
    seen: set[str] = set()
    for element in outline.elements:
        if element.tag != "img":
            continue
        for css in (*names_of(element), *names_within(element), "img"):
            if css in seen:
                continue
            seen.add(css)
            for name in SOURCES:
                if element.attributes.get(name):
                    spot = f"{css}@{name}"
                    yield Spot(spot, Source("image", "", spot), said_of(element, 3), above[element])
