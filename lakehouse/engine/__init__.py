"""The day's work on one source: pages into bronze, bronze into silver."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lakehouse.engine.bronze import FetchReport, fetch_day
    from lakehouse.engine.days import ParsedDays, parse_days
    from lakehouse.engine.silver import ParseReport, parse_day

__all__ = ["FetchReport", "ParseReport", "ParsedDays", "fetch_day", "parse_day", "parse_days"]

_HOMES = {
    "FetchReport": "bronze",
    "fetch_day": "bronze",
    "ParsedDays": "days",
    "parse_days": "days",
    "ParseReport": "silver",
    "parse_day": "silver",
}


def __getattr__(name: str) -> Any:
    """Load what is asked for: Dagster's definitions only look at days, and need no web client for that."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
