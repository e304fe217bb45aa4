"""Which region of a page is the list that a person came for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.agents.scout.region_features import Setting, region_features
from lakehouse.agents.scout.weights import weights

if TYPE_CHECKING:
    from lakehouse.agents.scout.outline import Outline
    from lakehouse.agents.scout.region import Region


def rank(page: Outline, found: list[Region]) -> list[Region]:
    """The regions, best first, with their scores set."""
    learned, setting = weights("regions"), Setting.of(page)
    for region in found:
        region.score = sum(learned.get(name, 0.0) * value for name, value in region_features(region, setting).items())
    return sorted(found, key=lambda region: -region.score)
