"""`kill -9` of the healer at any moment: the release in force stays whole, and the next healer takes the incident up.

Some sources break at once under a running `dagster dev`. For each, the process of the healer's run is killed twice, at
a random moment after a mark of its work that was drawn before, and the third is left to finish. Kills wait for marks
and never for the clock, so that a busy machine makes them later and not fewer. A number as argument asks for that many
kills only.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise

import dagster as dg

from benchmarks.breaking.dresses import BREAKS
from benchmarks.breaking.marks import LASTS, MARKS, Healer, newest_mark, passed_after, working
from benchmarks.breaking.stage import Stage, missed, staged
from benchmarks.report import report
from lakehouse.agents.doctor.putting import does_the_same
from lakehouse.errors import LakehouseError
from lakehouse.logs import configure_logs

KILLS = int(sys.argv[1]) if sys.argv[1:] else 20
KILLS_EACH = 2
SPARE = 3
"""More sources than kills need: a healer may end before its moment came."""

NAMES = [f"listing_{number:02d}" for number in range(-(-KILLS // KILLS_EACH) + SPARE)]
PATIENCE = 900.0
"""Seconds without anything new after which nothing is waited for any more."""


@dataclass
class Trial:
    """A row of kills and what was found after each.

    `plan` are the marks that wait for a source's next healers, `moments` the last marks that the killed ones had
    passed, `due` the moment at which a healer that has passed its mark is killed.
    """

    stage: Stage
    chance: random.Random
    plan: dict[str, list[str]] = field(default_factory=dict)
    known: dict[str, Healer] = field(default_factory=dict)
    due: dict[str, float] = field(default_factory=dict)
    killed: set[str] = field(default_factory=set)
    moments: list[str] = field(default_factory=list)
    looks: int = 0
    misses: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Break all sources, kill what heals them, and wait until all are healed."""
        for number, name in enumerate(NAMES):
            self.stage.break_source(name, BREAKS[number % len(BREAKS)])
            first = MARKS[number % len(MARKS)]
            self.plan[name] = [first, self.chance.choice(passed_after(first))]
        self.stage.ingest(NAMES, missed(self.stage.office.today))
        seen, since = self._seen(), time.monotonic()
        while time.monotonic() - since < PATIENCE and not self._is_over():
            for healer in list(working(self.stage, self.known)):
                if healer.run_id not in self.killed and len(self.moments) < KILLS:
                    self._watch(healer)
            if (now := self._seen()) != seen:
                seen, since = now, time.monotonic()
            time.sleep(0.02)

    def _watch(self, healer: Healer) -> None:
        """Kill a healer where its moment has come, and set its moment where it has passed its mark."""
        mark, plan = newest_mark(self.stage, healer), self.plan[healer.source]
        if mark is None or not plan:
            return
        if healer.run_id not in self.due and MARKS.index(mark) >= MARKS.index(plan[0]):
            self.due[healer.run_id] = time.monotonic() + self.chance.random() * LASTS[mark]
        if time.monotonic() >= self.due.get(healer.run_id, float("inf")):
            self._kill(healer)

    def _kill(self, healer: Healer) -> None:
        """Kill a healer; one that had ended by then, and only waited for its process to end, does not count."""
        with suppress(ProcessLookupError):
            os.kill(healer.pid, signal.SIGKILL)
        self.killed.add(healer.run_id)
        run = self.stage.instance.get_run_by_id(healer.run_id)
        mark = newest_mark(self.stage, healer)
        if mark and run and run.status != dg.DagsterRunStatus.SUCCESS:
            self.moments.append(mark)
            self.plan[healer.source].pop(0)
        self._look()

    def _look(self) -> None:
        """Read every release in force as a run does, which compares its code with its hash."""
        for name in NAMES:
            self.looks += 1
            try:
                self.stage.office.registry.in_force(name)
            except LakehouseError as error:
                self.misses.append(f"{name}: {error}")

    def _seen(self) -> tuple[int, int]:
        return len(self.moments), sum(len(self.stage.office.registry.audit(name)) for name in NAMES)

    def _is_over(self) -> bool:
        return all(map(self.stage.is_healed, NAMES)) and all(
            run.is_finished for name in NAMES for run in self.stage.healers(name)
        )

    def figures(self) -> dict[str, object]:
        """Return what the kills met, and note what should not be."""
        self._look()
        self.misses += [miss for name in NAMES for miss in self._faults(name)]
        if len(self.moments) < KILLS:
            self.misses.append(f"only {len(self.moments)} healers were killed at work")
        return {
            "kills": len(self.moments),
            "killed_after": {mark: times for mark in MARKS if (times := Counter(self.moments)[mark])},
            "sources": len(NAMES),
            "healers": sum(len(self.stage.healers(name)) for name in NAMES),
            "healed": sum(map(self.stage.is_healed, NAMES)),
            "releases_read": self.looks,
            "rows_lost": sum(map(self.stage.lost_rows, NAMES)),
            "same_code_twice": sum(map(self._released_twice, NAMES)),
        }

    def _faults(self, name: str) -> Iterator[str]:
        """Say what was done twice, or not at all."""
        told = Counter(entry.kind for entry in self.stage.office.registry.audit(name))
        for kind in ("incident opened", "attempted", "healed"):
            if told[kind] != 1:
                yield f"{name}: {kind} {told[kind]} times"
        if lost := self.stage.lost_rows(name):
            yield f"{name}: {lost} rows lost"
        if self._released_twice(name):
            yield f"{name}: the same code was released twice"

    def _released_twice(self, name: str) -> bool:
        """Tell whether two releases in a row do the same."""
        registry = self.stage.office.registry
        codes = [registry.read(name, note.number).code for note in registry.releases(name)]
        return any(does_the_same(one, other) for one, other in pairwise(codes))


def main() -> None:
    """Kill twenty times."""
    configure_logs()
    with staged(NAMES) as stage:
        trial = Trial(stage, random.Random(0))
        began = time.monotonic()
        trial.run()
        figures = trial.figures() | {"seconds": round(time.monotonic() - began, 1)}
    report("kill_healer", figures | {"load": round(os.getloadavg()[2], 1)}, trial.misses)


if __name__ == "__main__":
    sys.exit(main())
