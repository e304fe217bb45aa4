"""`kill -9` of the healer at any moment: the release in force stays whole, and the next healer takes the incident up.

Ten sources break one after the other under a running `dagster dev`. The process of the healer's run is killed twice for
each, at random moments of the time that a healer takes; the third is left to finish. A number as argument breaks that
many sources only.
"""

from __future__ import annotations

import os
import random
import re
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise

import dagster as dg
from dagster import DagsterEventType as Kind

from benchmarks.breaking.dresses import BREAKS
from benchmarks.breaking.stage import Stage, missed, staged, wait
from benchmarks.report import report
from lakehouse.agents.doctor.putting import does_the_same
from lakehouse.errors import LakehouseError
from lakehouse.logs import configure_logs

NAMES = [f"listing_{number}" for number in range(len(BREAKS))]
KILLS_EACH = 2
PATIENCE = 120.0
PID = re.compile(r"\(pid: (\d+)\)")


@dataclass
class Trial:
    """A row of kills and what was found after each; `moments` are the last events of the log at the kill."""

    stage: Stage
    chance: random.Random
    names: list[str]
    usual: float = 5.0
    moments: list[str] = field(default_factory=list)
    late: int = 0
    misses: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Break, kill, and see it healed, source by source."""
        for number, name in enumerate(self.names):
            self.stage.break_source(name, BREAKS[number])
            self.stage.dagster.wait(self.stage.ingest([name], missed(self.stage.office.today)))
            for kill in range(KILLS_EACH):
                self._kill(name, kill)
            if not wait(lambda name=name: self.stage.is_healed(name), PATIENCE):
                self.misses.append(f"{name} was not healed after its healers were killed")
            wait(lambda name=name: not self._live(name), PATIENCE)
            self.usual = self._last_took(name)
            if lost := self.stage.lost_rows(name):
                self.misses.append(f"{name}: {lost} rows lost")
            if (times := self._times_healed(name)) > 1:
                self.misses.append(f"{name} was healed {times} times")
            if self.released_twice(name):
                self.misses.append(f"{name}: the same code was released twice")

    def _kill(self, name: str, number: int) -> None:
        """Kill the healer that is called next, once some of its usual time has passed."""
        if not wait(lambda: self._pid(name), PATIENCE):
            self.misses.append(f"{name}: no healer was called after {number} kills")
            return
        time.sleep(self.chance.random() * self.usual)
        run = self._live(name)
        if not run or not (pid := self._pid(name)):
            self.late += 1
            return
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        self.moments.append(self.stage.office.registry.audit(name)[-1].kind)
        self._look(name)
        if not wait(lambda: self._has_ended(run[0].run_id), PATIENCE):
            self.misses.append(f"{name}: Dagster did not see that its healer was killed")

    def _look(self, name: str) -> None:
        """Read the release in force as every run does; its code is compared with its hash."""
        try:
            self.stage.office.registry.in_force(name)
        except LakehouseError as error:
            self.misses.append(f"{name}: {error}")

    def _times_healed(self, name: str) -> int:
        return sum(event.kind == "healed" for event in self.stage.office.registry.audit(name))

    def released_twice(self, name: str) -> bool:
        """Tell whether two releases in a row do the same."""
        registry = self.stage.office.registry
        codes = [registry.read(name, note.number).code for note in registry.releases(name)]
        return any(does_the_same(one, other) for one, other in pairwise(codes))

    def _last_took(self, name: str) -> float:
        """Return how long the healer took that nobody killed; the machine may be busier than at the start."""
        ended = dg.RunsFilter(tags={"lakehouse/heal": name}, statuses=[dg.DagsterRunStatus.SUCCESS])
        records = self.stage.instance.get_run_records(ended, limit=1)
        took = [each.end_time - each.start_time for each in records if each.end_time and each.start_time]
        return took[0] if took else self.usual

    def _live(self, name: str) -> list[dg.DagsterRun]:
        return [run for run in self.stage.healers(name) if not run.is_finished]

    def _has_ended(self, run_id: str) -> bool:
        run = self.stage.instance.get_run_by_id(run_id)
        return run is not None and run.is_finished

    def _pid(self, name: str) -> int | None:
        """Return the process of the healer, once it works: until it has imported Dagster there is nothing to break."""
        for run in self._live(name):
            if run.status != dg.DagsterRunStatus.STARTED:
                continue
            for entry in self.stage.instance.all_logs(run.run_id, of_type=Kind.ENGINE_EVENT):
                if found := PID.search(entry.user_message or entry.message or ""):
                    return int(found[1])
        return None

    def figures(self) -> dict[str, object]:
        """Return what the kills met."""
        healers = [run for name in self.names for run in self.stage.healers(name)]
        return {
            "kills": len(self.moments),
            "too_late": self.late,
            "killed_after": dict(Counter(self.moments)),
            "healers": len(healers),
            "healed": sum(self.stage.is_healed(name) for name in self.names),
            "same_code_twice": sum(map(self.released_twice, self.names)),
            "releases": Counter(len(self.stage.office.registry.releases(name)) for name in self.names),
        }


def main() -> None:
    """Kill twenty times."""
    configure_logs()
    names = NAMES[: int(sys.argv[1])] if sys.argv[1:] else NAMES
    with staged(names) as stage:
        trial = Trial(stage, random.Random(0), names)
        trial.run()
        figures = trial.figures()
    if trial.late > KILLS_EACH * len(names) // 4:
        trial.misses.append(f"{trial.late} kills came too late to show anything")
    figures["load"] = round(os.getloadavg()[2], 1)
    report("kill_healer", figures, trial.misses)


if __name__ == "__main__":
    sys.exit(main())
