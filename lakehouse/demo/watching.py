"""Watching Dagster heal: one line for each break, until none of them changes any more."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rich.live import Live
from rich.table import Table
from rich.text import Text

from lakehouse.agents.doctor.incidents import Incidents
from lakehouse.demo.breaks import Break
from lakehouse.demo.fate import SETTLED, Fate
from lakehouse.demo.told import console
from lakehouse.demo.true_rows import Rows, rows_of
from lakehouse.lake import Lake
from lakehouse.registry import Registry

EVERY = 1.0
COLUMNS = ("source", "what the site did", "noticed by", "diagnosis", "outcome", "seconds", "rows back")


@dataclass(frozen=True)
class Watch:
    """The breaks of a day, and where to look for what became of them."""

    lake: Lake
    registry: Registry
    breaks: Sequence[Break]
    day: date
    true: Mapping[str, Rows]

    def fates(self) -> list[Fate]:
        """Return what has become of each break by now."""
        return [self._fate(each) for each in self.breaks]

    def until_settled(self, patience: float) -> list[Fate]:
        """Show the breaks until they are all settled, or for as many seconds, and return what became of them."""
        deadline = time.monotonic() + patience
        fates = self.fates()
        with Live(table_of(fates), console=console, auto_refresh=False) as live:
            while not all(fate.stand in SETTLED for fate in fates) and time.monotonic() < deadline:
                time.sleep(EVERY)
                # What is settled is not read again: the healers of the others need the processor.
                fates = [fate if fate.stand in SETTLED else self._fate(fate.broken) for fate in fates]
                live.update(table_of(fates), refresh=True)
        return fates

    def _fate(self, broken: Break) -> Fate:
        name = broken.source
        incidents = Incidents(self.lake, self.registry, name)
        ids = incidents.ids()
        course = incidents.course(ids[-1]) if ids else None
        there = rows_of(self.lake, self.registry, name, self.day)
        return Fate(broken, course, there, self.true.get(name, Rows()))


def table_of(fates: Sequence[Fate], by_hand: Sequence[str] = ()) -> Table:
    """Return the table of all breaks; `by_hand` are the sources that a person had a hand in."""
    table = Table(box=None, header_style="dim", padding=(0, 1, 0, 1))
    for name in COLUMNS:
        table.add_column(name, justify="right" if name in COLUMNS[-2:] else "left")
    for fate in fates:
        table.add_row(*_cells(fate, by_hand))
    return table


def _cells(fate: Fate, by_hand: Sequence[str]) -> list[Text]:
    seconds = "" if fate.seconds is None else f"{fate.seconds:.1f}"
    outcome = f"{fate.stand} with a person" if fate.broken.source in by_hand else outcome_of(fate)
    shown = (fate.broken.source, fate.broken.what, fate.noticed, fate.cause, outcome, seconds, rows_back(fate))
    # Text, not markup: some of it was made of what pages say.
    cells = [Text(each) for each in shown]
    cells[4].stylize(_colour(fate))
    return cells


def _colour(fate: Fate) -> str:
    if fate.is_as_wanted:
        return "green"
    return "yellow" if fate.stand in ("waiting", "at work", "released", "unnoticed") else "red"


def outcome_of(fate: Fate) -> str:
    """Return in a few words how a break stands."""
    tell: dict[str, Callable[[], str]] = {
        "unnoticed": lambda: "…",
        "at work": lambda: "being looked at …",
        "released": lambda: f"release {fate.attempt.get('release')}, parsing again …",
        "healed": lambda: f"healed by {fate.attempt.get('method')}",
        "accepted": lambda: "accepted: nothing is wrong",
        "walled": lambda: "refused: no code for a wall",
        "refused": lambda: "no repair can be proved",
        "waiting": lambda: f"waits: lakehouse approve {fate.broken.source}",
    }
    return tell[fate.stand]()


def rows_back(fate: Fate) -> str:
    """Return how many of the true rows are there; nothing where there are none to recover."""
    return f"{fate.recovered} of {fate.true.total()}" if fate.broken.wanted == "healed" else ""
