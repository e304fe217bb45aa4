"""Which fields tell a record from what else its selector finds: headings, blank rows, rows of other tables."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from lakehouse.agents.extract import read_field, rows_of
from lakehouse.agents.scout.listing import anchor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.agents.scout.listing import Offer
    from lakehouse.fetcher.page import Page

MOST_FIELDS = 6


def with_needs(page: Page, blueprint: Blueprint, found: Offer, full: Sequence[str]) -> Blueprint:
    """The blueprint with the least fields that must be there; `full` are fields that records have.

    A row of the region that lacks most of these fields is a heading or a blank, no record.
    """
    nodes = rows_of(page, blueprint.rows)
    members = {row.nodes[0].mem_id for row in found.region.rows if row.nodes}
    plans = sorted(
        (field for field in blueprint.fields if field.name in full), key=lambda field: field.reader != "link"
    )
    there = {field.name: [bool(read_field(node, field)) for node in nodes] for field in plans[:MOST_FIELDS]}
    right = [
        anchor(node) in members and 2 * sum(column[place] for column in there.values()) >= len(there)
        for place, node in enumerate(nodes)
    ]
    options = [(), *((name,) for name in there), *combinations(there, 2)]
    best = max(options, key=lambda names: _preference(_fit(right, [there[name] for name in names]), len(names)))
    return blueprint.model_copy(update={"rows": blueprint.rows.model_copy(update={"needs": best})})


def _preference(fit: float, size: int) -> tuple[float, bool, int]:
    """The best filter first; among equal ones a single field, which also holds off rows that come later."""
    return round(fit, 3), size == 1, -size


def _fit(right: Sequence[bool], filters: Sequence[Sequence[bool]]) -> float:
    kept = [all(column[place] for column in filters) for place in range(len(right))]
    hits = sum(keep and good for keep, good in zip(kept, right, strict=True))
    return 2 * hits / max(1, sum(kept) + sum(right))
