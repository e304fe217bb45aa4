"""From chosen columns to fields: names, readers, selectors in order of preference."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from lakehouse.agents.blueprint import FieldPlan
from lakehouse.agents.scout.calling import names_for
from lakehouse.fetcher.marks import CODE, DATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.scout.columns import Column

FALLBACKS = 2


def plan_fields(chosen: Sequence[Column]) -> list[FieldPlan]:
    """A field for each column, in the order of the columns; where its names are taken the best one gets a number."""
    used: Counter[str] = Counter()
    fields: list[FieldPlan] = []
    for column in chosen:
        names = names_for(column)
        name = next((name for name in names if not used[name]), names[0])
        used[name] += 1
        fields.append(plan(column, name if used[name] == 1 else f"{name}_{used[name]}"))
    return fields


def plan(column: Column, name: str) -> FieldPlan:
    """The field that reads a column."""
    selectors = column.slot.selectors[: 1 + FALLBACKS]
    if column.is_address and not column.options:
        return FieldPlan(name=name, reader="link", selectors=tuple(selectors))
    return FieldPlan(name=name, selectors=tuple(selectors), options=written(column.options))


def written(options: Any) -> dict[str, Any]:
    """Cutting options with marks written by their names."""
    names = {DATE: "{DATE}", CODE: "{CODE}"}
    return {key: names.get(value, value) if isinstance(value, re.Pattern) else value for key, value in options.items()}


def name_of(column: Column) -> str:
    """The best name for a column, from its label, its class words, its kind or its values."""
    return names_for(column)[0]
