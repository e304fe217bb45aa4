"""Whether records are cut where the page cuts them: else the values of one stand inside those of the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from lakehouse.agents.doctor.case import Record

SHORTEST = 5
"""Letters and digits of a value from which on it does not stand in another by chance."""

MOST = 200
FEWEST = 3


def unmixed(records: Sequence[Record], names: Sequence[str]) -> float:
    """Return 1 where no record says what its neighbour's other fields say, less for the pair of fields that does most.

    An address with the number of the next record, and not with that of its own, shows that the rows are cut askew.
    """
    if len(records) < FEWEST:
        return 1.0
    columns = {name: [_bare(record.get(name, "")) for record in records[:MOST]] for name in names}
    return 1 - max((_askew(columns[one], columns[other]) for one, other in permutations(names, 2)), default=0.0)


def _askew(parts: Sequence[str], wholes: Sequence[str]) -> float:
    """Return the share of records whose whole holds the part of a neighbour, where it does not hold its own."""
    told = mixed = 0
    for place, (part, whole) in enumerate(zip(parts, wholes, strict=True)):
        near = {other for other in (*parts[max(0, place - 1) : place], *parts[place + 1 : place + 2]) if other != part}
        if len(part) >= SHORTEST and whole:
            told += 1
            mixed += part not in whole and any(len(other) >= SHORTEST and other in whole for other in near)
    return mixed / told if told >= FEWEST else 0.0


def _bare(value: str) -> str:
    return "".join(letter for letter in value.casefold() if letter.isalnum())
