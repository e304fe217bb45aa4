"""How likely a candidate is right, by its measures; `benchmarks/calibrate_gate.py` learns the weights."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Odds:
    """Learned weights of measures, and the thresholds that were read off the curve of held-out groups."""

    bias: float
    weights: Mapping[str, float]
    release: float
    review: float

    def of(self, measures: Mapping[str, float]) -> float:
        """Return the probability that a candidate with these measures is right."""
        total = self.bias + sum(weight * measures.get(name, 0.0) for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-total))


@cache
def odds(kind: str) -> Odds:
    """Return the odds for "listing" (several known records) or "detail" (one)."""
    stored: dict[str, Any] = json.loads((files("lakehouse.agents.doctor.gate") / "weights.json").read_text("utf-8"))
    own = stored[kind]
    return Odds(own["bias"], own["weights"], own["release"], own["review"])
