"""Fields with the readers of their types, where their values leave no doubt: days, times, amounts of money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.agents.scout.formats.vote import vote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.blueprint import FieldPlan
    from lakehouse.agents.scout.columns import Column

SURE = frozenset({"date", "datetime", "money"})


def typed(fields: Sequence[FieldPlan], columns: Sequence[Column]) -> list[FieldPlan]:
    """The fields of the columns, those read as text that hold days, times or amounts read as such."""
    return [_typed(field, column) for field, column in zip(fields, columns, strict=True)]


def _typed(field: FieldPlan, column: Column) -> FieldPlan:
    reading = vote(column.values, field.name)
    if field.reader != "text" or reading.reader not in SURE:
        return field
    return field.model_copy(update={"reader": reading.reader, "options": {**field.options, **reading.options}})
