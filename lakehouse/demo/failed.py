"""When the demo does not show what it is there to show."""

from __future__ import annotations

from lakehouse.errors import LakehouseError
from lakehouse.launch import RunOutcome


class DemoFailed(LakehouseError):
    """The demo did not show what it is there to show."""


def expect(outcome: RunOutcome) -> None:
    """Raise DemoFailed for a run that did not go well."""
    if not outcome.good:
        raise DemoFailed("; ".join([*outcome.errors, *map(": ".join, outcome.failed_checks.items())]))
