"""The engine's checks in Dagster's words."""

from __future__ import annotations

from typing import Any

import dagster as dg

EARLY_WARNING = "early_warning"
"""The check that starts no healer; it has a repair prepared."""

# Every check is declared on every source; those of severity error block what is downstream.
CHECKS = {
    "contract": "Rows that break the contract stay within their usual share.",
    "volume": "As many rows as such a day has had, and not none where pages have some.",
    "coverage": "Every field is as filled as it used to be, optional ones too.",
    "drift": "Values look like the values before them.",
    "fallback": "The first selector of every field still answers.",
    EARLY_WARNING: "No field slides away and no page is built in another way, although the day is good.",
}
BLOCKING = frozenset({"contract", "volume", "coverage", "drift"})


def check_specs(key: dg.AssetKey) -> list[dg.AssetCheckSpec]:
    """Return the declarations of the checks on a silver table."""
    return [
        dg.AssetCheckSpec(name, asset=key, description=text, blocking=name in BLOCKING) for name, text in CHECKS.items()
    ]


def worst_results(source: str, key: dg.AssetKey, reports: list[Any]) -> list[dg.AssetCheckResult]:
    """Return one result for each check: of several days, the first that failed, else the last.

    A run over a range of days evaluates each check once, so the days that failed are named in the metadata.
    """
    results = []
    for name in CHECKS:
        by_day = [(report.day, check) for report in reports for check in report.checks if check.name == name]
        if not by_day:
            results.append(dg.AssetCheckResult(passed=True, asset_key=key, check_name=name))
            continue
        failed = [(day, check) for day, check in by_day if not check.passed]
        day, check = failed[0] if failed else by_day[-1]
        metadata = _metadata(day, check, [day for day, _ in failed]) | {"source": source}
        results.append(
            dg.AssetCheckResult(
                passed=check.passed,
                asset_key=key,
                check_name=name,
                severity=dg.AssetCheckSeverity.ERROR if check.severity == "error" else dg.AssetCheckSeverity.WARN,
                description=check.message,
                metadata=metadata,
            )
        )
    return results


def _metadata(day: str, check: Any, failed_days: list[str]) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "day": day,
        "expected": str(check.expected),
        "actual": str(check.actual),
        "failed days": ", ".join(failed_days) or "none",
    }
    if check.command:
        metadata["run next"] = dg.MetadataValue.md(f"`{check.command}`")
    if check.examples:
        metadata["examples"] = dg.MetadataValue.json(list(check.examples))
    return metadata
