"""Learns the gate's odds and thresholds: `python -m benchmarks.calibrate_gate CASES [--write]`.

CASES holds `redesign`, `redesign_json` and `drift_none`. Every rung proposes for every case, and for every case put
against another source's page, where nothing is right. A logistic regression with weights that cannot be negative (a
better measure never lowers the odds) learns for each of the gate's two questions what is right; groups of sister sites
stay together in the folds, and the thresholds are read off the curve of the folds that were not learned from. For pages
of data, of which few were captured, there are the halves and strangers of `data_pairs` too.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from benchmarks.cases import folders, page_of, pair_case, score
from benchmarks.data_pairs import data_pairs, group_of
from benchmarks.report import report
from benchmarks.rungs import case_of
from lakehouse.agents.doctor.case import Case
from lakehouse.agents.doctor.gate.answer import agreement
from lakehouse.agents.doctor.gate.measures import OF_RECORDS, OF_SOURCE
from lakehouse.agents.doctor.gate.proof import SAME, Weighed, beside, kind_of, under_floors, weigh
from lakehouse.agents.doctor.gate.reference import Reference
from lakehouse.agents.doctor.ladder import LADDER, asked
from lakehouse.fetcher import Page

KINDS = ("redesign", "redesign_json", "drift_none")
FOLDS = 8
RIDGE = 1.0
MOST_WRONG = 0.05
"""Share of the own pages that a release may get wrong on groups that were not learned from; of strange pages none."""

NEARLY = 0.8
Scorer = Callable[[list[dict[str, str]]], dict[str, Any] | None]

STRANGERS = 3
"""Pages of other sites that each case is put against."""

LEVELS = tuple(round(0.2 + 0.025 * step, 3) for step in range(29))


@dataclass
class Row:
    """One proposal: its measures, and what the judge says of it; `pages` tells whose page it was made for.

    `is_old` says that it gives what the old fetcher gives anyway, so that nothing is released with it.
    """

    case: str
    group: str
    kind: str
    pages: str
    rung: str
    measures: dict[str, float]
    f1: float
    precision: float
    is_old: bool

    @property
    def is_right(self) -> bool:
        """Return whether this would be a heal."""
        return self.f1 >= 0.9


def main() -> None:
    """Gather the rows, learn, and write the weights where that is wanted."""
    options = _options()
    if options.rows and options.rows.exists():
        rows = [Row(**row) for row in json.loads(options.rows.read_text("utf-8"))]
    else:
        rows = list(gathered(options.cases))
        if options.rows:
            options.rows.write_text(json.dumps([asdict(row) for row in rows]), encoding="utf-8")
    learned = {kind: learn([row for row in rows if row.kind == kind]) for kind in ("listing", "detail", "data")}
    if options.write:
        file = Path(str(files("lakehouse.agents.doctor.gate"))) / "weights.json"
        file.write_text(json.dumps(learned, indent=1) + "\n", encoding="utf-8")
    report("calibrate-gate", {kind: each["chosen"] for kind, each in learned.items()}, [])


def gathered(cases: Path) -> Iterator[Row]:
    """Yield a row for each proposal of each rung on each case's own page and on another source's page."""
    all_folders = [folder for kind in KINDS for folder in folders(cases / kind)]
    for folder in all_folders:
        pair = pair_case(folder)
        case = case_of(pair)
        yield from _rows(case, pair.name, group_of(folder), partial(score, folder))
        for number, other in enumerate(_strangers(all_folders, folder)):
            stranger = page_of(other, "after")
            wrong = Case(case.blueprint, case.contract, case.known, (Page(pair.after.url, stranger.body),))
            yield from _rows(wrong, f"{pair.name} {number}", group_of(folder), None)
    judge = all_folders[0]
    for each in data_pairs(folders(cases / "redesign_json")):
        yield from _rows(
            each.case,
            each.name,
            each.group,
            partial(score, judge, wanted=[dict(r) for r in each.wanted]) if each.wanted else None,
        )


def _strangers(all_folders: Sequence[Path], own: Path) -> list[Path]:
    """Return cases of other sites and of the same format, each of a group of its own."""
    suffix = ".html" if (own / "after.html").exists() else ".body"
    others = [f for f in all_folders if group_of(f) != group_of(own) and (f / f"after{suffix}").exists()]
    found: dict[str, Path] = {}
    for other in sorted(others, key=lambda other: zlib.crc32(f"{own.name} {other.name}".encode())):
        found.setdefault(group_of(other), other)
    return list(found.values())[:STRANGERS]


def _rows(case: Case, name: str, group: str, scorer: Scorer | None) -> Iterator[Row]:
    reference = Reference(case)
    weighed: list[Weighed] = []
    for rung in (rung for step in LADDER for rung in step):
        for proposal in asked(rung, case, []):
            found = weigh(reference, proposal)
            if not any(_is_twin(found, other) for other in weighed):
                weighed.append(found)
    for each, given in zip(weighed, beside(weighed), strict=True):
        scored: dict[str, Any] | None = scorer([dict(r) for r in each.answer.records]) if scorer else None
        yield Row(
            name,
            group,
            kind_of(case),
            "own" if scorer else "strange",
            each.proposal.rung,
            {**each.measures, **given},
            scored["value_f1"] if scored else 0.0,
            scored["value_precision"] if scored else 0.0,
            agreement(each.answer.records, weighed[0].answer.records) >= SAME,
        )


def _is_twin(one: Weighed, other: Weighed) -> bool:
    same = one.proposal.rung == other.proposal.rung
    return same and agreement(one.answer.records, other.answer.records) > 0.99


def learn(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the weights for both questions, learned from all rows, with the curve and thresholds of unseen groups."""
    own = np.array([row.pages == "own" for row in rows])
    right = np.array([row.is_right for row in rows])
    nearly = np.array([row.f1 >= NEARLY for row in rows])
    # What reads the own page badly tells nothing of whether it is the own page, and no strange page of the records.
    source = _question(rows, OF_SOURCE, own, own <= nearly)
    records = _question(rows, OF_RECORDS, right, own)
    best = _best_of_each(rows, records.chances)
    curve = [_point(rows, best, source.chances, records.chances, a, b) for a in LEVELS for b in LEVELS]
    chosen = _chosen(curve)
    return {
        "rows": len(rows),
        "chosen": chosen,
        "source": source.as_json(chosen["source"]),
        "records": records.as_json(chosen["records"]),
        "curve": [p for p in curve if p["source"] == chosen["source"] or p["records"] == chosen["records"]],
    }


