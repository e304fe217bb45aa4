"""Learns the scout's weights from pages with known records: `python -m benchmarks.learn_scout CASES_DIR [--write]`.

Two linear rankings: regions, by how well their rows are the records; columns of the best region, by whether they are a
field of the records. Each is trained to put the right ones first on a page, and validated on unseen groups of sites.
"""

from __future__ import annotations

import argparse
import importlib.resources
import json
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from benchmarks.report import report
from lakehouse.agents.scout.align import align
from lakehouse.agents.scout.features import features
from lakehouse.agents.scout.listing import Offer, offer
from lakehouse.agents.scout.match import forms
from lakehouse.agents.scout.outline import outline
from lakehouse.agents.scout.region import Region
from lakehouse.agents.scout.region_features import Setting, region_features
from lakehouse.agents.scout.regions import regions
from lakehouse.fetcher import Page

FOLDS = 8
RIDGES = (0.03, 0.1, 0.3, 1.0, 3.0)
NEAR = 0.04
"""What is right within so much of the best is right too."""


@dataclass
class Choice:
    """Things to choose from on one page: their features, and the sets of them of which one should come first."""

    group: str
    rows: list[dict[str, float]]
    right: list[list[int]]
    matrix: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))


def main() -> None:
    """Learn both rankings, print how well they do on unseen groups, and write them where that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    pairs = [pair for case in sorted(options.cases.iterdir()) if case.is_dir() and (pair := _choices(case))]
    learned = {
        "regions": _learn([pair[0] for pair in pairs]),
        "columns": _learn([pair[1] for pair in pairs if pair[1].right]),
    }
    if options.write:
        file = Path(str(importlib.resources.files("lakehouse.agents.scout"))) / "weights.json"
        weights = {kind: result["weights"] for kind, result in learned.items()}
        curves = {kind: result["curve"] for kind, result in learned.items()}
        file.write_text(json.dumps({"validation": curves, **weights}, indent=1) + "\n", encoding="utf-8")
    report("learn-scout", {kind: result["curve"] for kind, result in learned.items()}, [])


def _choices(case: Path) -> tuple[Choice, Choice] | None:
    meta = json.loads((case / "meta.json").read_text(encoding="utf-8"))
    truth = json.loads((case / "truth.json").read_text(encoding="utf-8"))
    if meta["kind"] != "listing":
        return None
    page = Page("https://case.example/", (case / "page.html").read_bytes())
    tree = outline(page.html.nodes[0])
    found, setting = regions(tree), Setting.of(tree)
    fits = _row_fits(found, truth)
    best = max(fits)
    right = [place for place, fit in enumerate(fits) if fit >= best - NEAR]
    made = offer(page, tree, found[right[0]]) if best >= 0.5 else None
    ranking = Choice(
        meta["group"], [region_features(region, setting) for region in found], [right] if best >= 0.5 else []
    )
    return ranking, _columns(meta["group"], made, truth)


def _row_fits(found: list[Region], truth: list[dict[str, Any]]) -> list[float]:
    """F1 of each region's rows as records, one row a record; 0 where there are far too many or too few rows."""
    records = [{k: str(v) for k, v in record.items() if v and not k.endswith("__norm")} for record in truth]
    values = sum(map(len, records))
    likely = [region for region in found if 0.4 < len(region.rows) / len(truth) < 2.5]
    held = {id(one.region): one.held / values for one in align(likely, records)}
    return [2 * len(truth) * held.get(id(region), 0.0) / (len(region.rows) + len(truth)) for region in found]


def _columns(group: str, made: Offer | None, truth: list[dict[str, Any]]) -> Choice:
    if made is None:
        return Choice(group, [], [])
    known = {name for record in truth for name in record if not name.endswith("__norm")}
    shares = {name: [_share(column.values, name, truth) for column in made.columns] for name in known}
    right = [[p for p, s in enumerate(own) if s >= max(own) - NEAR] for own in shares.values() if max(own) >= 0.5]
    return Choice(group, [features(column, made.texts) for column in made.columns], right)


def _share(values: list[str | None], name: str, truth: list[dict[str, Any]]) -> float:
    known = {
        form for record in truth for key in (name, f"{name}__norm") if record.get(key) for form in forms(record[key])
    }
    filled = [value for value in values if value]
    return sum(bool(forms(value) & known) for value in filled) / len(values)


def _learn(choices: list[Choice]) -> dict[str, Any]:
    names = sorted({name for choice in choices for row in choice.rows for name in row})
    for choice in choices:
        choice.matrix = np.array([[row.get(name, 0.0) for name in names] for row in choice.rows])
    folds = [zlib.crc32(choice.group.encode()) % FOLDS for choice in choices]
    curve = {str(ridge): _validated(choices, folds, ridge) for ridge in RIDGES}
    ridge = max(RIDGES, key=lambda ridge: curve[str(ridge)])
    weights = _fitted(choices, ridge)
    return {"curve": curve, "weights": {name: round(float(w), 3) for name, w in zip(names, weights, strict=True)}}


def _validated(choices: list[Choice], folds: list[int], ridge: float) -> float:
    """Share of the right sets that have a member among as many best as there are sets, on groups not learned from."""
    hits: list[bool] = []
    for fold in sorted(set(folds)):
        weights = _fitted([c for c, own in zip(choices, folds, strict=True) if own != fold], ridge)
        for choice in [c for c, own in zip(choices, folds, strict=True) if own == fold]:
            order = np.argsort(-(choice.matrix @ weights))[: 1 if len(choice.right) < 2 else 16]
            hits += [bool(set(order.tolist()) & set(right)) for right in choice.right]
    return round(sum(hits) / max(1, len(hits)), 4)


def _fitted(choices: list[Choice], ridge: float) -> np.ndarray:
    sizes = Counter(choice.group for choice in choices)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = ridge * float(weights @ weights) / 2, ridge * weights
        for choice in choices:
            value, gradient = _page_loss(choice, weights)
            share = sizes[choice.group] ** -0.5 / max(1, len(choice.right))
            total, slope = total + share * value, slope + share * gradient
        return total, slope

    start = np.zeros(choices[0].matrix.shape[1])
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x


def _page_loss(choice: Choice, weights: np.ndarray) -> tuple[float, np.ndarray]:
    """Minus the log of the odds of each right set against all that is right for no other."""
    total, slope = 0.0, np.zeros_like(weights)
    if not choice.right:
        return total, slope
    scores = choice.matrix @ weights
    odds = np.exp(scores - scores.max())
    every = {place for right in choice.right for place in right}
    for right in choice.right:
        rivals = odds.copy()
        rivals[sorted(every - set(right))] = 0.0
        wanted = np.zeros_like(odds)
        wanted[right] = odds[right]
        total -= float(np.log(wanted.sum()) - np.log(rivals.sum()))
        slope += choice.matrix.T @ (rivals / rivals.sum() - wanted / wanted.sum())
    return total, slope


if __name__ == "__main__":
    main()
