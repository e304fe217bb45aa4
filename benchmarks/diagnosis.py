"""Counts the false alarms of the doctor's detectors on real pages: `python -m benchmarks.diagnosis CASES_DIR`.

Every page is good. Alone, and beside its earlier self, none of them may be called a wall, an error page or empty; a
redesigned page that gives no records is to be called a layout, and so is one on which the fetcher raises.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.cases import PairCase, folders, pair_case
from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.diagnosis import Facts, Failing, diagnose
from lakehouse.agents.doctor.diagnosis.page_cause import page_cause
from lakehouse.agents.doctor.incident import FailedCheck
from lakehouse.fetcher import Page
from lakehouse.profile import DayStats

ADDRESS = "https://case.example/list"
PAIRS = ("drift_none", "redesign", "redesign_json")
VOLUME = FailedCheck(check="volume", day="2026-11-20", message="No rows came.")


def main() -> None:
    """Print every false alarm, and the sums."""
    cases = Path(sys.argv[1])
    pages = [
        Page(ADDRESS, file.read_bytes()) for file in sorted(cases.glob("*/*/*.html")) + sorted(cases.glob("*/*/*.body"))
    ]
    alone = Counter(page_cause(Failing(ADDRESS, page, 200)).cause for page in pages)
    print(f"{len(pages)} pages alone: {dict(alone)}")
    for kind in PAIRS:
        found = [pair_case(folder) for folder in folders(cases / kind)]
        print(f"{kind} beside the earlier page: {dict(Counter(_beside(each) for each in found))}")
        for way in ("no records", "raised"):
            print(f"{kind}, {way}: {dict(Counter(diagnose(facts).cause for facts in _facts(found, way)))}")


def _beside(case: PairCase) -> str | None:
    return page_cause(Failing(case.after.url, case.after, 200), Known(case.before, case.records)).cause


def _facts(cases: list[PairCase], way: str) -> Iterator[Facts]:
    for case in cases:
        known = Known(Page(case.after.url, case.before.body), case.records)
        yield Facts(
            failing=(Failing(case.after.url, case.after, 200),),
            known=(known,),
            failed_checks=(VOLUME,),
            stats=None if way == "raised" else DayStats(rows=0, rejects=0, pages=1),
            usual=DayStats(rows=len(case.records), rejects=0, pages=1),
            traceback="KeyError: 'next'" if way == "raised" else "",
        )


if __name__ == "__main__":
    main()
