"""Which of a finding's fields a table needs: the scout offers every reading of a page, a table wants each fact once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lakehouse.agents.extract import extract, read_field, rows_of
from lakehouse.agents.scout.formats.vote import vote
from lakehouse.fetcher import Unread
from lakehouse.fetcher.cut import Cut

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lakehouse.agents.blueprint import Blueprint, FieldPlan
    from lakehouse.fetcher.node import Node
    from lakehouse.fetcher.page import Page

MOST_FIELDS = 12
FEWEST = 2
"""Records from which on columns can be compared."""

TELLING = 3
"""Records from which on a column that says the same in all of them says nothing; two may agree by chance."""

ENOUGH = 0.8
"""Share of the rows in which two columns must say the same to be one."""

TYPED = frozenset({"date", "datetime", "money", "number", "boolean"})

Columns = dict[str, list[str]]
"""What each field says in each record, as text; "" where it says nothing."""


def tidy(blueprint: Blueprint, page: Page) -> Blueprint:
    """Return the blueprint with typed fields, each fact in one of them; a page of one record keeps all its fields."""
    rows = rows_of(page, blueprint.rows)
    if len(extract(blueprint, page)) >= FEWEST:
        blueprint = blueprint.model_copy(update={"fields": tuple(whole(field, rows) for field in blueprint.fields)})
    fields = {field.name: typed(field, rows) for field in blueprint.fields}
    if len(extract(blueprint, page)) < FEWEST:
        return _with_fields(blueprint, list(fields.values()))
    columns = {field.name: [_shown(read_field(row, as_printed(field))) for row in rows] for field in blueprint.fields}
    chosen: list[str] = []
    for field in blueprint.fields:
        links = field.reader == "link"
        others = [name for name in chosen if (fields[name].reader == "link") == links]
        # A date is one fact, although a day and a year could be cut out of it.
        strung = fields[field.name].reader not in TYPED and is_composite(field.name, columns)
        idle = _is_idle(columns[field.name]) and (len(rows) >= TELLING or _stands_above(field))
        if not strung and not idle:
            chosen += [] if _says_nothing_new(field.name, others, columns, whole=links) else [field.name]
    return _with_fields(blueprint, [fields[name] for name in chosen[:MOST_FIELDS]] or list(fields.values()))


def whole(field: FieldPlan, rows: Sequence[Node]) -> FieldPlan:
    """Return a field uncut where it only takes a loose number off a text, as that of a house off an address.

    Numbers of different lengths that stand in running text are a part of it; those that tell things apart are as long
    as each other, or have letters and marks.
    """
    if field.options != {"pattern": "{CODE}"}:
        return field
    uncut = field.model_copy(update={"options": {}})
    pairs = [(str(read_field(row, field) or ""), str(read_field(row, uncut) or "")) for row in rows]
    cuts = [(part, text) for part, text in pairs if part]
    loose = all(part.isdigit() and re.match(rf"{part} [^\W\d]", text) for part, text in cuts)
    return uncut if cuts and loose and len({len(part) for part, _ in cuts}) > 1 else field


def retyped(blueprint: Blueprint, page: Page) -> Blueprint:
    """Return the blueprint with the readers that the values of its fields ask for, and nothing else changed."""
    rows = rows_of(page, blueprint.rows)
    return blueprint.model_copy(update={"fields": tuple(typed(field, rows) for field in blueprint.fields)})


def as_printed(field: FieldPlan) -> FieldPlan:
    """Return the field as the text that stands on the page; addresses and lists as they are."""
    if field.reader not in TYPED:
        return field
    cuts = {name: value for name, value in field.options.items() if name in Cut.__annotations__}
    return field.model_copy(update={"reader": "text", "options": cuts})


def typed(field: FieldPlan, rows: Sequence[Node]) -> FieldPlan:
    """Return a text field with the reader that its values ask for, if that one reads every value."""
    if field.reader != "text":
        return field
    values = [read_field(row, field) for row in rows]
    reading = vote([value for value in values if value], field.name)
    if reading.reader not in TYPED:
        return field
    better = field.model_copy(update={"reader": reading.reader, "options": {**field.options, **reading.options}})
    read = [read_field(row, better) for row in rows]
    lost = any(value and isinstance(new, Unread | None) for value, new in zip(values, read, strict=True))
    return field if lost else better


def is_composite(name: str, columns: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether a column only strings others together: it holds two that hold nothing of each other."""
    parts = [
        other
        for other, values in columns.items()
        if other != name and not _is_idle(values) and _holds(columns[name], values)
    ]
    return any(
        not _holds(columns[a], columns[b]) and not _holds(columns[b], columns[a]) and not _equal(columns[a], columns[b])
        for place, a in enumerate(parts)
        for b in parts[place + 1 :]
    )


def _says_nothing_new(name: str, chosen: Sequence[str], columns: Columns, *, whole: bool) -> bool:
    """Tell whether what was chosen before holds all words of a column, or, for addresses, the very same ones."""
    if whole:
        return any(_equal(columns[name], columns[other]) for other in chosen)
    known = [set(" ".join(columns[other][row] for other in chosen).split()) for row in range(len(columns[name]))]
    pairs = [(set(value.split()), words) for value, words in zip(columns[name], known, strict=True) if value]
    everywhere = set.intersection(*(mine for mine, _ in pairs)) if len(pairs) >= TELLING else set()
    # A word or two that end in a colon are a label; what else all values share is a part of what they say.
    if len(everywhere) > 1 and not any(word.endswith(":") for word in everywhere):
        everywhere = set()
    if sum(mine <= words | everywhere for mine, words in pairs) >= ENOUGH * len(pairs):
        return True
    return any(_holds(columns[other], columns[name]) for other in chosen)


def _is_idle(values: Sequence[str]) -> bool:
    return len(set(values)) == 1


def _stands_above(field: FieldPlan) -> bool:
    return all(selector.startswith("preceding(") for selector in field.selectors)


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
