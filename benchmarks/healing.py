"""Lets the doctor work on redesigned pages: `python -m benchmarks.healing CASES_DIR --out DIR`.

Learns a fetcher from each case's page before and its records, runs it on the page after, and where the checks fail
climbs the ladder. Of the truth it reads nothing; where `score.py` stands beside the cases, it judges afterwards.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.cases import folders, pair_case, score
from benchmarks.report import report
from benchmarks.rungs import case_of, outcome_of
from lakehouse.agents.doctor.case import Case
from lakehouse.agents.doctor.gate.answer import answer
from lakehouse.agents.doctor.gate.checked import failed_checks, stats_of
from lakehouse.agents.doctor.ladder import climb

BARS = {"redesign": (0.65, 3), "redesign_json": (0.6, 3), "drift_none": (0.8, 0)}
"""The least share of healed cases and the most wrong ones, by the folder's name."""
MEDIAN, P95, MEGABYTES = 1.0, 5.0, 500


@dataclass
class Healed:
    """What came of one case; `outcome` is the judge's word, `group` is for averages over sister sites."""

    name: str
    verdict: str
    method: str
    records: list[dict[str, Any]]
    seconds: float
    checks: tuple[str, ...] = ()
    outcome: str = ""
    f1: float = 0.0
    old_f1: float = 0.0
    group: str = ""


def main() -> None:
    """Heal every case of a folder and report."""
    options = _options()
    done = []
    for folder in folders(options.cases, options.only):
        healed = judged(folder, treated(case_of(pair_case(folder)), folder.name))
        write(options.out, healed)
        done.append(healed)
        told = f"{healed.verdict:9} {healed.method:9} {healed.outcome:10} F1 {healed.f1:.2f} {healed.seconds:.2f} s"
        print(f"{folder.name:38} {told} {','.join(healed.checks)}", flush=True)
    report(f"healing-{options.cases.name}", *figures_of(done, *BARS.get(options.cases.name, (0.0, 0))))


def treated(case: Case, name: str) -> Healed:
    """Return what the doctor does about a case: nothing where the checks pass, else the best proof's verdict."""
    started = time.process_time()
    alarm = alarms(case)
    proof = climb(case)
    best = proof.best
    records = [dict(record) for record in best.answer.records] if best and proof.verdict != "refuse" else []
    method = best.proposal.rung if best else ""
    return Healed(name, proof.verdict, method, records, time.process_time() - started, tuple(alarm))


def alarms(case: Case) -> list[str]:
    """Return the names of the checks that fail on the old fetcher's answer, judged by the known records."""
    good, _ = stats_of(case.contract, case.records, len(case.known))
    given = answer(case.blueprint, case.failing)
    return [check.name for check in failed_checks(case.contract, given.records, len(case.failing), [good])]


def judged(folder: Path, healed: Healed) -> Healed:
    """Return the answer with what the judge says of it; a review or a refusal is no answer."""
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    scored = score(folder, healed.records) if healed.records else None
    given = healed.verdict in ("release", "unchanged")
    outcome = (outcome_of(scored) if healed.records else "wrong") if given else healed.verdict
    return replace(healed, outcome=outcome, f1=scored["value_f1"] if scored else 0.0, group=meta.get("group", ""))


def write(out: Path | None, healed: Healed) -> None:
    """Write the answer where the judge expects it."""
    if out:
        out.mkdir(parents=True, exist_ok=True)
        content = {"verdict": healed.verdict, "diagnosis": ",".join(healed.checks), "method": healed.method}
        content |= {"records": healed.records, "seconds": round(healed.seconds, 3)}
        (out / f"{healed.name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def figures_of(done: Sequence[Healed], share: float, wrong: int) -> tuple[dict[str, object], list[str]]:
    """Return the sums and the bars that were missed."""
    counts = Counter(each.outcome for each in done)
    seconds = sorted(each.seconds for each in done)
    groups: dict[str, list[bool]] = defaultdict(list)
    for each in done:
        groups[each.group].append(each.outcome == "healed")
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures: dict[str, object] = {
        "cases": len(done),
        **{name: counts[name] for name in ("healed", "wrong", "incomplete", "review", "refuse")},
        "healed_share": round(counts["healed"] / max(1, len(done)), 3),
        "healed_by_group": round(statistics.fmean(statistics.fmean(g) for g in groups.values()), 3),
        "median_seconds": round(statistics.median(seconds), 2),
        "p95_seconds": round(seconds[int(0.95 * len(seconds))], 2),
        "megabytes": round(megabytes),
    }
    healed = counts["healed"]
    misses = [f"healed {healed} of {len(done)}, under {share}"] if healed < share * len(done) else []
    misses += [f"{counts['wrong']} wrong answers, over {wrong}"] if counts["wrong"] > wrong else []
    misses += ["median of seconds too high"] if statistics.median(seconds) > MEDIAN else []
    misses += ["p95 of seconds too high"] if seconds[int(0.95 * len(seconds))] > P95 else []
    misses += ["too much memory"] if megabytes > MEGABYTES else []
    return figures, misses


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--only", default="")
    return parser.parse_args()


if __name__ == "__main__":
    main()
