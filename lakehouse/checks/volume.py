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
    counts = profile.counts
    width = _width(counts, profile.days)
    low = min(math.exp(counts.centre - width), counts.least / thresholds.BEYOND_SEEN)
    high = max(math.exp(counts.centre + thresholds.LARGER_IS_MILDER * width), counts.greatest * thresholds.BEYOND_SEEN)
    return max(low, float(min_rows), 0.0 if profile.empty_days else 1.0), high


def _width(counts: Counts, days: int) -> float:
    """Return half the band's width in logarithms: the widest of habit, floor and the chance in small counts."""
    factor = thresholds.COLLAPSE if days < thresholds.FEW_DAYS else thresholds.COUNT_FACTOR
    chance = thresholds.CHANCE / math.sqrt(math.exp(counts.centre))
    return max(thresholds.SPREAD_WIDTHS * counts.spread, math.log(factor), chance)


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
