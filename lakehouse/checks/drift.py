"""Drift: values look like the values before them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import polars as pl

from lakehouse.checks import thresholds
from lakehouse.checks.result import CheckResult, Evidence, examples_of
from lakehouse.contract import Field
from lakehouse.profile import Envelope, FieldProfile, FieldStats, Quantiles, known_share

Difference = tuple[str, str]
"""What was expected of a field, and what it is like now."""

_Look = Callable[[FieldStats, FieldProfile, int], Difference | None]


def check_drift(evidence: Evidence) -> CheckResult:
    """Fail where most values of a field have another form, length, magnitude or time, or are suddenly all the same.

    The worse error is a false alarm: sites write about new things every day. So free text has no form to lose, and
    a few values prove nothing. Of records that are still there, texts that are now cut otherwise, or of another form
    where they tell the records apart, fail by themselves.
    """
    drifted = dict(drifted_fields(evidence))
    name = next(iter(drifted), "")
    expected, actual = drifted.get(name, ("values as usual", "values as usual"))
    names = ", ".join(f"`{drifted_name}`" for drifted_name in drifted)
    return CheckResult(
        name="drift",
        severity="error",
        passed=not drifted,
        expected=f"{name}: {expected}" if drifted else expected,
        actual=f"{name}: {actual}" if drifted else actual,
        message=f"Values of {names} no longer look like themselves." if drifted else "Values look as usual.",
        examples=examples_of(evidence.split.good.filter(pl.col(name).is_not_null())) if drifted else (),
        command=f"lakehouse diff {evidence.source.name}" if drifted else "",
        fields=tuple(drifted),
    )


def drifted_fields(evidence: Evidence) -> Iterator[tuple[str, Difference]]:
    """Give each field that drifted, with the first difference that shows it."""
    for name, field in evidence.source.contract.fields.items():
        today, usual = evidence.stats.fields.get(name), evidence.profile.fields.get(name)
        if today is None or usual is None:
            continue
        if evidence.kept.is_recut(name) and evidence.is_same_release:
            yield name, ("what it said of the same records", "the same with more around it, or a part of it")
            continue
        if evidence.kept.is_other(name) and evidence.is_same_release:
            yield name, ("what it said of the same records", "something else of most of them, in another form")
            continue
        values = round(today.fill * evidence.stats.rows)
        if values >= thresholds.FEWEST_VALUES and usual.values >= thresholds.FEWEST_LEARNED:
            found = next(filter(None, (look(today, usual, values) for look in _looks(field))), None)
            if found:
                yield name, found


def _looks(field: Field) -> list[_Look]:
    if field.type in ("date", "datetime"):
        return [_when, _distinctness]
    return [_form, _length, _magnitude, _distinctness]


def _form(today: FieldStats, usual: FieldProfile, values: int) -> Difference | None:
    expected = min(usual.known, thresholds.SUREST)
    known = known_share(today.shapes, usual.shapes)
    chance = thresholds.CHANCE * math.sqrt(expected * (1 - expected) / values)
    lost = known < thresholds.SHAPES_LOST * expected and expected - known > chance
    if expected < thresholds.SHAPED or not lost:
        return None
    return f"forms such as {_first(usual.shapes)}", f"forms such as {_first(today.shapes)}"


def _length(today: FieldStats, usual: FieldProfile, values: int) -> Difference | None:
    del values
    if today.lengths is None or usual.lengths is None:
        return None
    low = max(0.0, usual.lengths.low / thresholds.LENGTH_FACTOR - thresholds.LENGTH_SLACK)
    high = usual.lengths.high * thresholds.LENGTH_FACTOR + thresholds.LENGTH_SLACK
    return _outside(today.lengths[2], low, high, "a median length")


def _magnitude(today: FieldStats, usual: FieldProfile, values: int) -> Difference | None:
    del values
    if today.numbers is None or usual.numbers is None:
        return None
    low, high = _number_band(usual.numbers)
    return _outside(today.numbers[2], low, high, "a median")


def _number_band(usual: Envelope) -> tuple[float, float]:
    """Return where a median may lie: by factors for positive numbers, else by quartile distances."""
    if usual.low > 0:
        width = max(thresholds.SPREADS_AWAY * math.log(usual.high / usual.low), math.log(thresholds.NUMBER_FACTOR))
        return usual.low * math.exp(-width), usual.high * math.exp(width)
    if usual.widest == 0:
        return -math.inf, math.inf
    reach = thresholds.NUMBER_FACTOR * (usual.high - usual.low)
    return usual.low - reach, usual.high + reach


def _when(today: FieldStats, usual: FieldProfile, values: int) -> Difference | None:
    """Tell whether dates moved both in the calendar and against the day of capture.

    A page of news keeps its distance to today, an archive its place in the calendar; misread dates do neither.
    """
    del values
    if today.numbers is None or usual.numbers is None:
        return None
    moved = _moved(today.numbers, usual.numbers, "a median day since 1970")
    if moved and today.ages and usual.ages:
        moved = _moved(today.ages, usual.ages, "a median age in days")
    scatter = today.numbers[3] - today.numbers[1]
    most = 5 * usual.numbers.widest + thresholds.DATE_SCATTER
    return moved or _outside(scatter, 0.0, most, "a scatter in days")


def _moved(today: Quantiles, usual: Envelope, what: str) -> Difference | None:
    reach = 3 * usual.widest + thresholds.DATE_SLACK
    return _outside(today[2], usual.low - reach, usual.high + reach, what)


def _distinctness(today: FieldStats, usual: FieldProfile, values: int) -> Difference | None:
    del values
    if usual.distinct < thresholds.DISTINCT_FIELD:
        return None
    return _outside(today.distinct, usual.distinct * thresholds.DISTINCT_LOST, 1.0, "a share of distinct values")


def _outside(number: float, low: float, high: float, what: str) -> Difference | None:
    return None if low <= number <= high else (f"{what} of {low:,.4g} to {high:,.4g}", f"{number:,.4g}")


def _first(shapes: dict[str, float]) -> str:
    return next((f"`{shape}`" for shape in shapes), "none")
