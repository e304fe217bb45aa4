"""A field whose fill slides: every single day still passes, and the profile learns the loss as usual."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from lakehouse.agents.doctor.warning import EarlyWarning
from lakehouse.checks.result import share
from lakehouse.checks.thresholds import CHANCE, SUREST
from lakehouse.profile import DayStats

MOST_DAYS = 14
LEAST_DAYS = 7
"""A week, so that a quiet weekday is among the days that are compared."""

LATE = 3
"""Newest days that must be low together: one poor day is no trend."""

LOSS = 0.15
"""Part of the usual fill that must be gone: half of what fails a day."""

FALLING = 2.3
"""Deviations by which the days must be in falling order (Mann and Kendall): 1 in 100, besides the size of the loss."""

_MAD_TO_DEVIATION = 1.4826


def sliding_fills(days: Mapping[str, DayStats]) -> Iterator[EarlyWarning]:
    """Give a warning for each field whose fill slides over good days, oldest first.

    The worse error is a false alarm, since a field that really goes is found by its check: so the loss must matter, be
    more than chance and more than the field's own ups and downs, and have come in the order of the days.
    """
    newest = {day: stats for day, stats in list(days.items())[-MOST_DAYS:] if stats.rows}
    if len(newest) < LEAST_DAYS:
        return
    rows = median(stats.rows for stats in newest.values())
    for name in newest[max(newest)].fields:
        seen = {day: stats.fields[name].fill for day, stats in newest.items() if name in stats.fields}
        fills = list(seen.values())
        if loss := lost_fill(fills, rows):
            usual = usual_fill(fills)
            told = f"`{name}` is filled in {share(fills[-1])} of the rows, {share(usual)} before, and slides on."
            yield EarlyWarning("fill", name, told, _since(seen, usual - loss / 4))


def lost_fill(fills: Sequence[float], rows: float) -> float:
    """Return how much of a field's fill slid away over days of so many rows; 0 where it did not slide."""
    if len(fills) < LEAST_DAYS:
        return 0.0
    usual = usual_fill(fills)
    loss = usual - max(median(fills[-LATE:]), fills[-1])
    # As if one row more had no value: days share most of their rows, so many of them prove little more than one.
    certain = min((usual * rows + 1) / (rows + 2), SUREST)
    chance = CHANCE * math.sqrt(2 * certain * (1 - certain) / rows)
    scatter = CHANCE * _scatter(fills)
    return loss if loss > max(LOSS * usual, chance, scatter) and fall(fills) >= FALLING else 0.0


def _scatter(fills: Sequence[float]) -> float:
    """Return how much days differ by themselves: from one to the next, so that a slide is no scatter."""
    steps = [late - early for early, late in pairwise(fills)]
    usual = median(steps)
    return _MAD_TO_DEVIATION * median(abs(step - usual) for step in steps) / math.sqrt(2)


def usual_fill(fills: Sequence[float]) -> float:
    """Return what was usual in the earlier half of the days."""
    return median(_early(fills))


def _early(fills: Sequence[float]) -> Sequence[float]:
    return fills[: max(LEAST_DAYS - LATE, len(fills) // 2)]


def fall(numbers: Sequence[float]) -> float:
    """Return by how many deviations numbers fall in their order, after Mann and Kendall; below 0 where they rise."""
    count = len(numbers)
    pairs = ((early, late) for place, early in enumerate(numbers) for late in numbers[place + 1 :])
    falling = sum((early > late) - (early < late) for early, late in pairs)
    ties = sum(size * (size - 1) * (2 * size + 5) for size in Counter(numbers).values())
    variance = (count * (count - 1) * (2 * count + 5) - ties) / 18
    return math.copysign(max(0, abs(falling) - 1), falling) / math.sqrt(variance) if variance > 0 else 0.0


def _since(seen: Mapping[str, float], least: float) -> str:
    """Return the first of the newest days that are all below a fill."""
    days = list(seen)
    low = len(days) - 1
    while low > 0 and seen[days[low - 1]] < least:
        low -= 1
    return days[low]
