"""How likely a candidate is right, by its measures; `benchmarks/calibrate_gate.py` learns the weights.

Two questions are asked apart, since other signs answer them: are these pages of the source at all, and are these its
records? Another source's page may be read without a flaw, and the right page with two fields swapped.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Question = Literal["source", "records"]


@dataclass(frozen=True)
class Odds:
    """The answer to one question: learned weights of measures, and thresholds read off the curve of unseen groups."""

    bias: float
    weights: Mapping[str, float]
    release: float
    review: float

    def of(self, measures: Mapping[str, float]) -> float:
        """Return the probability of a yes for a candidate with these measures."""
        total = self.bias + sum(weight * measures.get(name, 0.0) for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-total))


@cache
def odds(kind: str, question: Question) -> Odds:
    """Return the odds for "listing" (several known records), "detail" (one) or "data" (pages that are no HTML)."""
    stored: dict[str, Any] = json.loads((files("lakehouse.agents.doctor.gate") / "weights.json").read_text("utf-8"))
    own = stored[kind][question]
    return Odds(own["bias"], own["weights"], own["release"], own["review"])
