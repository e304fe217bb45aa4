"""Which region of a page is the list that a person came for."""

from __future__ import annotations

import re
from collections import Counter
from math import log
from statistics import mean, median, pstdev
from typing import TYPE_CHECKING

from lakehouse.fetcher.marks import DATE

if TYPE_CHECKING:
    from lakehouse.agents.scout.regions import Region
    from lakehouse.agents.scout.rows import Row

ASIDE_TAGS = frozenset({"nav", "header", "footer", "aside", "select"})
ASIDE_WORDS = re.compile(
    r"\b(nav|menu|footer|header|breadcrumbs?|sidebar|pager|pagination|social|share|comments?|toolbar)", re.IGNORECASE
)
SAMPLE = 60


def rank(found: list[Region]) -> list[Region]:
    """The regions, best first, with their scores set."""
    for region in found:
        region.score = score(region)
    return sorted(found, key=lambda region: -region.score)


def score(region: Region) -> float:
    rows = region.rows[:SAMPLE]
    texts = [row.text for row in rows]
    lengths = [len(text) for text in texts]
    typical = median(lengths)
    if typical < 3:
        return -1.0
    count = min(len(region.rows), 60)
    distinct = len(set(texts)) / len(texts)
    dated = mean(bool(DATE.search(text)) for text in texts)
    linked = mean(bool(row.links) for row in rows)
    total = 1.0 * log(1 + count) + 0.75 * log(1 + mean(min(length, 400) for length in lengths) * count / 10)
    total += 1.6 * dated + 0.7 * mean(any(map(str.isdigit, text)) for text in texts) + 0.8 * linked + 1.2 * distinct
    total += _likeness(rows) - 2.0 * max(0.0, _link_share(rows, lengths) - 0.8)
    total -= 1.6 * mean(sum(e.tag in ("tr", "li", "article") for e in row.elements) > 6 for row in rows)
    total -= 1.2 * mean(len(DATE.findall(text)) > 3 for text in texts)
    total -= _aside(region) * (0.3 if dated > 0.7 and distinct > 0.8 else 2.2)
    total -= (1.2 if len(region.rows) < 3 else 0) + (0.8 if typical < 12 else 0) + (1.5 if typical > 3000 else 0)
    total -= _form_cost(region)
    total -= 2.2 * _spread([len(row.links) for row in rows])
    total -= 1.5 * _spread([sum(e.tag in ("tr", "li", "p", "h3", "h4") for e in row.elements[1:]) for row in rows])
    total -= 2.9 * linked * (1 - linked) + 2.9 * dated * (1 - dated)
    if len(rows) > 3:
        total -= 0.8 * min(1.0, pstdev(lengths) / (1 + mean(lengths)))
    return total


def _likeness(rows: list[Row]) -> float:
    signatures = [Counter((e.tag, e.classes) for e in row.elements) for row in rows]
    common = Counter(key for signature in signatures for key in signature)
    core = [key for key, seen in common.items() if seen >= 0.7 * len(rows)]
    uniform = sum(common[key] for key in core) / max(1, sum(common.values()))
    first = sum(signatures[0].values())
    ragged = mean(abs(sum(signature.values()) - first) > 12 for signature in signatures)
    return 1.3 * uniform - 0.8 * ragged + 0.25 * min(len(core), 8)


def _link_share(rows: list[Row], lengths: list[int]) -> float:
    return sum(len(link.text) for row in rows for link in row.links) / (sum(lengths) or 1)


def _aside(region: Region) -> bool:
    first = region.starters[0]
    for element in [first, *list(first.above())[:-2]]:
        words = f"{element.attributes.get('class', '')} {element.attributes.get('id', '')}"
        if element.tag in ASIDE_TAGS or (element.tag != "body" and ASIDE_WORDS.search(words)):
            return True
    return False


def _form_cost(region: Region) -> float:
    if region.form == "select":
        return 0.0
    if region.form == "runs":
        return 0.5
    if region.kind == "segment:br":
        return 1.1
    return 0.5 if len(region.rows) < 5 else 0.15


def _spread(counts: list[int]) -> float:
    middle = mean(counts)
    return min(1.0, pstdev(counts) / middle) if middle > 1.5 else 0.0
