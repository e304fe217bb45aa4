"""What the doctor did about an incident."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from lakehouse.agents.doctor.incident import Diagnosis

Verdict = Literal["release", "review", "refuse"]


@dataclass(frozen=True)
class Treatment:
    """The end of one attempt on an incident.

    `verdict` is None where the diagnosis is no matter of code. `release` is the number put in force, `staged` the id
    of a candidate that waits for a person, `code` the candidate's module, released or not. `days` are to be parsed
    again, and fetched again first where `refetch`; `lost` are failing days whose records were never fetched.
    `overtaken` says that a repair was refused because another release came between, which speaks against nobody.
    """

    source: str
    incident: str
    diagnosis: Diagnosis
    verdict: Verdict | None = None
    method: str = ""
    why: tuple[str, ...] = ()
    release: int | None = None
    staged: str | None = None
    days: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    refetch: bool = False
    overtaken: bool = False
    seconds: float = 0.0
    code: str = ""
    proof: dict[str, Any] = field(default_factory=dict)
