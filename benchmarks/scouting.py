"""Scouts every page of a folder of cases: `python -m benchmarks.scouting CASES_DIR --out DIR [--examples 3] [--drift]`.

Reads `page.html` or `page.body` and the address in `meta.json`, nothing else, and writes `DIR/<id>.json`. With
`--examples N` the first N records of `truth.json` are given as examples. With `--drift` a fetcher is learned from
`before.html` and `before.json`, and run on `after.html`. Where `score.py` stands beside the cases, it judges.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.cases import plain, score
from benchmarks.real_pages import cases_folder
from benchmarks.report import report
from benchmarks.scouting_build import built_misses
from lakehouse.agents.builder.fit import fit
from lakehouse.agents.extract import extract
from lakehouse.agents.scout.candidates import candidates
from lakehouse.fetcher import Page

BARS = {"plain": (0.78, 0.45), "examples": (0.93, 0.0), "drift": (0.0, 0.8)}
"""The least mean value F1 and the least share of cases at 0.9 or better, by mode."""
MEDIAN_SECONDS = 0.7
SHORT = 30
"""Cases of a run without arguments."""

MOST_FIELDS = 16
"""Fields of an answer, at most."""


@dataclass
class Answer:
    """What was answered for one case."""

    name: str
    kind: str
    records: list[dict[str, Any]]
    seconds: float
    misses: list[str]
    f1: float | None = None


def main() -> None:
    """Run the cases and report."""
    options = _options()
    mode = "drift" if options.drift else "examples" if options.examples else "plain"
    names = [case.name for case in sorted(options.cases.iterdir()) if case.is_dir()]
    answers = []
    for name in [name for name in names if not options.only or options.only in name][: options.limit]:
        answer = _answer(options.cases / name, options)
        answer.f1 = _score(options.cases / name, answer)
        _write(options.out, answer)
        answers.append(answer)
        if options.verbose:
            print(f"{name} {answer.kind} {answer.f1} {answer.seconds:.2f} {answer.misses or ''}", flush=True)
    _report(mode, answers)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path, nargs="?", help="a folder of cases; without it, a few of those at hand")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--examples", type=int, default=0)
    parser.add_argument("--drift", action="store_true")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--only", default="", help="cases whose name has this in it")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    if options.cases is None:
        options.cases = cases_folder() / ("drift_none" if options.drift else "scout")
        options.limit = options.limit or SHORT
    if not options.cases.is_dir():
        sys.exit(f"There are no cases at {options.cases}: give their folder, or set LAKEHOUSE_CASES.")
    return options


def _answer(case: Path, options: argparse.Namespace) -> Answer:
    page = _page(case, "before" if options.drift else "page")
    examples = _examples(case, options)
    started = time.perf_counter()
    found = candidates(page, examples)
    if not found:
        return Answer(case.name, "nothing", [], time.perf_counter() - started, [])
    blueprint = fit(found[0].model_copy(update={"fields": found[0].fields[:MOST_FIELDS]}), page)
    if options.drift:
        page = _page(case, "after")
    records = extract(blueprint, page)
    seconds = time.perf_counter() - started
    return Answer(case.name, blueprint.kind, json.loads(_json(records)), seconds, built_misses(blueprint, page))


def _page(case: Path, stem: str) -> Page:
    known = case / "meta.json"
    meta = json.loads(known.read_text(encoding="utf-8")) if known.exists() else {}
    address = (meta.get("page") or meta.get("after") or {}).get("url") or "https://case.example/"
    file = next(file for file in (case / f"{stem}.html", case / f"{stem}.body") if file.exists())
    return Page(address, file.read_bytes())


def _examples(case: Path, options: argparse.Namespace) -> list[dict[str, str]]:
    if not options.drift and not options.examples:
        return []
    file = case / ("before.json" if options.drift else "truth.json")
    rows = json.loads(file.read_text(encoding="utf-8"))
    rows = rows if options.drift else rows[: options.examples]
    return [plain(row) for row in rows]


def _json(records: list[dict[str, Any]]) -> str:
    return json.dumps(records, ensure_ascii=False, default=lambda value: getattr(value, "raw", str(value)))


def _write(out: Path | None, answer: Answer) -> None:
    if out:
        out.mkdir(parents=True, exist_ok=True)
        content = {"records": answer.records, "kind": answer.kind, "seconds": round(answer.seconds, 3)}
        (out / f"{answer.name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _score(case: Path, answer: Answer) -> float | None:
    judged = score(case, answer.records)
    return judged["value_f1"] if judged else None


def _report(mode: str, answers: list[Answer]) -> None:
    figures: dict[str, object] = {"cases": len(answers)}
    misses = [f"{answer.name}: {miss}" for answer in answers for miss in answer.misses]
    figures["median_seconds"] = round(statistics.median(answer.seconds for answer in answers), 3)
    scores = [answer.f1 for answer in answers if answer.f1 is not None]
    if scores:
        mean, share = statistics.mean(scores), sum(score >= 0.9 for score in scores) / len(scores)
        figures |= {"mean_f1": round(mean, 4), "share_at_0.9": round(share, 3)}
        misses += [f"mean F1 {mean:.3f} is under {BARS[mode][0]}"] if mean < BARS[mode][0] else []
        misses += [f"share at 0.9 {share:.2f} is under {BARS[mode][1]}"] if share < BARS[mode][1] else []
    if figures["median_seconds"] > MEDIAN_SECONDS and mode == "plain":  # type: ignore[operator]
        misses.append(f"median of {figures['median_seconds']} s is over {MEDIAN_SECONDS} s")
    report(f"scouting-{mode}", figures, misses)


if __name__ == "__main__":
    main()
