"""What `make demo` shows: seven sources, three good days, and one on which the site breaks six of them."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from lakehouse import Lakehouse
from lakehouse.demo import told
from lakehouse.demo.breaks import BREAKS
from lakehouse.demo.failed import DemoFailed
from lakehouse.demo.fate import Fate
from lakehouse.demo.good_days import SHOWN, add_sources, fetch_days, show_tables
from lakehouse.demo.hand import for_a_person, take_in_hand
from lakehouse.demo.site import DemoSite
from lakehouse.demo.true_rows import true_rows
from lakehouse.demo.watching import Watch, outcome_of, rows_back, table_of
from lakehouse.home import make_home
from lakehouse.launch.dagster_dev import dagster_dev
from lakehouse.registry import Registry
from lakehouse.settings import settings

HOME = Path(".lakehouse") / "demo"
PATIENCE = 240.0
"""Seconds until everything must be settled; on two idle cores it takes a fraction of them."""


def walk(home: Path = HOME, patience: float = PATIENCE) -> None:
    """Run the whole demo in a home folder of its own, which it empties first and leaves behind to be looked at."""
    begun = time.monotonic()
    _settle(home)
    house = Lakehouse.open()
    today = datetime.now(UTC).date()
    days = [today - timedelta(days=n) for n in (3, 2, 1)]
    with DemoSite(day=days[0]) as site:
        told.heading(1, f"A small city's web site is up at {site.url}; `lakehouse add` looks at seven of its addresses")
        names = add_sources(site, house)
        told.heading(2, "Three days are fetched and parsed, each as a Dagster run")
        fetch_days(site, names, days)
        told.heading(3, "What there is now")
        show_tables(house.lake, names, days)
        watch = _broken_day(site, house, today)
        fates = _healed(watch, home, patience)
        by_hand = _by_hand(site, fates, home)
    _summary(watch, by_hand)
    told.heading(8, f"What the doctor changed in the fetcher of {SHOWN}, and proved before it was released")
    told.code(house.registry.diff(SHOWN, 1, house.registry.in_force(SHOWN).number), "diff")
    _farewell(home, time.monotonic() - begun)


def _settle(home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    os.environ["LAKEHOUSE_HOME"] = str(home.absolute())
    os.environ.pop("LAKEHOUSE_STORE", None)
    settings.cache_clear()
    os.environ["DAGSTER_HOME"] = str(make_home())


def _broken_day(site: DemoSite, house: Lakehouse, today: date) -> Watch:
    """Note what today's tables should hold, and break the site."""
    told.heading(4, "Overnight the site is rebuilt, and breaks six sources, each in another way")
    site.set_day(today)
    true = true_rows(house.registry, [each.source for each in BREAKS if each.wanted == "healed"], today)
    for each in BREAKS:
        each.strike(site)
        told.say(f"{each.source}: {each.what}")
    return Watch(house.lake, house.registry, BREAKS, today, true)


def _healed(watch: Watch, home: Path, patience: float) -> list[Fate]:
    """Start Dagster, ingest the day as its schedules would, and watch what its sensors and the healer make of it."""
    told.heading(5, "Dagster is started, today is ingested, and nobody does anything: its sensors call the healer")
    with dagster_dev(os.environ, home.absolute() / "dagster-dev.log") as dagster:
        for each in watch.breaks:
            tags = {"dagster/partition": watch.day.isoformat(), "lakehouse/source": each.source}
            dagster.launch("ingest", [f"{layer}/{each.source}" for layer in ("bronze", "silver")], tags)
        return watch.until_settled(patience)


def _by_hand(site: DemoSite, fates: Sequence[Fate], home: Path) -> list[str]:
    """Do what is left for a person, and return the sources for which there was something."""
    left = for_a_person(fates, site)
    if left:
        told.heading(6, "What cannot be proved is not released. It is left to a person, who is played by the demo here")
        take_in_hand(left, site, home)
    return [fate.broken.source for fate in left]


def _summary(watch: Watch, by_hand: Sequence[str]) -> None:
    fates = watch.fates()
    told.heading(7, "How it ended")
    told.console.print(table_of(fates, by_hand))
    require_as_wanted(fates, watch.registry)
    alone = [fate for fate in fates if fate.broken.source not in by_hand]
    told.say(f"{len(alone)} of {len(fates)} were settled without a person.")


def require_as_wanted(fates: Sequence[Fate], registry: Registry) -> None:
    """Raise DemoFailed where a break did not end as it should, naming each."""
    wrong = [
        f"{fate.broken.source} should be {fate.broken.wanted}: {outcome_of(fate)} {rows_back(fate)}".rstrip()
        for fate in fates
        if not fate.is_as_wanted
    ]
    wrong += [
        f"{name} got release {registry.in_force(name).number}, though there was nothing to repair"
        for name in (fate.broken.source for fate in fates if fate.broken.wanted != "healed")
        if registry.in_force(name).number != 1
    ]
    if wrong:
        raise DemoFailed(f"{'; '.join(wrong)}.", hint="`lakehouse incident SRC` tells more.")


def _farewell(home: Path, seconds: float) -> None:
    told.heading(9, f"That took {seconds:.0f} s. Commands to try next")
    walled = next(each.source for each in BREAKS if each.wanted == "refused")
    for words in (f"incident {SHOWN}", f"status {walled}", "repairs", "up        # then open http://127.0.0.1:3000"):
        told.command(f"LAKEHOUSE_HOME={home} .venv/bin/lakehouse {words}")
