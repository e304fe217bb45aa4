"""Coverage: every field is as filled as it used to be, optional ones too."""

from __future__ import annotations

import math

import polars as pl

from lakehouse.checks import thresholds
from lakehouse.checks.result import CheckResult, Evidence, examples_of, share


def check_coverage(evidence: Evidence) -> CheckResult:
    """Fail where a field lost much of its usual fill, and more than chance takes.

    The worse error is a false alarm, since a field that nobody requires comes and goes; a field that turned empty is
    found all the same as soon as some twenty values of it have been seen. Sooner it is found in records that are still
    there, and where half of the fields turn empty that every record had.
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
    stats, learned = evidence.stats, evidence.profile.fields
    loss = thresholds.EARLY_FILL_LOSS if evidence.profile.days < thresholds.FEW_DAYS else thresholds.FILL_LOSS
    hollow = _hollow(evidence)
    return [
        name
        for name, today in stats.fields.items()
        if stats.rows and name in learned and today.fill < learned[name].fill * (1 - loss)
        if _is_beyond_chance(today.fill, learned[name].fill, stats.rows)
        or name in hollow
        or evidence.kept.is_lost(name)
    ]


def _is_beyond_chance(today: float, usual: float, rows: int) -> bool:
    certain = min(usual, thresholds.SUREST)
    chance = thresholds.CHANCE * math.sqrt(rows * certain * (1 - certain))
    return rows * (certain - today) > chance


def _hollow(evidence: Evidence) -> set[str]:
    """Return the fields that every record had and none has now, where these are so many that no record looks whole."""
    fields, learned = evidence.stats.fields, evidence.profile.fields
    always = [name for name in fields if name in learned and learned[name].is_always]
    empty = {name for name in always if fields[name].fill == 0.0}
    return empty if len(always) > 1 and len(empty) >= thresholds.HOLLOW * len(always) else set()
