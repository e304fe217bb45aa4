"""Lists in the body of a detail page that belong to its subject: ingredients, steps, features, sections of text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from math import log
from statistics import fmean
from typing import TYPE_CHECKING

from lakehouse.agents.scout.region_features import ASIDE_TAGS, ASIDE_WORDS
from lakehouse.agents.scout.rows import leads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lakehouse.agents.scout.outline import Element, Outline

RELATED = re.compile(
    r"related|recommend|popular|comment|respond|widget|sidebar|footer|newsletter|subscribe|cookie|similar|trending|recirc|also",
    re.IGNORECASE,
)


@dataclass(eq=False)
class Block:
    """Like elements under containers of one name: the CSS that finds all of them, and their texts."""

    css: str
    texts: list[str]
    score: float
    name: str


def blocks(page: Outline) -> list[Block]:
    """The blocks of a page, best first, without two that say the same."""
    groups: dict[str, list[Element]] = defaultdict(list)
    for element in page.elements:
        if element.tag in ("li", "p", "dd", "tr", "td") or (element.tag in ("div", "span") and element.classes):
            for css in _names(element):
                groups[css].append(element)
    found = [_block(css, group) for css, group in groups.items()]
    best: dict[tuple[str, ...], Block] = {}
    for block in sorted(found, key=lambda block: -block.score):
        if block.score > 0:
            best.setdefault(tuple(block.texts), block)
    return list(best.values())


def _names(element: Element) -> Iterator[str]:
    for name in element.classes[:2]:
        yield f"{element.tag}.{name}"
    for up in list(element.above())[:4]:
        for name in up.classes[:2]:
            yield f"{up.tag}.{name} {element.tag}"
        if prop := up.attributes.get("itemprop"):
            yield f'[itemprop="{prop.split()[0]}"] {element.tag}'
        if (
            (identity := up.attributes.get("id", ""))
            and re.fullmatch(r"[A-Za-z][\w-]*", identity)
            and not re.search(r"\d", identity)
        ):
            yield f"#{identity} {element.tag}"


def _block(css: str, group: list[Element]) -> Block:
    texts = [element.text for element in group if element.text]
    return Block(css, texts, _score(group, texts), css.rpartition(" ")[0] or css)


def _score(group: list[Element], texts: list[str]) -> float:
    if len(texts) < 2 or len(texts) > 80 or len(set(texts)) < 0.7 * len(texts):
        return -1.0
    lengths = [len(text) for text in texts]
    if not 8 <= fmean(lengths) <= 1200:
        return -1.0
    inside = set(group)
    if any(up in inside for element in group for up in element.above()):
        return -1.0
    linked = fmean(
        any(leads(e) and len(e.text) > 0.8 * len(element.text) for e in [element, *element.below()] if e.tag == "a")
        for element in group
    )
    total = log(1 + len(texts)) + 0.4 * log(1 + fmean(lengths)) - 2.5 * linked
    total -= 2.5 * fmean(_aside(element) for element in group)
    total += 0.8 * (group[0].tag == "li") + 0.5 * ("itemprop" in css_of(group[0]))
    return total - 0.3 * len({element.depth for element in group})


def css_of(element: Element) -> str:
    """The names around an element in one string."""
    return " ".join(" ".join(up.attributes) for up in [element, *list(element.above())[:3]])


def _aside(element: Element) -> bool:
    for up in [element, *element.above()]:
        words = f"{up.attributes.get('class', '')} {up.attributes.get('id', '')}"
        if up.tag in ASIDE_TAGS or (
            up.tag not in ("body", "html") and (RELATED.search(words) or ASIDE_WORDS.search(words))
        ):
            return True
    return False
