"""Fields that a blueprint lacks, found by their looks in the rows that it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.agents.doctor.repair.fit import fit
from lakehouse.agents.doctor.repair.view import view
from lakehouse.agents.extract import rows_of
from lakehouse.agents.scout.listing import anchor
from lakehouse.agents.scout.outline import outline_of
from lakehouse.agents.scout.plans import plan
from lakehouse.agents.scout.regions import regions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.agents.doctor.repair.looks import FieldLook
    from lakehouse.agents.scout.outline import Outline
    from lakehouse.agents.scout.region import Region
    from lakehouse.fetcher.page import Page

SURE = 0.55
"""Fit from which on a field may be added to others that are known to be right."""
ALIKE = 0.7


def with_missing(page: Page, blueprint: Blueprint, looks: Sequence[FieldLook]) -> Blueprint:
    """Return the blueprint with the fields that it lacks, where something in its rows looks much like them."""
    have = {field.name for field in blueprint.fields}
    lacking = [look for look in looks if look.name not in have]
    tree = outline_of(page)
    region = _region(page, tree, blueprint) if lacking else None
    if region is None:
        return blueprint
    taken = {(field.selectors[0], repr(field.options)) for field in blueprint.fields}
    added = [
        made
        for name, each in fit(view(page, tree, region), lacking, {}).chosen.items()
        if each.rating >= SURE and ((made := plan(each.column, name)).selectors[0], repr(made.options)) not in taken
    ]
    return blueprint.model_copy(update={"fields": (*blueprint.fields, *added)})


def _region(page: Page, tree: Outline, blueprint: Blueprint) -> Region | None:
    """Return the region of the page whose rows are those of the blueprint."""
    rows = {anchor(node) for node in rows_of(page, blueprint.rows)}
    rated = [(_overlap(rows, region), region) for region in regions(tree) if region.form == blueprint.rows.form]
    overlap, best = max(rated, key=lambda pair: pair[0], default=(0.0, None))
    return best if overlap >= ALIKE else None


def _overlap(rows: set[int], region: Region) -> float:
    mine = {row.nodes[0].mem_id for row in region.rows if row.nodes}
    return len(rows & mine) / max(1, len(rows | mine))
