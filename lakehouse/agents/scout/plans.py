"""From chosen columns to fields: names, readers, selectors in order of preference."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from lakehouse.agents.blueprint import FieldPlan
from lakehouse.fetcher.marks import CODE, DATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.scout.columns import Column

FALLBACKS = 2


def plan_fields(chosen: Sequence[Column]) -> list[FieldPlan]:
    """A field for each column, in the order of the columns, names made different by numbers."""
    used: Counter[str] = Counter()
    fields: list[FieldPlan] = []
    for column in chosen:
        name = name_of(column)
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
    """A name for a column, from its label, its class words or its kind."""
    slot = column.slot
    if slot.label:
        return _snake(slot.label)
    if column.is_address:
        return "image" if slot.attribute in ("src", "data-src") else "url"
    if column.options.get("pattern") is DATE:
        return "date"
    words = _snake(slot.hint.split()[0]) if slot.hint.split() else ""
    return words or {"a": "title", "time": "date"}.get(slot.tag, "text")


def _snake(words: str) -> str:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", words)
    return re.sub(r"\W+", "_", spaced).strip("_").lower()
