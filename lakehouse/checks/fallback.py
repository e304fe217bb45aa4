"""Fallback: the first selector of a field still answers."""

from __future__ import annotations

from collections.abc import Iterator

from lakehouse.checks import thresholds
from lakehouse.checks.result import CheckResult, Evidence, share
from lakehouse.profile import SelectorStats


def check_fallback(evidence: Evidence) -> CheckResult:
    """Warn where later selectors answer more often than they used to: the last one may be the next to go.

    Both errors are mild, since the rows are right. The warning lasts until half of the learned days are like that.
    """
    risen = list(_risen(evidence))
    answer, usual = risen[0] if risen else (None, 0.0)
    names = ", ".join(f"`{answer.field}`" for answer, _ in risen)
    return CheckResult(
        name="fallback",
        severity="warn",
        passed=not risen,
        expected=f"{answer.field}: {share(usual)} by later selectors" if answer else "first selectors answer as usual",
        actual=f"{answer.field}: {share(answer.fallback_share or 0.0)}"
        if answer
        else "first selectors answer as usual",
        message=f"A later selector answers for {names}; the first one has lost its place."
        if risen
        else "First selectors answer as usual.",
        examples=tuple(
            {"field": a.field, "selectors": list(a.selectors), "answers": list(a.counts)} for a, _ in risen[:5]
        ),
        command=f"lakehouse diff {evidence.source.name}" if risen else "",
    )


def _risen(evidence: Evidence) -> Iterator[tuple[SelectorStats, float]]:
    for answer in evidence.stats.answers:
        usual = evidence.profile.fallback.get((answer.field, answer.selectors))
        now = answer.fallback_share
        enough = sum(answer.counts[1:]) >= 2
        if usual is not None and now is not None and enough and now > usual + thresholds.FALLBACK_RISE:
            yield answer, usual
