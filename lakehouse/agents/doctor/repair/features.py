"""What can be measured of a printed value without knowing what it means."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from math import exp, log
from typing import TYPE_CHECKING

from lakehouse.fetcher.marks import DATE

if TYPE_CHECKING:
    from collections.abc import Mapping

Features = tuple[float, ...]

WEIGHTS = (1.2, 1.2, 1.0, 1.5, 0.8, 0.5, 0.8, 0.5, 0.6, 0.8, 1.2, 0.6, 0.3, 0.6, 0.5)
"""How much each of them tells two fields apart."""

TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
DASHED = re.compile(r" [-\u2013\u2014] ")
LONGEST = 2000
"""Characters of a value that are looked at; what comes later tells nothing new."""


@lru_cache(maxsize=100_000)
def features(value: str) -> Features:
    """Return its length, words, digits, case and punctuation as numbers of about 0 to 3."""
    value = value[:LONGEST]
    size, letters = len(value) or 1, sum(map(str.isalpha, value)) or 1
    digits = sum(map(str.isdigit, value))
    return (
        min(3.0, log(size + 1) / 2),
        min(2.0, log(len(value.split()) + 1) / 1.5),
        float(digits > 0),
        digits / size,
        sum(map(str.isupper, value)) / letters,
        float(value[:1].isupper()),
        float(value[:1].isdigit()),
        float("," in value),
        float("(" in value),
        float(":" in value),
        float(bool(DATE.search(value))),
        float(bool(DASHED.search(value))),
        float(value.endswith(".")),
        float(value[-1:].isdigit()),
        float(value[:1].islower()),
    )


@lru_cache(maxsize=20_000)
def typical(values: tuple[str, ...]) -> Features:
    """Return the mean of each feature of the values."""
    return tuple(sum(each) / len(values) for each in zip(*map(features, values), strict=True))


def nearness(one: Features, other: Features) -> float:
    """Return how near two typical values are: 1 for the same, towards 0 for ever more different ones."""
    distance = sum(weight * abs(a - b) for weight, a, b in zip(WEIGHTS, one, other, strict=True))
    return exp(-0.55 * distance)


@lru_cache(maxsize=100_000)
def tokens(value: str) -> frozenset[str]:
    """Return the words, numbers and marks of a value."""
    return frozenset(TOKEN.findall(value[:LONGEST].casefold()))


@lru_cache(maxsize=20_000)
def frequent(values: tuple[str, ...]) -> Mapping[str, float]:
    """Return the share of the values that have each word, number or mark."""
    counts = Counter(word for value in values for word in tokens(value))
    return {word: count / len(values) for word, count in counts.items()}
