"""Real pages, before and after their content changed, through bronze, silver and checks, against their truth.

The pages are not part of the project. They are looked for in `shared/cases` beside the checkout, or where
`LAKEHOUSE_CASES` or the first argument says. Fetchers and contracts are in `benchmarks/real/`, one pair for each case.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.report import report
from lakehouse.engine import ParseReport, fetch_day, parse_day
from lakehouse.lake import Lake
from lakehouse.logs import configure_logs
from lakehouse.registry import Registry
from tests.little_site import Answer, LittleSite

FETCHERS = Path(__file__).parent / "real"
BESIDE = Path(__file__).parents[2] / "shared" / "cases"
STAND_IN = "http://site.example/"
"""The address that the fetchers ask for; the local site takes its place."""

MOMENTS = ("before", "after")
LAST_DAY = date(2026, 11, 18)
GOOD = 0.9
FEWEST_CASES = 12

SOURCE = """\
name: {name}
start: {start}
private_hosts: ["{host}"]
politeness: {{delay: 0, concurrency: 4}}
"""


@dataclass(frozen=True)
class Outcome:
    """One page of a case: how well silver tells it, 0 to 1, and what the checks said."""

    case: str
    moment: str
    f1: float
    rows: int
    rejects: int
    failed: tuple[str, ...]


def cases_folder(given: str = "") -> Path:
    """Return the folder that holds `score.py` and `drift_none/`, which may not be there."""
    return Path(given or os.environ.get("LAKEHOUSE_CASES") or BESIDE)


def names() -> list[str]:
    """Return the names of all cases that have a fetcher; as a folder's name each has `-` for `_`."""
    return sorted(path.stem for path in FETCHERS.glob("*.py"))


def days_of(case: Path) -> dict[str, str]:
    """Return the day of each page of a case, as far apart as they were captured: many dates on them move with it."""
    apart = json.loads((case / "meta.json").read_text())["days_between"]
    return {"before": str(LAST_DAY - timedelta(days=max(1, apart))), "after": str(LAST_DAY)}


def ingest(name: str, cases: Path, work: Path) -> list[Outcome]:
    """Take the page of each day through the engine, in a lake under `work`, and compare silver with the truth."""
    case = cases / "drift_none" / name.replace("_", "-")
    lake = Lake.open(str(work / name))
    outcomes = []
    with LittleSite() as site:
        registry = _registered(lake, name, site)
        for moment, day in days_of(case).items():
            site.pages["/"] = Answer((case / f"{moment}.html").read_bytes(), headers={"Content-Type": "text/html"})
            fetch_day(lake, registry, name, day, late=True)
            parsed = parse_day(lake, registry, name, day)
            outcomes.append(_outcome(parsed, moment, _score(cases, case, moment, _silver(lake, name, day, work))))
    return outcomes


def _registered(lake: Lake, name: str, site: LittleSite) -> Registry:
    registry = Registry(lake)
    head = SOURCE.format(name=name, start=site.url(), host=site.host)
    registry.register(head + (FETCHERS / f"{name}.yaml").read_text())
    code = (FETCHERS / f"{name}.py").read_text().replace(STAND_IN, site.url())
    registry.release(registry.stage(name, code, {}, {}), reason="written by hand")
    return registry


def _silver(lake: Lake, name: str, day: str, work: Path) -> Path:
    """Write the day's records as the scorer reads them, and return the file."""
    frame = lake.table(f"silver/{name}").read([day]).sort("_row")
    records = frame.drop("day", "_capture", "_release", "_row").to_dicts()
    path = work / f"{name}-{day}.json"
    path.write_text(json.dumps(records, default=str))
    return path


def _score(cases: Path, case: Path, moment: str, predicted: Path) -> float:
    # The scorer takes after.json, with its surplus rows, unless it is told of another truth.
    truth = [] if moment == "after" else ["--truth", str(case / f"{moment}.json")]
    command = [sys.executable, str(cases / "score.py"), str(case), str(predicted), *truth]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["value_f1"]


def _outcome(parsed: ParseReport, moment: str, f1: float) -> Outcome:
    failed = tuple(check.name for check in parsed.checks if not check.passed and check.severity == "error")
    return Outcome(parsed.source, moment, f1, parsed.rows, parsed.rejects, failed)


def figures_of(outcomes: Sequence[Outcome]) -> tuple[dict[str, object], list[str]]:
    """Return what the pages of all cases say together, and the bars that were missed."""
    figures: dict[str, object] = {"cases": len({page.case for page in outcomes})}
    for moment in MOMENTS:
        pages = [page for page in outcomes if page.moment == moment]
        good = [page for page in pages if page.f1 >= GOOD]
        figures[f"{moment}_good"] = round(len(good) / len(pages), 3)
        figures[f"{moment}_mean_f1"] = round(statistics.fmean(page.f1 for page in pages), 3)
        figures[f"{moment}_rows"] = sum(page.rows for page in pages)
        figures[f"{moment}_rejects"] = sum(page.rejects for page in pages)
    return figures | _alarms([page for page in outcomes if page.moment == "after"]), _misses(outcomes)


def _alarms(pages: Sequence[Outcome]) -> dict[str, object]:
    """Return what the checks said of each page that the fetcher had not seen: rightly, falsely, or nothing at all."""
    return {
        "right_alarms": {page.case: page.failed for page in pages if page.failed and page.f1 < GOOD},
        "false_alarms": {page.case: page.failed for page in pages if page.failed and page.f1 >= GOOD},
        "losses_unnoticed": {page.case: page.f1 for page in pages if not page.failed and page.f1 < GOOD},
    }


def _misses(outcomes: Sequence[Outcome]) -> list[str]:
    before = [page for page in outcomes if page.moment == "before"]
    misses = [f"{page.case}: F1 {page.f1} on the page it was written for" for page in before if page.f1 < GOOD]
    misses += [f"{page.case}: {', '.join(page.failed)} failed on its first day" for page in before if page.failed]
    if len(before) < FEWEST_CASES:
        misses.append(f"{len(before)} cases have a fetcher, {FEWEST_CASES} are wanted")
    return misses


def main() -> None:
    """Ingest every case that has a fetcher, in a folder that is removed again."""
    cases = cases_folder(*sys.argv[1:2])
    if not cases.is_dir():
        sys.exit(f"There are no cases in {cases}; name their folder as the argument or in LAKEHOUSE_CASES.")
    configure_logs()
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="real-") as work:
        for name in names():
            for page in ingest(name, cases, Path(work)):
                outcomes.append(page)
                print(f"{name:26} {page.moment:6}  F1 {page.f1:.3f}  {page.rows:4} rows  {', '.join(page.failed)}")
    report("real_pages", *figures_of(outcomes))


if __name__ == "__main__":
    main()
