"""From fields read as printed text to the types of the contract: old readers where they still read, else new ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lakehouse.agents.doctor.repair.data_fit import cut_of
from lakehouse.agents.doctor.repair.retype_days import learn_days
from lakehouse.agents.doctor.repair.retype_learned import UNDECIDED, Learned
from lakehouse.agents.doctor.repair.retype_numbers import learn_money, learn_number
from lakehouse.agents.doctor.repair.retype_values import Values, sides_of, values_of
from lakehouse.agents.doctor.repair.retype_words import learn_boolean, learn_items
from lakehouse.agents.scout.tidy import TYPED, as_printed
from lakehouse.contract import FieldType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lakehouse.agents.blueprint import Blueprint, FieldPlan
    from lakehouse.agents.doctor.case import Case


@dataclass(frozen=True)
class Retyped:
    """A blueprint whose fields give the contract's types.

    `notes` tell a person what changed in how values are read, and what could not be decided; `sure` has, for each
    field, how sure its reading is: under a half nothing decided it, and it belongs before a person.
    """

    blueprint: Blueprint
    notes: tuple[str, ...] = ()
    sure: Mapping[str, float] = field(default_factory=dict)


def retype(case: Case, blueprint: Blueprint) -> Retyped:
    """Return the blueprint with a reader for each field that gives what the contract wants of it."""
    old = {plan.name: plan for plan in case.blueprint.fields}
    sides = sides_of(case, blueprint)

    def learned_of(plan: FieldPlan) -> Learned:
        values = values_of(case, blueprint, plan, sides)
        return _learned(case, values, plan, old.get(plan.name))

    chosen = [_chosen(plan, learned_of) for plan in blueprint.fields]
    found = {plan.name: learned for plan, learned in chosen}
    fields = tuple(_with(plan, learned) for plan, learned in chosen)
    notes = tuple(f"{name}: {note}" for name, learned in found.items() for note in learned.notes)
    sure = {name: round(learned.sure, 3) for name, learned in found.items()}
    return Retyped(blueprint.model_copy(update={"fields": fields}), notes, sure)


def printed(blueprint: Blueprint) -> Blueprint:
    """Return the blueprint with every typed reader replaced by one of text: what stands on the page, cut as before."""
    return blueprint.model_copy(update={"fields": tuple(as_printed(plan) for plan in blueprint.fields)})


def _learned(case: Case, values: Values, plan: FieldPlan, old: FieldPlan | None) -> Learned:
    wanted = case.contract.fields.get(plan.name)
    kind: FieldType = wanted.type if wanted else "text"
    options = _old_options(old, kind)
    if kind in ("date", "datetime"):
        return learn_days(values, "date" if kind == "date" else "datetime", options)
    if kind in ("integer", "decimal"):
        return learn_number(values, options)
    if kind == "money":
        return learn_money(values, options)
    if kind == "boolean":
        return learn_boolean(values, options)
    if kind == "list":
        return learn_items(values, options)
    return _plain(plan, kind, values)


def _chosen(plan: FieldPlan, learned_of: Callable[[FieldPlan], Learned]) -> tuple[FieldPlan, Learned]:
    """Return the field with what was learned, without its cuts where only the whole text has a value to read."""
    learned = learned_of(plan)
    if learned.reader not in TYPED or learned.sure >= UNDECIDED or not cut_of(plan):
        return plan, learned
    whole = plan.model_copy(update={"options": {}})
    other = learned_of(whole)
    return (whole, other) if other.sure > learned.sure else (plan, learned)


READERS: dict[str, frozenset[FieldType]] = {
    "date": frozenset[FieldType]({"date", "datetime"}),
    "datetime": frozenset[FieldType]({"date", "datetime"}),
    "number": frozenset[FieldType]({"integer", "decimal", "money"}),
    "money": frozenset[FieldType]({"integer", "decimal", "money"}),
    "boolean": frozenset[FieldType]({"boolean"}),
    "items": frozenset[FieldType]({"list"}),
}
"""The types that each reader's options tell something of."""


def _old_options(old: FieldPlan | None, kind: FieldType) -> dict[str, Any]:
    if old is None or kind not in READERS.get(old.reader, ()):
        return {}
    return {name: value for name, value in old.options.items() if old.reader == "items" or name not in cut_of(old)}


def _plain(plan: FieldPlan, kind: FieldType, values: Values) -> Learned:
    """Return the reader of text or of addresses, as the proposal has it unless the contract wants the other."""
    if plan.reader == "page_url":
        return Learned("page_url")
    if kind == "url" or plan.reader == "link":
        there = [value for value in values.raw if isinstance(value, str | dict)]
        return Learned("link", sure=len(there) / max(1, len(values.raw)))
    if plan.reader == "items":
        return Learned("items", {name: value for name, value in plan.options.items() if name == "separator"})
    return Learned("text", {name: value for name, value in plan.options.items() if name == "default"})


def _with(plan: FieldPlan, learned: Learned) -> FieldPlan:
    cuts = {} if learned.reader in ("link", "items") else cut_of(plan)
    return plan.model_copy(update={"reader": learned.reader, "options": {**cuts, **learned.options}})
