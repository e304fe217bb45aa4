"""Which of several ways of reading a column is the right one; what nothing decides stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from lakehouse.agents.doctor.repair.retype_learned import SHARE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

AGREE = 0.8
"""Share of the pairs that must say what was known."""


class Decision(NamedTuple):
    """The way of reading that was chosen, and by what: "same", "only", "more", "known", or "none"."""

    way: str
    by: str


def decide(
    old: str, readings: Mapping[str, Sequence[Any]], pairs: Mapping[str, Sequence[bool]] | None = None
) -> Decision:
    """Return the way that the values themselves, or known records, decide for, else the old one.

    `readings` has, for each way, what it makes of each value, None where it cannot read it; `pairs` whether it makes of
    values of known records what was known.
    """
    able = {way: read for way, read in readings.items() if _count(read) >= SHARE * len(read) > 0}
    if not able:
        return Decision(old, "none")
    if known := _by_pairs(able, pairs or {}):
        return Decision(known, "same" if known == old else "known")
    if all(_alike(one, other) for one in able.values() for other in able.values()):
        return Decision(old, "same") if old in able else Decision(next(iter(able)), "only")
    most = max(map(_count, able.values()))
    leading = [way for way, read in able.items() if _count(read) == most]
    if len(leading) == 1 or all(_alike(able[leading[0]], able[way]) for way in leading):
        return Decision(old, "same") if old in leading else Decision(leading[0], "more")
    return Decision(old, "none")


def _count(read: Sequence[Any]) -> int:
    return sum(value is not None for value in read)


def _alike(one: Sequence[Any], other: Sequence[Any]) -> bool:
    return list(one) == list(other)


def _by_pairs(able: Mapping[str, Sequence[Any]], pairs: Mapping[str, Sequence[bool]]) -> str | None:
    shares = {way: sum(hits) / len(hits) for way, hits in pairs.items() if way in able and hits}
    best = max(shares, key=lambda way: shares[way], default=None)
    if best is None or shares[best] < AGREE or list(shares.values()).count(shares[best]) > 1:
        return None
    return best
