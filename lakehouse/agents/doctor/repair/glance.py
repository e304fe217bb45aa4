"""A first glance at the regions of a page, so that only those are looked at closely that may hold the records."""

from __future__ import annotations

from math import log
from statistics import fmean
from typing import TYPE_CHECKING

from lakehouse.fetcher.marks import DATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.doctor.repair.looks import FieldLook
    from lakehouse.agents.scout.region import Region
    from lakehouse.agents.scout.rows import Row

SAMPLE = 10
LONGEST = 3000
MOST_ROWS = 3000
WORTH = 0.5
"""Share of the best region's promise under which another is not looked at."""


def promising(found: Sequence[Region], looks: Sequence[FieldLook], most: int) -> list[Region]:
    """Return the regions whose rows may hold values of most fields, best first, at most so many."""
    rated = [(promise(region, looks), region) for region in found if len(region.rows) <= MOST_ROWS]
    best = sorted(rated, key=lambda pair: -pair[0])[:most]
    return [region for rating, region in best if rating >= WORTH * best[0][0] > 0]


def promise(region: Region, looks: Sequence[FieldLook]) -> float:
    """Return how far the rows of a region may hold values of the fields, more for more rows; 0 where they cannot."""
    rows = region.rows[:: max(1, len(region.rows) // SAMPLE)][:SAMPLE]
    held = fmean(fmean(_may_hold(row, look) for row in rows) for look in looks)
    return held + 0.04 * log(len(region.rows)) if held > 0 else 0.0


def _may_hold(row: Row, look: FieldLook) -> float:
    """Return 1 where a row has what a value of a field needs, a part of it where it only may, 0 where it has not."""
    if look.kind == "url":
        names = ("src", "data-src") if look.setting.attribute in ("src", "data-src") else ("href",)
        return float(any(element.attributes.get(name) for element in row.elements for name in names))
    text = row.text[:LONGEST]
    if look.kind == "date":
        # It may stand in a heading above the row.
        return 1.0 if DATE.search(text) else 0.3
    if look.pattern is not None:
        return 1.0 if look.pattern.search(text) else 0.3 * any(map(str.isdigit, text))
    return min(1.0, len(text) / max(1.0, 0.7 * look.length)) * _near(text, look)


def _near(text: str, look: FieldLook) -> float:
    """Return less for rows of so much text that they are whole pages."""
    return 1.0 if len(text) < 12 * look.length + 400 else 0.6
