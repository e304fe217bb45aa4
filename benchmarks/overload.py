"""Fifty sources break at once: each is healed once and none twice, caps hold, and healthy ones go on being ingested.

One run ingests the fifty, so that all of their checks have failed by the same tick. Meanwhile healthy sources are
ingested one after the other, and one source fails for good, again and again, which may cost no more than its cap. A
number as argument breaks that many sources only.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.breaking.dresses import BREAKS, Permit
from benchmarks.breaking.stage import Stage, missed, staged, wait
from benchmarks.report import report
from lakehouse.logs import configure_logs
from lakehouse.settings import settings

BROKEN = [f"listing_{number:02d}" for number in range(int(sys.argv[1]) if sys.argv[1:] else 50)]
HEALTHY = [f"healthy_{number}" for number in range(5)]
HOPELESS = "hopeless"
HOPELESS_RUNS = 6
PATIENCE = 3600.0
MOST_WAIT = 10.0
"""Times as long as before the storm that a healthy source's run may take from its launch to its end."""


def ruin(permits: Sequence[Permit]) -> str:
    """A dress in which nothing is left to be found: no repair can be right."""
    return "".join(f"<p>Please call us about matter {number} of ours.</p>" for number, _ in enumerate(permits))


@dataclass
class Storm:
    """What was seen while fifty sources were broken."""

    stage: Stage
    calm: float = 0.0
    waits: list[float] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    hopeless_runs: int = 0

    def blow(self) -> float:
        """Break all, ingest them in one run, and return the seconds until the last was healed."""
        for number, name in enumerate(BROKEN):
            self.stage.break_source(name, BREAKS[number % len(BREAKS)])
        self.stage.break_source(HOPELESS, ruin)
        for name in HEALTHY:
            self.stage.office.show(name, self.stage.office.today)
        self.calm = self._ingested(HEALTHY[0])
        run = self.stage.ingest(BROKEN, missed(self.stage.office.today))
        self.stage.dagster.wait(run, PATIENCE)
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE and not self._is_over():
            self._go_on()
        return time.monotonic() - began

    def _go_on(self) -> None:
        """Ingest a healthy source, and the hopeless one beside it."""
        if self.hopeless_runs < HOPELESS_RUNS:
            self.hopeless_runs += 1
            self.stage.ingest([HOPELESS], [self.stage.office.today])
        self.waits.append(self._ingested(HEALTHY[len(self.waits) % len(HEALTHY)]))

    def _ingested(self, name: str) -> float:
        """Ingest a healthy source and return how long it took."""
        since = time.monotonic()
        run = self.stage.ingest([name], [self.stage.office.today])
        if self.stage.dagster.wait(run, PATIENCE) != "SUCCESS":
            self.misses.append(f"{name} was not ingested")
        return time.monotonic() - since

    def _is_over(self) -> bool:
        return self.hopeless_runs == HOPELESS_RUNS and all(self.stage.is_healed(name) for name in BROKEN)

    def look(self) -> dict[str, object]:
        """Return what there is to see once no healer works any more, and note what should not be."""
        wait(lambda: not _working(self.stage, [*BROKEN, HOPELESS]), PATIENCE)
        kinds = {name: [event.kind for event in self.stage.office.registry.audit(name)] for name in BROKEN}
        healed = [name for name in BROKEN if "healed" in kinds[name]]
        twice = [name for name in BROKEN if kinds[name].count("released") > 2 or len(self.stage.healers(name)) > 1]
        lost = sum(self.stage.lost_rows(name) for name in healed)
        hopeless = [event.kind for event in self.stage.office.registry.audit(HOPELESS)]
        attempts = hopeless.count("attempted")
        self.misses += [f"{name} was not healed" for name in BROKEN if name not in healed]
        self.misses += [f"{name} was healed twice" for name in twice]
        self.misses += [f"{lost} rows of healed sources are lost"] if lost else []
        if attempts > settings().max_fix_attempts or "released" in hopeless[2:]:
            self.misses.append(f"the hopeless source: {hopeless}")
        if max(self.waits) > MOST_WAIT * self.calm:
            self.misses.append(f"a healthy source waited {max(self.waits):.0f} s, {self.calm:.0f} s before")
        return {
            "healed": len(healed),
            "healed_twice": len(twice),
            "rows_lost": lost,
            "hopeless_runs": self.hopeless_runs,
            "hopeless_attempts": attempts,
            "hopeless_healers": len(self.stage.healers(HOPELESS)),
            "healthy_runs": len(self.waits),
            "healthy_seconds_before": round(self.calm, 1),
            "healthy_median_seconds": round(statistics.median(self.waits), 1),
            "healthy_longest_seconds": round(max(self.waits), 1),
        }


def _working(stage: Stage, names: Iterable[str]) -> bool:
    return any(not run.is_finished for name in names for run in stage.healers(name))


def main() -> None:
    """Break fifty."""
    configure_logs()
    with staged([*BROKEN, *HEALTHY, HOPELESS]) as stage:
        storm = Storm(stage)
        seconds = storm.blow()
        figures = storm.look()
    load = round(os.getloadavg()[2], 1)
    report("overload", {"broken": len(BROKEN), "seconds": round(seconds, 1), "load": load, **figures}, storm.misses)


if __name__ == "__main__":
    sys.exit(main())
