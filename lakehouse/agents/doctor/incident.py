"""An incident: one failure of a source, with the evidence as it was found."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Class = Literal["transient", "limited", "blocked", "quiet", "moved", "layout", "values", "code", "unknown"]
"""The classes of DESIGN.md, and "unknown" where the signs contradict each other: that goes to a person."""

REPAIRABLE: frozenset[Class] = frozenset({"moved", "layout", "values", "code"})
"""The only classes that are a matter of code."""

PASSING: frozenset[Class] = frozenset({"transient", "limited"})
"""Classes that go away by themselves: nothing was wrong but the fetch."""

STRIKELESS: frozenset[Class] = frozenset({*PASSING, "quiet"})
"""Classes that say nothing against the source."""

Trigger = Literal["checks", "run", "stale", "person"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class FailedCheck(_Frozen):
    """One check that failed, as it was told."""

    check: str
    day: str
    message: str
    expected: str = ""
    actual: str = ""


class CaptureRef(_Frozen):
    """One kept response; `sha256` names its body, `error` says why there is none, `screenshot` names a PNG's body."""

    capture_id: str
    day: str
    request_url: str
    url: str
    status: int | None = None
    content_type: str = ""
    headers: dict[str, str] = Field(default_factory=dict)
    sha256: str | None = None
    meta: dict[str, Any] = Field(default_factory=dict)
    rendered: bool = False
    error: str = ""
    screenshot: str | None = None


class Diagnosis(_Frozen):
    """The cause by class; `because` are the signs as sentences, `treatment` what follows, `address` where it moved."""

    cause: Class
    because: tuple[str, ...]
    treatment: str
    address: str = ""

    @property
    def is_repairable(self) -> bool:
        """Return whether new code may help."""
        return self.cause in REPAIRABLE


class Incident(_Frozen):
    """The evidence of one failure, written once; what became of it stands in the source's event log.

    `days` are the failing days, oldest first; `good_day` is the last day whose checks all passed; `release` was in
    force when it was opened, 0 where there was none. `failed_at` is when the failure was first seen, `notes` say what
    the evidence lacks and why. The id is empty until it is opened.
    """

    id: str = ""
    source: str
    opened_at: datetime
    trigger: Trigger
    days: tuple[str, ...]
    release: int
    failed_checks: tuple[FailedCheck, ...] = ()
    error: str = ""
    traceback: str = ""
    failing: tuple[CaptureRef, ...] = ()
    good_day: str | None = None
    good: tuple[CaptureRef, ...] = ()
    diagnosis: Diagnosis | None = None
    failed_at: datetime | None = None
    notes: tuple[str, ...] = ()
