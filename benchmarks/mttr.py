"""Ten breaks under a running `dagster dev`: seconds from the failed check to good tables of all missed days.

Ten listings of a local site are read for three days, then each gets another dress. Their pages of three days are
ingested in one run each, whose checks fail; everything after that is the sensors' and the healer's. The clock runs
from the first failed check to the last check that passed in the healer's run.
"""

from __future__ import annotations

import statistics
import sys
from dataclasses import dataclass

from benchmarks.breaking.dresses import BREAKS
from benchmarks.breaking.stage import Stage, missed, staged, wait
from benchmarks.report import report
from lakehouse.logs import configure_logs

NAMES = [f"listing_{number}" for number in range(len(BREAKS))]
MEDIAN_BAR = 15.0
PATIENCE = 90.0


@dataclass(frozen=True)
class Outcome:
    """What became of one break; `seconds` is None where it was not healed."""

    name: str
    dress: str
    seconds: float | None
    lost_rows: int
    healers: int
    verdicts: tuple[str, ...]


def one(stage: Stage, name: str, number: int) -> Outcome:
    """Break a source, ingest it, and wait until it is healed."""
    dress = BREAKS[number]
    stage.break_source(name, dress)
    run = stage.ingest([name], missed(stage.office.today))
    stage.dagster.wait(run)
    failed = stage.failed_at(run)
    if failed is None:
        return Outcome(name, dress.__name__, None, 0, 0, ("nothing failed",))
    wait(lambda: stage.is_healed(name), PATIENCE)
    wait(lambda: all(healer.is_finished for healer in stage.healers(name)), PATIENCE)
    healers = stage.healers(name)
    good = [moment for healer in healers if (moment := stage.good_at(healer.run_id))]
    seconds = round(min(good) - failed, 2) if good and stage.is_healed(name) else None
    verdicts = tuple(healer.tags.get("lakehouse/verdict", "none") for healer in healers)
    return Outcome(name, dress.__name__, seconds, stage.lost_rows(name), len(healers), verdicts)


def misses_of(outcomes: list[Outcome], median: float | None) -> list[str]:
    """Return the bars that were missed."""
    found = [f"{each.dress} was not healed: {each.verdicts}" for each in outcomes if each.seconds is None]
    found += [f"{each.dress}: {each.lost_rows} rows lost" for each in outcomes if each.lost_rows]
    found += [f"{each.dress}: {each.healers} healers" for each in outcomes if each.healers != 1]
    if median is None or median > MEDIAN_BAR:
        found.append(f"the median is {median} s, more than {MEDIAN_BAR:g} s")
    return found


def main() -> None:
    """Break and heal one after the other."""
    configure_logs()
    with staged(NAMES) as stage:
        outcomes = [one(stage, name, number) for number, name in enumerate(NAMES)]
    seconds = [each.seconds for each in outcomes if each.seconds is not None]
    median = round(statistics.median(seconds), 2) if seconds else None
    figures = {
        "breaks": len(outcomes),
        "healed": len(seconds),
        "median_seconds": median,
        "most_seconds": max(seconds, default=None),
        "rows_lost": sum(each.lost_rows for each in outcomes),
        "seconds": {each.dress: each.seconds for each in outcomes},
    }
    report("mttr", figures, misses_of(outcomes, median))


if __name__ == "__main__":
    sys.exit(main())
