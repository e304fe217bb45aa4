"""Which rows of data are no records: a header that stands among them, or others of another kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lakehouse.agents.extract import extract
from lakehouse.fetcher.errors import PageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.blueprint import Blueprint, FieldPlan
    from lakehouse.agents.doctor.repair.data_tables import Table
    from lakehouse.fetcher.page import Page


def with_needs(blueprint: Blueprint, table: Table, pages: Sequence[Page]) -> Blueprint:
    """Return the blueprint with the field that every record must have, where its rows hold more than records."""
    if table.header:
        return _without_header(blueprint, table.header)
    if not table.apart:
        return blueprint
    for name in _ranked(blueprint, table.apart):
        narrowed = _needing(blueprint, name)
        if _count(narrowed, pages) == len(table.records):
            return narrowed
    return blueprint


def _without_header(blueprint: Blueprint, header: Sequence[str]) -> Blueprint:
    """Return the blueprint with one text field that says nothing where the header stands."""
    for place, field in enumerate(blueprint.fields):
        index = re.fullmatch(r"\[(\d+)\]", field.selectors[0])
        if field.reader == "text" and not field.options and index and int(index[1]) < len(header):
            pattern = rf"^(?!{re.escape(' '.join(header[int(index[1])].split()))}$).+"
            silent = field.model_copy(update={"options": {"pattern": pattern}})
            fields = (*blueprint.fields[:place], silent, *blueprint.fields[place + 1 :])
            return _needing(blueprint.model_copy(update={"fields": fields}), field.name)
    return blueprint


def _ranked(blueprint: Blueprint, apart: str) -> list[str]:
    def is_told_apart(field: FieldPlan) -> bool:
        return field.selectors[0] == apart

    return [field.name for field in sorted(blueprint.fields, key=is_told_apart, reverse=True)]


def _needing(blueprint: Blueprint, name: str) -> Blueprint:
    return blueprint.model_copy(update={"rows": blueprint.rows.model_copy(update={"needs": (name,)})})


def _count(blueprint: Blueprint, pages: Sequence[Page]) -> int:
    return sum(len(_extracted(blueprint, page)) for page in pages)


def _extracted(blueprint: Blueprint, page: Page) -> list[dict[str, object]]:
    try:
        return extract(blueprint, page)
    except PageError:
        return []
