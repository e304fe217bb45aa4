"""Which of the columns that a region offers a person would want: rated by learned weights, taken one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.agents.scout.features import features
from lakehouse.agents.scout.weights import weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.scout.columns import Column

MOST = 16
REPEAT = 0.5
"""What a column loses for each column already taken from the same slot."""


def rate(column: Column, rows: Sequence[str], learned: dict[str, float] | None = None) -> float:
    """How much a person would want the column; logarithm of the odds."""
    learned = weights("columns") if learned is None else learned
    return sum(learned.get(name, 0.0) * value for name, value in features(column, rows).items())


def choose(
    offered: Sequence[Column], rows: Sequence[str], most: int = MOST, learned: dict[str, float] | None = None
) -> list[Column]:
    """The best columns, at most `most`, in the order in which they stand in a row."""
    open_ = [(rate(column, rows, learned), column) for column in offered]
    taken: list[Column] = []
    while open_ and len(taken) < most:
        best = max(range(len(open_)), key=lambda index: open_[index][0] - _repeats(open_[index][1], taken))
        column = open_.pop(best)[1]
        if not any(_same(column, other) for other in taken):
            taken.append(column)
    return taken


def _repeats(column: Column, taken: list[Column]) -> float:
    return REPEAT * sum(column.slot is other.slot for other in taken)


def _same(one: Column, other: Column) -> bool:
    pairs = [(a, b) for a, b in zip(one.values, other.values, strict=True) if a or b]
    alike = sum(bool(a and b) and _bare(str(a)) == _bare(str(b)) for a, b in pairs)
    return alike >= 0.95 * len(pairs)


def _bare(value: str) -> str:
    return "".join(value.split()).casefold().strip(".,;:|-*•·()")
