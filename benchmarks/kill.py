"""`kill -9` of a run in mid-write: readers see whole days only, a re-run heals, nothing is lost, nothing doubled.

A child fetches and parses a shop of 40 pages and 2,000 goods. Two of five kills come at any time of its run or of its
fetch, the others when a file of bronze, silver or checks has appeared and may not have been committed. Three kinds of
run take turns: a new day, another round of today, a day parsed again.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.killing.blow import Aim, Blow, clock, strike
from benchmarks.killing.shop import NAME, Shop
from benchmarks.killing.witness import Reader, faults, left_behind, turns
from benchmarks.report import report
from lakehouse.engine import fetch_day, parse_day
from lakehouse.lake import Lake
from lakehouse.logs import configure_logs
from tests.little_site import LittleSite

KILLS = 20
AIMS = (
    ("writing", "done", 1),
    ("committing", "parsing", 1),
    ("ready", "done", 0),
    ("writing", "done", 2),
    ("ready", "parsing", 0),
)
"""From which stage to which, and how many new files to wait for; the last commit is that of the checks."""

KINDS = ("new", "again", "reparse")
STEADY = "2026-01-01"
TELLING = ("files_of_killed_writers", "workers_at_kill", "looks_while_writing")
"""Where one of these is 0, the kills came when nothing could have gone wrong."""


@dataclass
class Trial:
    """A row of kills on one shop, and what was found."""

    shop: Shop
    blows: list[Blow] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    looks: int = 0

    def run(self, kills: int, seed: int) -> None:
        """Kill as often as asked for while a reader reads; each kill is followed by a look and a re-run."""
        chance = random.Random(seed)
        times = self._times()
        with Reader(self.shop.lake, STEADY) as reader:
            for number in range(kills):
                since, until, files = AIMS[number % len(AIMS)]
                aim = Aim(since, until, chance.random(), files)
                self._kill(number, KINDS[number % len(KINDS)], aim, times)
        self.looks = reader.looks
        self.misses += reader.faults

    def _times(self) -> dict[str, float]:
        """Return how long the stages take, from a run that also makes the day that readers watch."""
        self._heal(today())
        return clock(self.shop.lake.address, STEADY)

    def _kill(self, number: int, kind: str, aim: Aim, times: dict[str, float]) -> None:
        day, expected = self._prepare(number, kind)
        before = turns(self.shop.lake)
        blow = strike(self.shop.lake.address, day, aim, times)
        self.blows.append(blow)
        self._look(f"kill {number} ({kind}, {blow.stage})", day, before, expected, blow)
        self._heal(day)
        if turns(self.shop.lake) != before | {day: expected}:
            self.misses.append(f"kill {number} ({kind}, {blow.stage}): a re-run did not heal {day}")
        self.misses += [f"after the re-run of kill {number}: {fault}" for fault in faults(self.shop.lake)]

    def _prepare(self, number: int, kind: str) -> tuple[str, tuple[int, int]]:
        """Return the day that the victim works on, and the turn and release that its rows shall have."""
        new = (date.fromisoformat(STEADY) + timedelta(days=1 + number)).isoformat()
        if kind != "reparse":
            self.shop.restock()
            return (today() if kind == "again" else new), (self.shop.turn, self._release())
        parsed = sorted(turns(self.shop.lake).keys() - {STEADY, today()}) or [new]
        turn = turns(self.shop.lake).get(parsed[-1], (self.shop.turn, 0))[0]
        self.shop.release()
        return parsed[-1], (turn, self._release())

    def _release(self) -> int:
        return self.shop.registry.in_force(NAME).number

    def _look(
        self, name: str, day: str, before: dict[str, tuple[int, int]], expected: tuple[int, int], blow: Blow
    ) -> None:
        found = faults(self.shop.lake)
        self.misses += [f"{name}: {fault}" for fault in found]
        if not found and turns(self.shop.lake) not in (before, before | {day: expected}):
            self.misses.append(f"{name}: readers see neither what was there before nor all of {day}")
        self.misses += [f"{name}: worker {pid} outlived the run" for pid in blow.orphans]

    def _heal(self, day: str) -> None:
        fetch_day(self.shop.lake, self.shop.registry, NAME, day)
        parse_day(self.shop.lake, self.shop.registry, NAME, day)

    def figures(self) -> dict[str, object]:
        """Return what the kills met."""
        return {
            "kills": len(self.blows),
            "killed_after": dict(Counter(blow.stage for blow in self.blows)),
            "workers_at_kill": sum(len(blow.workers) for blow in self.blows),
            "orphans": sum(len(blow.orphans) for blow in self.blows),
            "files_of_killed_writers": left_behind(self.shop.lake),
            "looks_while_writing": self.looks,
            "days": len(turns(self.shop.lake)),
        }


def today() -> str:
    """Return the one day to which every fetch adds a round."""
    return datetime.now(UTC).date().isoformat()


def trial(folder: Path, kills: int, seed: int = 0) -> Trial:
    """Return a finished trial on a shop of its own."""
    with LittleSite() as site:
        result = Trial(Shop(site, Lake.open(str(folder / "store"))))
        result.run(kills, seed)
    return result


def main() -> None:
    """Kill in a folder that is removed again."""
    configure_logs()
    folder = Path(tempfile.mkdtemp(prefix="kill-"))
    try:
        result = trial(folder, KILLS)
        figures = result.figures()
    finally:
        shutil.rmtree(folder)
    blunt = [f"the kills show too little: {name} is 0" for name in TELLING if not figures[name]]
    report("kill", figures, result.misses + blunt)


if __name__ == "__main__":
    sys.exit(main())
