"""The rung for pages of data: which list of objects holds the records now, and which path gives each field."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from statistics import fmean
from typing import TYPE_CHECKING, Any

from lakehouse.agents.blueprint import Blueprint, FieldPlan
from lakehouse.agents.doctor.proposal import Proposal
from lakehouse.agents.doctor.repair.data_assign import assign_best
from lakehouse.agents.doctor.repair.data_columns import Column, columns
from lakehouse.agents.doctor.repair.data_fit import Wanted, fit_of, holds, related, wanted
from lakehouse.agents.doctor.repair.data_needs import with_needs
from lakehouse.agents.doctor.repair.data_said import matched
from lakehouse.agents.doctor.repair.data_tables import Table, tables
from lakehouse.agents.scout.plans import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lakehouse.agents.doctor.case import Case

LEAST = 0.3
"""A column that fits less is not taken for a field."""
MOST = 3
"""Proposals that are put forward."""
FLOOR = 0.3
BOTH = 0.08
"""What it counts that a field stands inside another one as it did before."""


@dataclass(frozen=True)
class Reading:
    """A table with the columns that give the fields, and how well each fits."""

    table: Table
    chosen: Mapping[str, Column]
    fits: Mapping[str, float]
    score: float


def data(case: Case) -> Iterable[Proposal]:
    """Return what reads the failing pages as data, the best first; nothing on HTML that carries no data."""
    fields = wanted(case)
    if not fields:
        return []
    readings = [found for table in tables(case.failing, case.blueprint) if (found := reading(case, table, fields))]
    ranked = sorted(readings, key=lambda found: -found.score)[:MOST]
    return [Proposal("data", blueprint_of(case, found), found.fits, found.score, notes(found)) for found in ranked]


def reading(case: Case, table: Table, fields: Sequence[Wanted]) -> Reading | None:
    """Return the best reading of a table, or None where it can hardly hold the records."""
    if not table.records or not _is_as_many(case, table):
        return None
    offered = columns(table, [field.cut for field in fields if field.cut])
    known = matched(offered, case.records)
    fits = [[fit_of(field, column, known) for column in offered] for field in fields]
    chosen = assign_best(fits, LEAST)
    bonus = _relations(related(fields, case.records), fields, offered, chosen)
    fits = [[fit + bonus.get((row, place), 0.0) for place, fit in enumerate(each)] for row, each in enumerate(fits)]
    chosen = assign_best(fits, LEAST)
    rated = {
        field.name: min(1.0, fits[row][place])
        for row, (field, place) in enumerate(zip(fields, chosen, strict=True))
        if place is not None
    }
    score = _score(fields, rated, len(table.records))
    named = {field.name: offered[place] for field, place in zip(fields, chosen, strict=True) if place is not None}
    return Reading(table, named, rated, score) if score >= FLOOR else None


def _is_as_many(case: Case, table: Table) -> bool:
    """Tell whether a table may be a list where the records were one, and one record only where they were single."""
    single = all(len(known.records) <= 1 for known in case.known)
    return single or not table.single


def _relations(
    pairs: Sequence[tuple[str, str]],
    fields: Sequence[Wanted],
    offered: Sequence[Column],
    chosen: Sequence[int | None],
) -> dict[tuple[int, int], float]:
    """Return what columns gain for a field because they hold, or stand in, what was chosen for a related field."""
    rows = {field.name: row for row, field in enumerate(fields)}
    gains: dict[tuple[int, int], float] = {}
    for part, whole in pairs:
        inner, outer = chosen[rows[part]], chosen[rows[whole]]
        for place, column in enumerate(offered):
            if inner is not None and _stands(offered[inner], column):
                gains[rows[whole], place] = BOTH
            if outer is not None and _stands(column, offered[outer]):
                gains[rows[part], place] = BOTH
    return gains


def _stands(part: Column, whole: Column) -> bool:
    pairs = [(a, b) for a, b in zip(part.texts, whole.texts, strict=True) if a and b]
    return len(pairs) > 1 and fmean(holds(b, a) for a, b in pairs) > 0.8


def _score(fields: Sequence[Wanted], fits: Mapping[str, float], rows: int) -> float:
    """Return the mean fit of the fields that are needed, less for those left out, a little more for many rows."""
    needed = [field.name for field in fields if field.needed] or [field.name for field in fields]
    there = [fits[name] for name in needed if name in fits]
    if not there:
        return 0.0
    return min(1.0, fmean(there) * (len(there) / len(needed)) ** 0.6 + 0.02 * log(rows))


def blueprint_of(case: Case, found: Reading) -> Blueprint:
    """Return the blueprint of a reading: fields as printed text, the filter of rows, and the old key."""
    old = case.blueprint
    plans = {plan.name: plan for plan in old.fields}
    fields = [_plan(name, column, plans.get(name), case) for name, column in found.chosen.items()]
    made = Blueprint(
        kind=found.table.kind,
        start=old.start,
        rows=found.table.rows,
        fields=tuple(fields),
        follow=old.follow,
        key=tuple(name for name in old.key if name in found.chosen),
    )
    return with_needs(made, found.table, case.failing)


def _plan(name: str, column: Column, old: FieldPlan | None, case: Case) -> FieldPlan:
    kind = case.contract.fields[name].type
    reader = "link" if kind == "url" or (old is not None and old.reader == "link") else "text"
    if kind == "list" or (old is not None and old.reader == "items"):
        reader = "items"
    options: dict[str, Any] = {} if reader != "text" else written(column.options)
    return FieldPlan(
        name=name,
        reader=reader,
        selectors=(column.selector,),
        options=options,
        required=old.required if old else False,
    )


def notes(found: Reading) -> tuple[str, ...]:
    """Return where each field stands now, for the person who reads the proof."""
    return tuple(f"{name} is read from {column.selector!a}." for name, column in found.chosen.items())
