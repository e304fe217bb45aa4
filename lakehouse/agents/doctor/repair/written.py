"""From a region and its columns to a blueprint in the language of fetchers."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.doctor.proposal import Proposal
from lakehouse.agents.extract import read_field, rows_of
from lakehouse.agents.scout.listing import anchor, find_rows
from lakehouse.agents.scout.plans import plan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lakehouse.agents.doctor.case import Case
    from lakehouse.agents.doctor.repair.fit import Fit
    from lakehouse.fetcher.page import Page

ALWAYS = 0.9
"""Share of the known records that have a field from which on a row without it may be no record."""
ENOUGH = 0.65
"""Share of such fields that a row must have to be a record."""
MOST_NEEDS = 5


def written(case: Case, fit: Fit) -> Proposal | None:
    """Return the blueprint that reads a region's columns, or None where no selector finds its rows."""
    rows, exactness = find_rows(fit.view.tree, fit.view.region)
    if not rows.selector:
        return None
    fields = tuple(plan(each.column, name) for name, each in fit.chosen.items())
    blueprint = case.blueprint.model_copy(update={"kind": "listing", "rows": rows, "fields": fields})
    blueprint = with_needs(fit.view.page, blueprint, fit, _fills(case))
    fits = {name: min(1.0, each.rating) for name, each in fit.chosen.items()}
    return Proposal("regions", blueprint, fits, fit.score - 0.2 * (1 - exactness))


def _fills(case: Case) -> dict[str, float]:
    records = case.records
    return {name: sum(bool(record.get(name)) for record in records) / len(records) for name in case.fields}


def with_needs(page: Page, blueprint: Blueprint, fit: Fit, fills: Mapping[str, float]) -> Blueprint:
    """Return the blueprint with the fewest fields that must be there so that it gives records and nothing else."""
    nodes = rows_of(page, blueprint.rows)
    members = {row.nodes[0].mem_id for row in fit.view.region.rows if row.nodes}
    plans = [field for field in blueprint.fields if fills.get(field.name, 0.0) >= ALWAYS]
    plans = sorted(plans, key=lambda field: (-fills[field.name], field.reader != "link"))[:MOST_NEEDS]
    there = {field.name: [bool(read_field(node, field)) for node in nodes] for field in plans}
    right = [
        anchor(node) in members and sum(column[place] for column in there.values()) >= ENOUGH * len(there)
        for place, node in enumerate(nodes)
    ]
    options = [names for size in range(3) for names in combinations(there, size)]
    best = max(
        options,
        key=lambda names: (round(_fit(right, [there[name] for name in names]), 3), len(names) == 1, -len(names)),
    )
    return blueprint.model_copy(update={"rows": blueprint.rows.model_copy(update={"needs": best})})


def _fit(right: Sequence[bool], filters: Sequence[Sequence[bool]]) -> float:
    kept = [all(column[place] for column in filters) for place in range(len(right))]
    hits = sum(keep and good for keep, good in zip(kept, right, strict=True))
    return 2 * hits / max(1, sum(kept) + sum(right))
