"""Dagster runs started from Python: by the command line, the demo and the tests."""

from lakehouse.launch.run import RunOutcome, heal, reparse_days, run_day, run_fetcher

__all__ = ["RunOutcome", "heal", "reparse_days", "run_day", "run_fetcher"]
