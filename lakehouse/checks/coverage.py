"""Coverage: every field is as filled as it used to be, optional ones too."""

from __future__ import annotations

import math

import polars as pl

from lakehouse.checks import thresholds
from lakehouse.checks.result import CheckResult, Evidence, examples_of, share


def check_coverage(evidence: Evidence) -> CheckResult:
    """Fail where a field lost much of its usual fill, and more than chance takes.

    The worse error is a false alarm, since a field that nobody requires comes and goes; a field that turned empty is
    found all the same as soon as some twenty values of it have been seen.
    """
    lost = lost_fields(evidence)
    fields, profile = evidence.stats.fields, evidence.profile.fields
    worst = max(lost, key=lambda name: profile[name].fill - fields[name].fill, default="")
    names = ", ".join(f"`{name}`" for name in lost)
    return CheckResult(
        name="coverage",
        severity="error",
        passed=not lost,
        expected=f"{worst} filled in at least {share(profile[worst].fill)}"
        if lost
        else "every field as filled as usual",
        actual=f"{worst} filled in {share(fields[worst].fill)}" if lost else "every field as filled as usual",
        message=f"{names} turned empty or nearly so." if lost else "Every field is as filled as usual.",
        examples=examples_of(evidence.split.good.filter(pl.col(worst).is_null())) if lost else (),
        command=evidence.sql("", where=f"{worst} is null") if lost else "",
        fields=tuple(lost),
    )


def lost_fields(evidence: Evidence) -> list[str]:
    """Return the fields whose fill is gone, in the contract's order."""
    stats = evidence.stats
    loss = thresholds.EARLY_FILL_LOSS if evidence.profile.days < thresholds.FEW_DAYS else thresholds.FILL_LOSS
    learned = evidence.profile.fields
    return [
        name
        for name, today in stats.fields.items()
        if stats.rows and name in learned and _is_lost(today.fill, learned[name].fill, stats.rows, loss)
    ]


def _is_lost(today: float, usual: float, rows: int, loss: float) -> bool:
    certain = min(usual, thresholds.SUREST)
    chance = thresholds.CHANCE * math.sqrt(rows * certain * (1 - certain))
    return today < usual * (1 - loss) and rows * (certain - today) > chance
