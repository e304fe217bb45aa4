"""An early warning: the rows of a day are right, and something they hang on is about to go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lakehouse.checks import CheckResult

Kind = Literal["fallback", "fill", "structure"]

EARLY_WARNING = "early_warning"
"""The check that tells warnings, in the table of checks and in Dagster."""


@dataclass(frozen=True)
class EarlyWarning:
    """What may break next; `field` is empty where it is the page as a whole, `since` the day on which it began."""

    kind: Kind
    field: str
    message: str
    since: str


def as_check(name: str, warnings: Sequence[EarlyWarning]) -> CheckResult:
    """Return a day's warnings as a check that blocks nothing."""
    return CheckResult(
        name=EARLY_WARNING,
        severity="warn",
        passed=not warnings,
        expected="no sign of a change",
        actual=", ".join(dict.fromkeys(each.kind for each in warnings)) or "no sign of a change",
        message=" ".join(each.message for each in warnings) or "Nothing is about to break.",
        examples=tuple(vars(each) for each in warnings),
        command=f"lakehouse status {name}" if warnings else "",
        fields=tuple(dict.fromkeys(each.field for each in warnings if each.field)),
    )
