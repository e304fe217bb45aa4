"""Measures how soon a source that was added stands in a running UI: `python -m benchmarks.appear`.

A real `dagster dev` runs over a store with one source; another is added as `lakehouse add` does it. `add_seconds` is
the scout's and the builder's work, `appear_seconds` the time from its end, when the UI is told, until GraphQL lists the
assets of the new source.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.report import report
from lakehouse.agents.lakehouse import Lakehouse
from lakehouse.agents.wish import Wish
from lakehouse.home import make_home
from lakehouse.launch.dagster_dev import Dagster, dagster_dev
from lakehouse.reload import reload_ui
from lakehouse.settings import settings
from tests.books import stock
from tests.little_site import LittleSite

BAR = 2.0
SOURCES = 5
PATIENCE = 30.0


def main() -> None:
    """Add sources to a running UI and report."""
    with tempfile.TemporaryDirectory(prefix="lakehouse-appear-") as folder, LittleSite() as site:
        stock(site)
        environment = _home(Path(folder))
        house = Lakehouse.open()
        _add(house, site, "books")
        with dagster_dev(environment, Path(folder) / "dev.log") as dagster:
            times = [_timed(dagster, house, site, f"books_{number}") for number in range(SOURCES)]
    adding, appearing = ([pair[place] for pair in times] for place in (0, 1))
    figures = {
        "sources": SOURCES,
        "add_seconds": round(statistics.median(adding), 3),
        "appear_seconds": round(statistics.median(appearing), 3),
        "appear_seconds_worst": round(max(appearing), 3),
        "load": round(os.getloadavg()[0], 1),
    }
    worst = figures["appear_seconds_worst"]
    report("appear", figures, [f"a source took {worst} s, over {BAR} s"] if max(appearing) > BAR else [])


def _home(folder: Path) -> dict[str, str]:
    """Make a home and a store of their own, for this process and for the UI."""
    os.environ |= {"LAKEHOUSE_HOME": str(folder / "home"), "LAKEHOUSE_STORE": str(folder / "store")}
    settings.cache_clear()
    os.environ["DAGSTER_HOME"] = str(make_home())
    return dict(os.environ)


def _timed(dagster: Dagster, house: Lakehouse, site: LittleSite, name: str) -> tuple[float, float]:
    started = time.perf_counter()
    _add(house, site, name)
    added = time.perf_counter()
    reload_ui(dagster.url)
    while f"silver/{name}" not in dagster.assets() and time.perf_counter() - added < PATIENCE:
        time.sleep(0.02)
    return added - started, time.perf_counter() - added


def _add(house: Lakehouse, site: LittleSite, name: str) -> None:
    # The same address is no second source, so each has a query of its own.
    path = f"/books?shelf={name}"
    site.pages[path] = site.pages["/books"]
    house.add(site.url(path), name, Wish(private_hosts=[site.host], delay=0))


if __name__ == "__main__":
    main()
