"""Fewer fallbacks, so that a fetcher stays as short as one that a person would have written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.agents.builder.code import fetcher_code, field_lines
from lakehouse.agents.extract import extract

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.blueprint import Blueprint, FieldPlan
    from lakehouse.fetcher.page import Page

MOST_LINES = 40


def fit(blueprint: Blueprint, page: Page, details: Sequence[Page] = ()) -> Blueprint:
    """Return the blueprint with so few selectors and fields that its module has at most 40 lines.

    Selectors that answer nowhere on the pages go first, longest fields first; then the last fields, which are the least
    wanted. What stays reads the pages as before.
    """
    blueprint = _without_idle_fallbacks(blueprint, [page, *details])
    while lines(blueprint) > MOST_LINES and len(blueprint.of_records.fields) > 1:
        fields, needs = blueprint.of_records.fields, blueprint.of_records.rows.needs
        spare = [field for field in fields if field.name not in needs]
        last = max(spare or fields, key=lambda field: (len(field_lines(field)), fields.index(field)))
        kept = tuple(field for field in fields if field is not last)
        blueprint = blueprint.with_records(kept, needs=tuple(need for need in needs if need != last.name))
    return blueprint


def lines(blueprint: Blueprint) -> int:
    """Return how many lines the module of a blueprint has."""
    return len(fetcher_code(blueprint, "source").splitlines())


def _without_idle_fallbacks(blueprint: Blueprint, pages: Sequence[Page]) -> Blueprint:
    """Drop the last selectors of fields that take more than a line, as long as nothing on the pages needs them."""
    if lines(blueprint) <= MOST_LINES:
        return blueprint
    before = [extract(blueprint, page) for page in pages]
    for field in sorted(blueprint.of_records.fields, key=lambda field: -len(field_lines(field))):
        shorter = field
        while len(field_lines(shorter)) > 1 and len(shorter.selectors) > 1:
            shorter = shorter.model_copy(update={"selectors": shorter.selectors[:-1]})
        tried = _with_field(blueprint, field, shorter)
        if shorter is not field and [extract(tried, page) for page in pages] == before:
            blueprint = tried
        if lines(blueprint) <= MOST_LINES:
            break
    return blueprint


def _with_field(blueprint: Blueprint, old: FieldPlan, new: FieldPlan) -> Blueprint:
    return blueprint.with_records(tuple(new if field is old else field for field in blueprint.of_records.fields))
