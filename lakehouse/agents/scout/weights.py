"""The learned weights by which regions are ranked and columns are chosen; `benchmarks/learn_scout.py` learns them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files


@cache
def weights(kind: str) -> dict[str, float]:
    """The weight of each feature of "regions" or "columns"; beside them in the file stands how they were validated."""
    return json.loads((files("lakehouse.agents.scout") / "weights.json").read_text(encoding="utf-8"))[kind]
