"""Records of the last good day that are still there: what became of their values."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from lakehouse.checks import thresholds
from lakehouse.contract import Contract
from lakehouse.profile.shapes import shape

Row = Mapping[str, Any]

MOST = 5_000
"""Rows of each day that are looked at; what is still there stands near the top of most lists."""

SHORTEST = 5
"""Characters that the values of a field must have on the mean to tell records apart."""


@dataclass(frozen=True)
class Kept:
    """What became of the records of the good day, which had `rows` of them: counts by field.

    `had` counts the ones still there that had a value, `lost` those of them whose value is gone, `recut` those whose
    text is now part of a longer one or has only a part left, `other` those whose text is another one of another form,
    in fields that tell records apart.
    """

    rows: int = 0
    had: Mapping[str, int] = field(default_factory=dict)
    lost: Mapping[str, int] = field(default_factory=dict)
    recut: Mapping[str, int] = field(default_factory=dict)
    other: Mapping[str, int] = field(default_factory=dict)

    def is_lost(self, name: str) -> bool:
        """Return whether a field turned empty in records that are otherwise still there."""
        enough = self.had.get(name, 0) >= max(1, min(thresholds.FEWEST_KEPT, self.rows))
        return enough and self.lost.get(name, 0) >= thresholds.KEPT_CHANGED * self.had[name]

    def is_recut(self, name: str) -> bool:
        """Return whether most texts of a field are longer or shorter around what they said of the same records."""
        return self._is_most(self.recut, name)

    def is_other(self, name: str) -> bool:
        """Return whether a field that tells records apart says something else of most of the same ones."""
        return self._is_most(self.other, name)

    def _is_most(self, counts: Mapping[str, int], name: str) -> bool:
        still = self.had.get(name, 0) - self.lost.get(name, 0)
        return still >= thresholds.FEWEST_VALUES and counts.get(name, 0) >= thresholds.KEPT_CHANGED * still


def kept_records(before: pl.DataFrame, today: pl.DataFrame, contract: Contract) -> Kept:
    """Compare the good rows of a day with those of the last good one."""
    names = [name for name in contract.fields if before.schema.get(name) == today.schema.get(name) is not None]
    old, new = (frame.head(MOST).select(names).to_dicts() for frame in (before, today))
    texts = {name for name in names if contract.fields[name].type == "text"}
    pairs = list(_pairs(old, new, contract, names))
    had, lost, recut = Counter[str](), Counter[str](), Counter[str]()
    for was, now in pairs:
        for name in names:
            if was[name] is not None:
                had[name] += 1
                lost[name] += now[name] is None
                recut[name] += name in texts and _is_cut(was[name], now[name])
    other = {name: _others(pairs, name) for name in texts if _tells(old, name) and _tells(new, name)}
    return Kept(len(old), had, lost, recut, other)


def _others(pairs: Sequence[tuple[Row, Row]], name: str) -> int:
    """Return how many records have a text of another form than before; of counts and times the form stays."""
    texts = {side: [pair[place][name] for pair in pairs] for place, side in enumerate(("was", "now"))}
    frame = pl.DataFrame(texts, schema=dict.fromkeys(texts, pl.String)).drop_nulls()
    return frame.filter(shape(pl.col("was")) != shape(pl.col("now"))).height


def _pairs(old: Sequence[Row], new: Sequence[Row], contract: Contract, names: list[str]) -> Iterator[tuple[Row, Row]]:
    """Yield the records of both days that are the same ones: by their key, or else by values that no other has."""
    if contract.key:
        known = {_key(row, contract.key): row for row in old}
        yield from ((known[key], row) for row in new if (key := _key(row, contract.key)) in known)
        return
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for name in names:
        if contract.fields[name].type in ("text", "url") and _tells(old, name) and _tells(new, name):
            places = _single(old, name)
            for value, place in _single(new, name).items():
                if value in places:
                    votes[place][places[value]] += 1
    taken = Counter(found.most_common(1)[0][0] for found in votes.values())
    for place, found in votes.items():
        was = found.most_common(1)[0][0]
        if taken[was] == 1 and _is_same(old[was], new[place], names):
            yield old[was], new[place]


def _key(row: Row, names: Sequence[str]) -> str:
    return repr([row.get(name) for name in names])


def _tells(rows: Sequence[Row], name: str) -> bool:
    """Tell whether a field's values are long and distinct enough to tell records apart."""
    values = [row[name] for row in rows if row[name]]
    distinct = len(set(values)) >= thresholds.DISTINCT_FIELD * len(values)
    return bool(values) and distinct and sum(map(len, values)) >= SHORTEST * len(values)


def _single(rows: Sequence[Row], name: str) -> dict[str, int]:
    """Return the values that one record has alone, with its place."""
    counts = Counter(row[name] for row in rows)
    return {row[name]: place for place, row in enumerate(rows) if row[name] and counts[row[name]] == 1}


def _is_same(was: Row, now: Row, names: Sequence[str]) -> bool:
    """Tell whether at least half of what both records say is the same."""
    both = [_is_alike(was[name], now[name]) for name in names if was[name] is not None and now[name] is not None]
    return sum(both) >= len(both) / 2


def _is_alike(was: Any, now: Any) -> bool:
    """Tell whether two values are the same, or have half of the lines of the shorter one in common."""
    if was == now or not isinstance(was, str | list):
        return was == now
    one, other = (set(value.splitlines() if isinstance(value, str) else value) for value in (was, now))
    return len(one & other) >= max(2, min(len(one), len(other)) / 2)


def _is_cut(was: str, now: str | None) -> bool:
    one, other = (f" {' '.join((text or '').split())} " for text in (was, now))
    return bool(other.strip()) and one != other and (one in other or other in one)
