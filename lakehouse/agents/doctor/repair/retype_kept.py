"""The rung for values that are written another way: rows and selectors stay, the rest is learned again."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING

from lakehouse.agents.doctor.proposal import Proposal
from lakehouse.agents.doctor.repair.data_assign import assign_best
from lakehouse.agents.doctor.repair.data_columns import columns
from lakehouse.agents.doctor.repair.data_fit import DATA, cut_of, fit_of, wanted
from lakehouse.agents.doctor.repair.data_kinds import suits_texts
from lakehouse.agents.doctor.repair.data_said import matched
from lakehouse.agents.doctor.repair.data_tables import Table
from lakehouse.agents.doctor.repair.looks import look_of
from lakehouse.agents.doctor.repair.retype import printed
from lakehouse.agents.doctor.repair.retype_values import Sides, nodes_of, raw_at, sides_of, values_of
from lakehouse.agents.scout.cuts import common_marks, pieces
from lakehouse.agents.scout.plans import written
from lakehouse.fetcher.data import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lakehouse.agents.blueprint import Blueprint, FieldPlan
    from lakehouse.agents.doctor.case import Case
    from lakehouse.agents.doctor.repair.data_fit import Wanted
    from lakehouse.contract import FieldType

FILLED = 0.5
"""Share of the known fill from which on a selector still answers."""
LEAST = 0.35


def values(case: Case) -> Iterable[Proposal]:
    """Return the old blueprint with the fields that turned silent found again in the same rows; at most one proposal.

    Its readers are those of text: `retype` learns the typed ones.
    """
    fields = wanted(case)
    base = printed(case.blueprint)
    whole = base.model_copy(update={"rows": base.rows.model_copy(update={"needs": ()})})
    sides = sides_of(case, whole)
    if not sides.new or not fields:
        return []
    silent = [field for field in fields if not _answers(case, whole, field, sides)]
    found = _in_data(case, silent) if base.rows.form in DATA else _in_text(case, base, silent)
    made = _replaced(base, found)
    fits = _fits(case, made, fields)
    needed = [field.name for field in fields if field.needed] or [field.name for field in fields]
    score = fmean(fits.get(name, 0.0) for name in needed)
    notes = tuple(f"{name} is read from {plan.selectors[0]!a} now." for name, plan in found.items())
    return [Proposal("values", made, fits, round(score, 4), notes)] if score else []


def _answers(case: Case, whole: Blueprint, field: Wanted, sides: Sides) -> bool:
    plan = next((plan for plan in whole.fields if plan.name == field.name), None)
    if plan is None:
        return False
    raw = values_of(case, whole, plan, sides).raw
    # An object where a value was says that the value went inside it.
    return sum(not isinstance(value, dict) for value in raw) >= FILLED * field.look.fill * len(sides.new)


def _in_data(case: Case, silent: Sequence[Wanted]) -> dict[str, FieldPlan]:
    """Return new paths in the same rows for fields whose old ones say nothing."""
    rows = case.blueprint.rows
    records = tuple(node.value for page in case.failing for node in nodes_of(page, rows))
    kept = {
        selector for plan in case.blueprint.fields if plan.name not in {field.name for field in silent}
        for selector in plan.selectors
    }  # fmt: skip
    table = Table(case.blueprint.kind, rows, records)
    offered = [column for column in columns(table, [field.cut for field in silent]) if column.selector not in kept]
    known = matched(offered, case.records)
    chosen = assign_best([[fit_of(field, column, known) for column in offered] for field in silent], LEAST)
    plans = {plan.name: plan for plan in printed(case.blueprint).fields}
    return {
        field.name: _moved(plans[field.name], offered[place].selector, written(offered[place].options))
        for field, place in zip(silent, chosen, strict=True)
        if place is not None and field.name in plans
    }


def _moved(plan: FieldPlan, selector: str, options: dict[str, object]) -> FieldPlan:
    return plan.model_copy(update={"selectors": (selector,), "options": options if plan.reader == "text" else {}})


def _in_text(case: Case, base: Blueprint, silent: Sequence[Wanted]) -> dict[str, FieldPlan]:
    """Return other cuts of the same text for fields whose old ones leave nothing."""
    plans = {plan.name: plan for plan in base.fields if cut_of(plan)}
    found = {field.name: _recut(case, plans[field.name], field) for field in silent if field.name in plans}
    return {name: plan for name, plan in found.items() if plan is not None}


def _recut(case: Case, plan: FieldPlan, field: Wanted) -> FieldPlan | None:
    whole = plan.model_copy(update={"options": {}})
    nodes = [node for page in case.failing for node in nodes_of(page, case.blueprint.rows)]
    texts = [show(value) if (value := raw_at(node, whole)) else None for node in nodes]
    filled = [text for text in texts if text]
    if not filled:
        return None
    options = [({}, texts), *((piece.options, piece.values) for piece in pieces(texts, common_marks(filled)))]
    rated = [
        (field.look.likeness(each) * suits_texts([text for text in each if text], field.kind), number)
        for number, (_, each) in enumerate(options)
    ]
    best, number = max(rated, key=lambda each: (round(each[0], 3), -each[1]))
    return plan.model_copy(update={"options": written(options[number][0])}) if best >= LEAST else None


def _replaced(base: Blueprint, found: dict[str, FieldPlan]) -> Blueprint:
    return base.model_copy(update={"fields": tuple(found.get(plan.name, plan) for plan in base.fields)})


def _fits(case: Case, made: Blueprint, fields: Sequence[Wanted]) -> dict[str, float]:
    kinds: dict[str, FieldType] = {field.name: field.kind for field in fields}
    fits: dict[str, float] = {}
    sides = sides_of(case, made)
    for plan in made.fields:
        texts = values_of(case, made, plan, sides).texts if plan.name in kinds else []
        if texts:
            look = look_of(plan.name, case.records).likeness(texts)
            like = suits_texts(texts, kinds[plan.name])
            fits[plan.name] = round(max(look, 0.6 * like) if kinds[plan.name] != "text" else look, 4)
    return fits
