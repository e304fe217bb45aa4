"""One column for each field, and no column twice, so that the fits together are best."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def assign_best(fits: Sequence[Sequence[float]], least: float = 0.0) -> list[int | None]:
    """Return the column of each row of a matrix of fits, None where none fits better than `least`.

    The Hungarian method, with a column of its own for each row that may stay without one.
    """
    size = len(fits[0]) if fits else 0
    costs = [[-fit if fit > least else 0.0 for fit in row] + [0.0] * len(fits) for row in fits]
    owner = _owners(costs, size + len(fits)) if fits else []
    found: list[int | None] = [None] * len(fits)
    for column, row in enumerate(owner[1:]):
        if row and column < size and fits[row - 1][column] > least:
            found[row - 1] = column
    return found


def _owners(costs: Sequence[Sequence[float]], width: int) -> list[int]:
    """Return the row of each column, both counted from 1, with the least sum of costs; 0 where it has none."""
    rows, columns = [0.0] * (len(costs) + 1), [0.0] * (width + 1)
    owner, way = [0] * (width + 1), [0] * (width + 1)
    for row in range(1, len(costs) + 1):
        owner[0] = row
        place = _augmented(costs, rows, columns, owner, way)
        while place:
            owner[place] = owner[way[place]]
            place = way[place]
    return owner


def _augmented(
    costs: Sequence[Sequence[float]], rows: list[float], columns: list[float], owner: list[int], way: list[int]
) -> int:
    """Return the free column at the end of the cheapest way of changes, written back into `way`."""
    place, least, used = 0, [float("inf")] * len(columns), [False] * len(columns)
    while owner[place]:
        used[place] = True
        row, delta, nearest = owner[place], float("inf"), 0
        for column in range(1, len(columns)):
            if used[column]:
                continue
            reduced = costs[row - 1][column - 1] - rows[row] - columns[column]
            if reduced < least[column]:
                least[column], way[column] = reduced, place
            if least[column] < delta:
                delta, nearest = least[column], column
        for column in range(len(columns)):
            if used[column]:
                rows[owner[column]] += delta
                columns[column] -= delta
            else:
                least[column] -= delta
        place = nearest
    return place
