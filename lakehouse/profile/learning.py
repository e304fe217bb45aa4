"""What good days of a source have in common."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Self

from lakehouse.profile.stats import DayStats, FieldStats

MOST_DAYS = 14
"""Good days that are learned from: two weeks hold each weekday twice, and forget a change of the site soon enough."""

_MAD_TO_DEVIATION = 1.4826
"""What the median absolute deviation is multiplied by to estimate a standard deviation."""


@dataclass(frozen=True)
class Counts:
    """Row counts of the days that had any; the deviations, of counts and of their logarithms, stem from the MAD."""

    median: float
    deviation: float
    log_deviation: float
    least: int
    greatest: int


@dataclass(frozen=True)
class Envelope:
    """Quartiles over all days: the lowest first one, the highest third one, and the widest distance between them."""

    low: float
    high: float
    widest: float


@dataclass(frozen=True)
class FieldProfile:
    """One field over the learned days.

    `fill` is the share of rows with a value, on the poorest day; `known` the least share of a day's values whose
    shape the other days have; `distinct` the least share of distinct values; `values` counts all of them.
    """

    fill: float
    values: int
    known: float = 0.0
    distinct: float = 0.0
    shapes: dict[str, float] = field(default_factory=dict)
    top: dict[str, float] = field(default_factory=dict)
    lengths: Envelope | None = None
    numbers: Envelope | None = None
    ages: Envelope | None = None

    @property
    def is_always(self) -> bool:
        """Return whether no row was seen that lacks it."""
        return self.values > 0 and self.fill >= _pooled(self.values, self.values)


@dataclass(frozen=True)
class Profile:
    """What good records of a source have looked like; `days` 0 means that nothing has been learned yet.

    `fallback` has, for a field and its selectors, the usual share of answers that the first selector did not give.
    """

    days: int = 0
    counts: Counts | None = None
    empty_days: int = 0
    reject_share: float = 0.0
    fields: dict[str, FieldProfile] = field(default_factory=dict)
    fallback: dict[tuple[str, tuple[str, ...]], float] = field(default_factory=dict)

    @classmethod
    def learn(cls, days: Sequence[DayStats], most: int = MOST_DAYS) -> Self:
        """Return the profile of the last `most` of `days`, which are good ones, oldest first."""
        newest = days[-most:]
        names = dict.fromkeys(name for day in newest for name in day.fields)
        return cls(
            days=len(newest),
            counts=_counts([day.rows for day in newest if day.rows]),
            empty_days=sum(day.rows == 0 for day in newest),
            reject_share=max((day.reject_share for day in newest), default=0.0),
            fields={name: _field(name, newest) for name in names if any(day.rows for day in newest)},
            fallback=_fallback(newest),
        )


def _counts(rows: list[int]) -> Counts | None:
    if not rows:
        return None
    logs = [math.log(count) for count in rows]
    return Counts(median(rows), _deviation(rows), _deviation(logs), min(rows), max(rows))


def _deviation(numbers: Sequence[float]) -> float:
    centre = median(numbers)
    return _MAD_TO_DEVIATION * median(abs(number - centre) for number in numbers)


def _field(name: str, days: Sequence[DayStats]) -> FieldProfile:
    seen = [(day.rows, day.fields[name]) for day in days if day.rows and name in day.fields]
    rows = sum(count for count, _ in seen)
    filled = sum(count * stats.fill for count, stats in seen)
    pooled = _pooled(filled, rows)
    valued = [stats for _, stats in seen if stats.fill > 0]
    one_day = _repeated(valued[0], round(filled)) if len(valued) == 1 else None
    return FieldProfile(
        fill=min([pooled, *(stats.fill for _, stats in seen)]),
        values=round(filled),
        known=_known(valued) if one_day is None else one_day,
        distinct=min((stats.distinct for stats in valued), default=0.0),
        shapes=_mean_shares([stats.shapes for stats in valued]),
        top=_mean_shares([stats.top for stats in valued]) if all(stats.top for stats in valued) else {},
        lengths=_envelope([stats.lengths for stats in valued if stats.lengths]),
        numbers=_envelope([stats.numbers for stats in valued if stats.numbers]),
        ages=_envelope([stats.ages for stats in valued if stats.ages]),
    )


def _pooled(filled: float, rows: int) -> float:
    """Return a share by Laplace's rule: three rows of three do not prove "always"."""
    return (filled + 1) / (rows + 2)


def _repeated(day: FieldStats, values: int) -> float:
    """Return the share of values whose shape came twice: what a second day is expected to know (Good-Turing)."""
    return sum(share for share in day.shapes.values() if share * values > 1.5)


def _known(days: list[FieldStats]) -> float:
    """Leave each day out in turn and return the least share of its values whose shape the other days have."""
    vocabularies = (
        [shape for n, day in enumerate(days) if n != number for shape in day.shapes] for number in range(len(days))
    )
    return min((known_share(day.shapes, known) for day, known in zip(days, vocabularies, strict=True)), default=0.0)


def known_share(shapes: dict[str, float], vocabulary: Sequence[str] | dict[str, float]) -> float:
    """Return the share of a day's values whose shape is in the vocabulary."""
    known = set(vocabulary)
    return sum(share for shape, share in shapes.items() if shape in known)


def _mean_shares(days: list[dict[str, float]]) -> dict[str, float]:
    total: dict[str, float] = defaultdict(float)
    for shares in days:
        for word, share in shares.items():
            total[word] += share / len(days)
    return dict(sorted(total.items(), key=lambda entry: (-entry[1], entry[0])))


def _envelope(days: Sequence[tuple[float, ...]]) -> Envelope | None:
    if not days:
        return None
    return Envelope(
        low=min(quartiles[1] for quartiles in days),
        high=max(quartiles[3] for quartiles in days),
        widest=max(quartiles[3] - quartiles[1] for quartiles in days),
    )


def _fallback(days: Sequence[DayStats]) -> dict[tuple[str, tuple[str, ...]], float]:
    shares: dict[tuple[str, tuple[str, ...]], list[float]] = defaultdict(list)
    for day in days:
        for answer in day.answers:
            if (share := answer.fallback_share) is not None:
                shares[answer.field, answer.selectors].append(share)
    return {key: median(values) for key, values in shares.items()}
