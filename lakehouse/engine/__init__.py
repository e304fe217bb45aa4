"""The day's work on one source: pages into bronze, bronze into silver."""

from lakehouse.engine.bronze import FetchReport, fetch_day
from lakehouse.engine.days import ParsedDays, parse_days
from lakehouse.engine.silver import ParseReport, parse_day

__all__ = ["FetchReport", "ParseReport", "ParsedDays", "fetch_day", "parse_day", "parse_days"]
