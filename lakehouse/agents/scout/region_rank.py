"""Which region of a page is the list that a person came for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lakehouse.agents.scout.region_features import Setting, region_features
from lakehouse.agents.scout.weights import weights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lakehouse.agents.scout.outline import Outline
    from lakehouse.agents.scout.region import Region


def rank(page: Outline, found: list[Region]) -> list[Region]:
    """The regions with their scores, best first."""
    learned, setting = weights("regions"), Setting.of(page)
    scored = [replace(region, score=_score(learned, region_features(region, setting))) for region in found]
    return sorted(scored, key=lambda region: -region.score)


def _score(learned: Mapping[str, float], features: Mapping[str, float]) -> float:
    return sum(learned.get(name, 0.0) * value for name, value in features.items())
