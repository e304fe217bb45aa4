"""The check `repair` on a fetcher: a warning, with the command to type, while a person is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dagster as dg

from assets.preview import disarmed

if TYPE_CHECKING:
    from lakehouse.agents.doctor.treatment import Treatment

REPAIR = "repair"

PERSONAL = frozenset({"blocked", "unknown"})
"""Causes about which only a person can do something."""


def repair_spec(key: dg.AssetKey) -> dg.AssetCheckSpec:
    """Return the declaration of the check; it blocks nothing, since the release in force stays in force."""
    return dg.AssetCheckSpec(REPAIR, asset=key, description="No repair of this fetcher waits for a person.")


def repair_result(source: str, treatment: Treatment | None, waiting: int) -> dg.AssetCheckResult:
    """Return the check after a treatment, or without one; `waiting` counts the candidates that wait for a person."""
    command = next_command(source, treatment, waiting)
    metadata = treatment_metadata(treatment) if treatment else {}
    if command:
        metadata["run next"] = dg.MetadataValue.md(f"`{command}`")
    return dg.AssetCheckResult(
        asset_key=dg.AssetKey(["fetcher", source]),
        check_name=REPAIR,
        passed=not command,
        severity=dg.AssetCheckSeverity.WARN,
        description=_told(treatment, waiting, command),
        metadata=metadata,
    )


def next_command(source: str, treatment: Treatment | None, waiting: int) -> str:
    """Return what a person is to type next; empty where nobody is asked for."""
    if waiting or (treatment and treatment.verdict == "review"):
        return f"lakehouse approve {source}"
    if treatment and (treatment.verdict == "refuse" or treatment.diagnosis.cause in PERSONAL):
        return f"lakehouse status {source}"
    return ""


def treatment_metadata(treatment: Treatment) -> dict[str, Any]:
    """Return what a person wants to see of a treatment; what pages said is disarmed."""
    diagnosis = treatment.diagnosis
    return {
        "incident": treatment.incident,
        "cause": diagnosis.cause,
        "diagnosis": _lines([diagnosis.treatment, *diagnosis.because]),
        "verdict": treatment.verdict or "no matter of code",
        "method": treatment.method or "none",
        "why": _lines(treatment.why),
        "proof": dg.MetadataValue.json(treatment.proof),
        "seconds": treatment.seconds,
        "failed days": ", ".join(treatment.days) or "none",
    }


def _lines(lines: tuple[str, ...] | list[str]) -> dg.MarkdownMetadataValue:
    return dg.MetadataValue.md("\n".join(f"- {disarmed(line)}" for line in lines) or "-")


def _told(treatment: Treatment | None, waiting: int, command: str) -> str:
    if not treatment:
        return f"A repair waits for a person: `{command}`." if waiting else "No repair waits for a person."
    why = "; ".join(treatment.why) or treatment.diagnosis.treatment
    told = f"{treatment.diagnosis.cause}, {treatment.verdict or 'no matter of code'}: {why.rstrip('.')}."
    return f"{told} Next: `{command}`." if command else told
