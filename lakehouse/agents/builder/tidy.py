"""Which of a finding's fields a table needs: the scout offers every reading of a page, a table wants each fact once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lakehouse.agents.extract import extract, read_field, rows_of
from lakehouse.agents.scout.formats.vote import vote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lakehouse.agents.blueprint import Blueprint, FieldPlan
    from lakehouse.fetcher.page import Page

MOST_FIELDS = 12
ENOUGH = 0.8
"""Share of the rows in which two columns must say the same to be one."""

TYPED = frozenset({"date", "datetime", "money", "number", "boolean"})

Columns = dict[str, list[str]]
"""What each field says in each record, as text; "" where it says nothing."""


def tidy(blueprint: Blueprint, page: Page) -> Blueprint:
    """Return the blueprint with typed fields, each fact in one of them; a page of one record keeps all its fields."""
    blueprint = _with_fields(blueprint, [typed(field, blueprint, page) for field in blueprint.fields])
    records = extract(blueprint, page)
    if len(records) < 3:
        return blueprint
    columns = {field.name: [_shown(record[field.name]) for record in records] for field in blueprint.fields}
    kept = [field for field in blueprint.fields if not _is_idle(columns[field.name])]
    kept = [field for field in kept if not is_composite(field.name, columns)]
    chosen: list[FieldPlan] = []
    for field in kept:
        if not any(_says_same(field, other, columns) for other in chosen):
            chosen.append(field)
    return _with_fields(blueprint, chosen[:MOST_FIELDS] or list(blueprint.fields))


def typed(field: FieldPlan, blueprint: Blueprint, page: Page) -> FieldPlan:
    """Return a text field with the reader that its values ask for, if that one reads every value."""
    if field.reader != "text":
        return field
    rows = rows_of(page, blueprint.rows)
    values = [read_field(row, field) for row in rows]
    reading = vote([value for value in values if value], field.name)
    if reading.reader not in TYPED:
        return field
    better = field.model_copy(update={"reader": reading.reader, "options": {**field.options, **reading.options}})
    read = [read_field(row, better) for row in rows]
    # An `Unread` is falsy without being None; `False` is a value.
    lost = any(value and not new and new is not False and new != 0 for value, new in zip(values, read, strict=True))
    return field if lost else better


def is_composite(name: str, columns: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether a column only strings others together: it holds the values of two that hold nothing of each other."""
    parts = [other for other in columns if other != name and _holds(columns[name], columns[other])]
    return any(
        not _holds(columns[a], columns[b]) and not _holds(columns[b], columns[a]) and not _equal(columns[a], columns[b])
        for place, a in enumerate(parts)
        for b in parts[place + 1 :]
    )


def _says_same(field: FieldPlan, other: FieldPlan, columns: Columns) -> bool:
    """Tell whether a field repeats one that was chosen before it; an address and a typed piece say something of their own."""
    mine, its = columns[field.name], columns[other.name]
    if field.reader != other.reader and "link" in (field.reader, other.reader):
        return False
    if _equal(mine, its):
        return True
    return field.reader == other.reader == "text" and (_holds(its, mine) or _holds(mine, its))


def _is_idle(values: Sequence[str]) -> bool:
    return len(set(values)) == 1


def _holds(whole: Sequence[str], part: Sequence[str]) -> bool:
    """Tell whether one column's values stand inside the other's, and are shorter."""
    pairs = [(a, b) for a, b in zip(whole, part, strict=True) if b]
    return bool(pairs) and sum(b in a and len(b) < len(a) for a, b in pairs) >= ENOUGH * len(pairs)


def _equal(mine: Sequence[str], its: Sequence[str]) -> bool:
    pairs = [(a, b) for a, b in zip(mine, its, strict=True) if a]
    return bool(pairs) and sum(a == b for a, b in pairs) >= ENOUGH * len(pairs)


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def _with_fields(blueprint: Blueprint, fields: Sequence[FieldPlan]) -> Blueprint:
    """Return the blueprint with these fields, keeping those that tell rows from decoration."""
    names = {field.name for field in fields}
    missing = [field for field in blueprint.fields if field.name in blueprint.rows.needs and field.name not in names]
    return blueprint.model_copy(update={"fields": (*fields, *missing)})
