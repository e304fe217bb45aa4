"""Long lists in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Paged:
    """One page of a list; numbers count from 1."""

    records: Sequence[Any]
    number: int
    count: int
    total: int

    @property
    def before(self) -> int | None:
        """Return the number of the page before, if there is one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """Return the number of the next page, if there is one."""
        return self.number + 1 if self.number < self.count else None


def paged(records: Sequence[Any], number: str, size: int) -> Paged | None:
    """Return page `number`, or None where there is no such page; an empty list has one empty page."""
    count = max(1, -(-len(records) // size))
    if not number.isdecimal() or not 1 <= int(number) <= count:
        return None
    first = (int(number) - 1) * size
    return Paged(records[first : first + size], int(number), count, len(records))
