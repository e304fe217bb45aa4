"""Volume: a day has as many rows as such days have had."""

from __future__ import annotations

import math

from lakehouse.checks import thresholds
from lakehouse.checks.result import CheckResult, Evidence
from lakehouse.profile import Counts, Profile


def check_volume(evidence: Evidence) -> CheckResult:
    """Fail where rows are missing: none at all, fewer than the contract's minimum, or a count outside the learned band.

    The worse error is to pass a loss. So zero rows are right only where the contract allows it and the page says so,
    while a count outside the band is right where the pages have no more row-like items than the table has rows.
    """
    low, high = band(evidence.profile, evidence.source.contract.min_rows)
    fault = _fault(evidence, low, high)
    return CheckResult(
        name="volume",
        severity="error",
        passed=fault is None,
        expected=f"{math.ceil(low)} to {math.floor(high)} rows"
        if math.isfinite(high)
        else f"at least {math.ceil(low)} rows",
        actual=f"{evidence.stats.rows} rows from {evidence.stats.pages} pages",
        message=fault or _usual(evidence),
        command="" if fault is None else f"lakehouse diff {evidence.source.name}",
    )


def band(profile: Profile, min_rows: int) -> tuple[float, float]:
    """Return the least and the greatest row count that are as usual; without a profile only the contract's minimum."""
    if profile.counts is None:
        return float(min_rows), math.inf
    counts, width = profile.counts, _width(profile.counts, profile.days)
    habit = thresholds.SPREAD_WIDTHS * counts.deviation
    seen = counts.least / thresholds.BEYOND_SEEN, counts.greatest * thresholds.BEYOND_SEEN
    low = min(counts.median * math.exp(-width), counts.median - habit, seen[0], _by_chance(counts.least, -1))
    high = max(
        counts.median * math.exp(thresholds.LARGER_IS_MILDER * width),
        counts.median + habit,
        seen[1],
        _by_chance(counts.greatest, 1),
    )
    return max(low, float(min_rows), 0.0 if profile.empty_days else 1.0), high


def _by_chance(count: int, sign: int) -> float:
    """Return how far a count of independent things comes by chance, to one side."""
    return count + sign * thresholds.CHANCE * math.sqrt(count)


def _width(counts: Counts, days: int) -> float:
    """Return half the band's width in logarithms: the wider of habit and floor."""
    factor = thresholds.COLLAPSE if days < thresholds.FEW_DAYS else thresholds.COUNT_FACTOR
    return max(thresholds.SPREAD_WIDTHS * counts.log_deviation, math.log(factor))


def _fault(evidence: Evidence, low: float, high: float) -> str | None:
    """Return what is wrong with the count, as a sentence, or None."""
    rows, contract = evidence.stats.rows, evidence.source.contract
    if rows == 0 and contract.allow_empty and evidence.declared_empty:
        return None
    if rows == 0 and low > 0:
        return f"No rows came from {evidence.stats.pages} pages, and no page says that there are none."
    if rows < contract.min_rows:
        return f"{rows} rows came, and the contract wants at least {contract.min_rows}."
    if low <= rows <= high or _pages_agree(evidence):
        return None
    return f"{rows} rows came, which is {'fewer' if rows < low else 'more'} than such a day has had."


def _pages_agree(evidence: Evidence) -> bool:
    """Whether the pages themselves have about as many row-like items as the table has rows."""
    items, rows = evidence.row_like_items, evidence.stats.rows
    if items is None or rows == 0:
        return False
    return thresholds.ITEMS_FOUND * items <= rows <= items / thresholds.ITEMS_FOUND


def _usual(evidence: Evidence) -> str:
    if evidence.stats.rows == 0:
        return "There are no rows, and that is right: the page says so, or such days are usual."
    return "There is no good day to compare with yet." if evidence.profile.counts is None else "As many rows as usual."
