"""Whether a day is as it should be: pure functions over what was measured and what was learned."""

from lakehouse.checks.freshness import check_freshness
from lakehouse.checks.result import CheckResult, Evidence
from lakehouse.checks.run import DAY_CHECKS, run_checks
from lakehouse.checks.table import CHECK_SCHEMA, good_day_beside, good_days, to_frame

__all__ = [
    "CHECK_SCHEMA",
    "DAY_CHECKS",
    "CheckResult",
    "Evidence",
    "check_freshness",
    "good_day_beside",
    "good_days",
    "run_checks",
    "to_frame",
]
