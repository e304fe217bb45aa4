"""The same record on two days, told by its key, however the parts of the key are written."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Any

from lakehouse.agents.doctor.repair.data_said import said
from lakehouse.agents.scout.match import bare
from lakehouse.fetcher.datetimes import TIME, find_moment
from lakehouse.fetcher.months import months
from lakehouse.fetcher.values import Unreadable
from lakehouse.fetcher.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST = 64
"""Ways in which one key may be written that are looked up."""


class KnownKeys:
    """Values of known records by their keys."""

    def __init__(self, known: Iterable[tuple[Sequence[str], Any]]) -> None:
        self._values: list[Any] = []
        self._owners: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for key, value in known:
            for way in _ways(key):
                self._owners[way].add(len(self._values))
            self._values.append(value)

    def find(self, key: Sequence[str]) -> tuple[Any, ...]:
        """Return the value of the one record that has this key; nothing where none has it, or several may."""
        owners = {owner for way in _ways(key) for owner in self._owners.get(way, ())}
        return (self._values[owners.pop()],) if len(owners) == 1 else ()


def _ways(key: Sequence[str]) -> list[tuple[str, ...]]:
    ways = list(product(*(sorted(_forms(part)) for part in key))) if key else []
    return ways[:MOST]


def _forms(text: str) -> frozenset[str]:
    """Return the ways to write a part of a key: the moment where it has a time of the day, else all that it says."""
    if not TIME.search(text):
        return said(text)
    moments = (_moment(text, order) for order in ("YMD", "MDY", "DMY"))
    return frozenset({bare(text), *(moment for moment in moments if moment)})


def _moment(text: str, order: str) -> str:
    try:
        return f"moment:{find_moment(text, order, months('en'), zone('UTC')).isoformat()}"
    except Unreadable:
        return ""
