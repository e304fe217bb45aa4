"""Lets the doctor work on redesigned pages: `python -m benchmarks.healing CASES_DIR [--out DIR]`.

Learns a fetcher from each case's page before and its records, runs it on the page after, and where a check fails
diagnoses and climbs the ladder. Of the truth it reads nothing; where `score.py` stands beside the cases, it judges
afterwards. `--graft` puts the known records into the new pages, as on a daily run; `--wrong-pages` gives the doctor
pages that nothing may be learned from; `--gate-only` leaves the diagnosis out.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.cases import folders, pair_case, score
from benchmarks.healing_figures import Bars, Healed, figures_of
from benchmarks.healing_graft import grafted_cases
from benchmarks.healing_wrong import wrong_pages
from benchmarks.report import report
from benchmarks.rungs import case_of, outcome_of
from benchmarks.treating import Treated, treated
from lakehouse.agents.doctor.case import Case

BARS = {"redesign": Bars(0.65, 3), "redesign_json": Bars(0.6, 3), "drift_none": Bars(0.8, 0)}
"""The least share of healed cases and the most wrong ones, by the folder's name."""
GRAFT = Bars(0.9, 0, quick=False)

Truth = list[dict[str, Any]] | None


def main() -> None:
    """Heal every case of a folder and report."""
    options = _options()
    found = folders(options.cases, options.only)[: options.limit]
    if options.wrong_pages:
        report(f"wrong-pages-{options.cases.name}", *wrong_pages(found, gate_only=options.gate_only))
    left_out = Counter[str]()
    cases = (
        grafted_cases(found, left_out)
        if options.graft
        else ((folder, case_of(pair_case(folder)), None) for folder in found)
    )
    done = list(_healed(cases, options.out, gate_only=options.gate_only))
    kind = options.cases.name
    name = f"{'graft' if options.graft else 'healing'}-{kind}"
    figures, misses = figures_of(done, GRAFT if options.graft else BARS.get(kind, Bars()))
    report(name, {"folders": len(found), "left_out": dict(left_out), **figures}, misses)


def _healed(cases: Iterator[tuple[Path, Case, Truth]], out: Path | None, *, gate_only: bool) -> Iterator[Healed]:
    for folder, case, truth in cases:
        found = judged(folder, treated(case, gate_only=gate_only), truth)
        write(out, found)
        print(told(found), flush=True)
        yield found


def judged(folder: Path, found: Treated, truth: Truth = None) -> Healed:
    """Return the answer with what the judge says of it; a review or a refusal is no answer."""
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    scored, old = (score(folder, [dict(r) for r in given], wanted=truth) for given in (found.records, found.old))
    answers = found.verdict in ("release", "unchanged")
    outcome = (outcome_of(scored) if found.records else "wrong") if answers else found.verdict
    if found.verdict == "unchanged" and outcome != "healed":
        outcome = "missed"
    f1, old_f1 = (each["value_f1"] if each else 0.0 for each in (scored, old))
    return Healed(folder.name, found, outcome, f1, old_f1, meta.get("group", ""))


def told(healed: Healed) -> str:
    """Return a case as a line."""
    found = healed.treated
    verdict = f"{found.cause or '-':9} {found.verdict:9} {found.method:12} {healed.outcome:10}"
    return f"{healed.name:38} {verdict} F1 {healed.f1:.2f} was {healed.old_f1:.2f} {found.seconds:.2f} s"


def write(out: Path | None, healed: Healed) -> None:
    """Write the answer where the judge expects it."""
    if out:
        out.mkdir(parents=True, exist_ok=True)
        found = healed.treated
        content = {"verdict": found.verdict, "diagnosis": found.cause, "method": found.method, "checks": found.checks}
        content |= {"records": [dict(record) for record in found.records], "seconds": round(found.seconds, 3)}
        (out / f"{healed.name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--graft", action="store_true")
    parser.add_argument("--wrong-pages", action="store_true")
    parser.add_argument("--gate-only", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
