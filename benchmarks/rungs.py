"""Measures one rung of the doctor's ladder without the gate: `python -m benchmarks.rungs CASES_DIR module:function`.

Learns a fetcher from each case's page before, asks the rung for the page after, and scores its first proposal; with
`--best N` the best of its first N, which says what a perfect gate would make of them.
"""

from __future__ import annotations

import argparse
import importlib
import statistics
import time
from collections import Counter
from itertools import islice
from pathlib import Path

from benchmarks.cases import PairCase, folders, pair_case, score
from lakehouse.agents.doctor.case import Case, Known
from lakehouse.agents.doctor.proposal import Rung
from lakehouse.agents.extract import extract
from lakehouse.agents.scout.candidates import candidates
from lakehouse.agents.scout.fidelity import printed
from lakehouse.contract import Contract, Field


def main() -> None:
    """Run the rung over all cases and print a line for each, and the sums."""
    options = _options()
    module, _, function = options.rung.partition(":")
    rung: Rung = getattr(importlib.import_module(module), function)
    counts: Counter[str] = Counter()
    seconds = []
    for folder in folders(options.cases, options.only):
        found = pair_case(folder)
        case = case_of(found)
        if (len(found.records) == 1) != (options.kind == "detail") and options.kind:
            continue
        started = time.process_time()
        proposals = list(islice(rung(case), options.best))
        seconds.append(time.process_time() - started)
        scores = [score(folder, as_printed(case, each.blueprint)) or {} for each in proposals]
        best = max(scores, key=lambda each: each["value_f1"], default=None)
        outcome = outcome_of(best)
        counts[outcome] += 1
        told = f"F1 {best['value_f1']:.2f} P {best['value_precision']:.2f}" if best else ""
        print(f"{folder.name:38} {outcome:10} {told} {seconds[-1]:.2f} s", flush=True)
    ordered = sorted(seconds)
    print(dict(counts), f"median {statistics.median(ordered):.2f} s, p95 {ordered[int(0.95 * len(ordered))]:.2f} s")


def case_of(found: PairCase) -> Case:
    """Return the case that a doctor would get of a pair: the fetcher learned from the page before."""
    names = dict.fromkeys(name for record in found.records for name in record)
    contract = Contract(fields={name: Field(type="text") for name in names}, min_rows=1)
    learned = candidates(found.before, found.records)[0]
    return Case(learned, contract, (Known(found.before, found.records),), (found.after,))


def as_printed(case: Case, blueprint: object) -> list[dict[str, str]]:
    """Return what a blueprint gives on the failing pages, as text."""
    return [
        {name: printed(value) for name, value in record.items()}
        for page in case.failing
        for record in extract(blueprint, page)  # type: ignore[arg-type]
    ]


def outcome_of(scored: dict[str, float] | None) -> str:
    """Return how an answer is judged: healed, wrong, incomplete, or nothing."""
    if scored is None:
        return "nothing"
    if scored["value_f1"] >= 0.9:
        return "healed"
    return "wrong" if scored["value_precision"] < 0.9 else "incomplete"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("rung", help="module:function of a rung")
    parser.add_argument("--best", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--kind", choices=("", "listing", "detail"), default="")
    return parser.parse_args()


if __name__ == "__main__":
    main()