@dataclass
class Learned:
    """One question: the weights learned from all rows, and the chances that the weights of other groups give."""

    names: Sequence[str]
    fitted: np.ndarray
    chances: np.ndarray

    def as_json(self, release: float) -> dict[str, Any]:
        """Return what the gate reads; a candidate goes to a person from half of the release level on."""
        weights = {name: round(float(w), 3) for name, w in zip(self.names, self.fitted[1:], strict=True)}
        return {
            "bias": round(float(self.fitted[0]), 3),
            "weights": weights,
            "release": release,
            "review": round(release / 2, 3),
        }


def _question(rows: Sequence[Row], names: Sequence[str], yes: np.ndarray, telling: np.ndarray) -> Learned:
    matrix = np.array([[row.measures.get(name, 0.0) for name in names] for row in rows])
    folds = np.array([zlib.crc32(row.group.encode()) % FOLDS for row in rows])
    chances = np.zeros(len(rows))
    for fold in range(FOLDS):
        held, learned = folds == fold, (folds != fold) & telling
        if held.any():
            chances[held] = _chances(_fitted(matrix[learned], yes[learned].astype(float)), matrix[held])
    return Learned(names, _fitted(matrix[telling], yes[telling].astype(float)), chances)


def _best_of_each(rows: Sequence[Row], chances: np.ndarray) -> list[int]:
    """Return the proposal that the gate would take for each case and page."""
    best: dict[tuple[str, str], int] = {}
    for place, row in enumerate(rows):
        key = row.case, row.pages
        if key not in best or chances[place] > chances[best[key]]:
            best[key] = place
    return list(best.values())


def _chosen(curve: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return a strict point of those that heal most of what strangers and errors leave.

    The ends of a plateau are where luck begins, and a refusal is better than a wrong heal: so three quarters up.
    """
    best = _best([p for p in curve if p["strange"] == 0 and p["wrong"] <= MOST_WRONG * p["own"]])
    source = _strict([p["source"] for p in best])
    records = _strict([p["records"] for p in best if p["source"] == source])
    return next(p for p in best if (p["source"], p["records"]) == (source, records))


def _best(points: Sequence[dict[str, float]]) -> list[dict[str, float]]:
    return [p for p in points if p["healed"] == max(other["healed"] for other in points)]


def _strict(levels: Sequence[float]) -> float:
    different = sorted(set(levels))
    return different[3 * len(different) // 4]


def _point(
    rows: Sequence[Row], best: Sequence[int], source: np.ndarray, records: np.ndarray, a: float, b: float
) -> dict[str, float]:
    """Return what releasing at two levels would heal and get wrong; the old fetcher itself is no release."""
    taken = [rows[p] for p in best if source[p] >= a and records[p] >= b and not asks_a_person(rows[p])]
    return {
        "source": a,
        "records": b,
        "own": sum(rows[place].pages == "own" for place in best),
        "healed": sum(row.is_right for row in taken),
        "wrong": sum(row.pages == "own" and row.precision < 0.9 and not row.is_old for row in taken),
        "strange": sum(row.pages == "strange" for row in taken),
    }


def asks_a_person(row: Row) -> bool:
    """Tell whether the gate leaves a proposal to a person whatever its odds."""
    return row.measures["assigned"] < 1 or bool(under_floors(row.measures, row.kind))


def _chances(fitted: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(fitted[0] + matrix @ fitted[1:])))


def _fitted(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the bias and the weights, none of them negative."""

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        chance = _chances(weights, matrix)
        safe = np.clip(chance, 1e-9, 1 - 1e-9)
        value = -float(np.sum(right * np.log(safe) + (1 - right) * np.log(1 - safe)))
        slope = chance - right
        own = weights[1:]
        gradient = np.concatenate([[slope.sum()], matrix.T @ slope + RIDGE * own])
        return value + RIDGE * float(own @ own) / 2, gradient

    bounds = [(None, None)] + [(0.0, None)] * matrix.shape[1]
    return minimize(loss, np.zeros(matrix.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds).x


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--rows", type=Path, help="keep the gathered rows here, and take them from here")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
