"""The day's work on one source: pages into bronze, bronze into silver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.on_demand import on_demand

if TYPE_CHECKING:
    from lakehouse.engine.bronze import FetchReport, fetch_day
    from lakehouse.engine.days import ParsedDays, parse_days
    from lakehouse.engine.silver import ParseReport, parse_day

__all__ = ["FetchReport", "ParseReport", "ParsedDays", "fetch_day", "parse_day", "parse_days"]

__getattr__ = on_demand(
    __name__,
    bronze=("FetchReport", "fetch_day"),
    days=("ParsedDays", "parse_days"),
    silver=("ParseReport", "parse_day"),
)
