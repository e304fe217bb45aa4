"""Event logs as the registry keeps them, in a few words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from lakehouse.registry import AuditEntry

START = datetime(2026, 11, 20, 4, tzinfo=UTC)


@dataclass(frozen=True)
class Parsed:
    """A kept day as the checks left it."""

    day: str
    release: int | None = 1
    failed: tuple[str, ...] = ()
    lost: str = ""


def log(*happened: tuple[str, dict[str, Any]] | str, every: timedelta = timedelta(minutes=1)) -> list[AuditEntry]:
    """Return entries of these kinds with these details, one after the other."""
    told = [(each, {}) if isinstance(each, str) else each for each in happened]
    return [entry(kind, START + every * n, **details) for n, (kind, details) in enumerate(told)]


def entry(kind: str, at: datetime, *, reason: str = "", **details: Any) -> AuditEntry:
    """Return one entry of a log."""
    author = "anna" if kind in ("paused", "resumed", "retired") else "doctor"
    reason = reason or f"It was {kind}."
    return AuditEntry(
        id=f"{at:%Y%m%dT%H%M%S.%fZ}-0",
        at=at,
        source="opinions",
        kind=kind,
        author=author,
        reason=reason,
        details=details,
    )


def opened(incident: str = "0001", **details: Any) -> tuple[str, dict[str, Any]]:
    """Return what opens an incident."""
    return "incident opened", {"incident": incident, "reason": "2026-11-20: volume failed.", **details}


def diagnosed(cause: str, incident: str = "0001") -> tuple[str, dict[str, Any]]:
    """Return what names the cause of an incident."""
    return "diagnosed", {"incident": incident, "diagnosis": {"cause": cause}}


def attempted(verdict: str | None, incident: str = "0001", **details: Any) -> tuple[str, dict[str, Any]]:
    """Return what ends an attempt at a repair."""
    return "attempted", {"incident": incident, "verdict": verdict, **details}
