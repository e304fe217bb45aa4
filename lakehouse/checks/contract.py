"""Contract: most records of a day keep it."""

from __future__ import annotations

import math
from collections import Counter

from lakehouse.checks import thresholds
from lakehouse.checks.result import CheckResult, Evidence, examples_of, share


def check_contract(evidence: Evidence) -> CheckResult:
    """Fail where more records than usual are rejects, a failed page counting as many as other pages have rows.

    The worse error is to pass: rejects are missing from the table. Yet a single odd record among good ones passes.
    """
    stats = evidence.stats
    total = stats.rows + stats.lost
    allowed = _allowed(total, evidence.profile.reject_share, stats.rows)
    passed = stats.lost <= allowed
    expected = f"at most {share(min(1.0, allowed / total) if total else 0.0)} rejects"
    return CheckResult(
        name="contract",
        severity="error",
        passed=passed,
        expected=expected,
        actual=f"{share(stats.reject_share)} ({_counted(evidence)})",
        message=_message(evidence, passed=passed),
        examples=() if passed else examples_of(evidence.split.rejects),
        command="" if passed else evidence.sql("__rejects", "reasons, raw"),
    )


def _allowed(total: float, usual: float, rows: int) -> float:
    """Return how many records may be rejects: a share, what chance adds to it, and one where there are good rows."""
    part = min(usual + thresholds.USUAL_REJECTS, thresholds.MOST_REJECTS)
    by_share = total * part + thresholds.REJECT_CHANCE * math.sqrt(total * part * (1 - part))
    return max(min(by_share, total * thresholds.MOST_REJECTS), 1.0 if rows > 1 else 0.0)


def _counted(evidence: Evidence) -> str:
    stats = evidence.stats
    pages = f", {stats.failed_pages} failed pages" if stats.failed_pages else ""
    return f"{stats.rejects} of {stats.rows + stats.rejects}{pages}"


def _message(evidence: Evidence, *, passed: bool) -> str:
    if passed:
        return "Records keep the contract as usual."
    stats = evidence.stats
    if stats.lost > 2 * stats.rejects:
        return f"The fetcher failed on {stats.failed_pages} of {stats.pages} pages."
    reasons = evidence.split.rejects["reasons"].explode().drop_nulls().to_list()
    common = Counter(reason.partition(":")[0] for reason in reasons).most_common(1)
    where = f", most of them because of `{common[0][0]}`" if common else ""
    return f"{stats.rejects} of {stats.rows + stats.rejects} records break the contract{where}."
