"""JSON answers: every list of records in them is a finding, the richest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lakehouse.agents.blueprint import Rows
from lakehouse.agents.scout.formats.first_row import first_row
from lakehouse.agents.scout.formats.lists import Found, record_lists
from lakehouse.agents.scout.formats.offer import offer
from lakehouse.fetcher.errors import PageError
from lakehouse.fetcher.paths import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.fetcher.page import Page

LEAST_ALIKE = 0.4
INNER = 0.8
FEW = 3.0
SINGLE = 0.2
"""What a lone object is worth beside a list: it is a finding only where there is no better one."""


def json_findings(page: Page) -> list[Blueprint]:
    """The findings on a JSON page, best first; none where it is no JSON."""
    if not page.is_json:
        return []
    try:
        document = page.document
    except PageError:
        return []
    return ranked(_findings(page, document))


def _findings(page: Page, document: Any) -> Iterator[Blueprint]:
    for found in record_lists(document):
        if found.homogeneity >= LEAST_ALIKE and (blueprint := _finding(page, document, found)):
            yield weighted(blueprint, factor(found))
    if isinstance(document, dict) and (whole := offer(page, "json", Rows(form="one"))):
        yield weighted(whole, SINGLE)


def _finding(page: Page, document: Any, found: Found) -> Blueprint | None:
    if first_row(found.records) and not found.nested:
        return offer(page, "json", Rows(form="json", selector=found.path, options={"header": True}))
    return offer(page, "json", Rows(form="json", selector=found.path), names=column_names(document, found))


def factor(found: Found) -> float:
    """How much a list counts: unlike records less, lists inside records less, short ones among them least."""
    inner = 1.0 if not found.nested else INNER if found.nested >= FEW else INNER / 2
    return found.homogeneity * inner


def weighted(blueprint: Blueprint, by: float) -> Blueprint:
    """The finding with its score multiplied."""
    score = round(blueprint.evidence.score * by, 4)
    return blueprint.model_copy(update={"evidence": blueprint.evidence.model_copy(update={"score": score})})


def ranked(findings: Iterator[Blueprint]) -> list[Blueprint]:
    """Findings, best first."""
    return sorted(findings, key=lambda blueprint: -blueprint.evidence.score)


def column_names(document: Any, found: Found) -> list[str]:
    """The names of a table's columns, where a list of as many names, or of objects that have one, stands somewhere."""
    if not (found.records and isinstance(found.records[0], list)):
        return []
    width = max(map(len, found.records))
    return next((names for value in _lists(document) if len(value) == width and (names := _names(value))), [])


def _names(value: list[Any]) -> list[str]:
    for path in ("", "name", "fieldName", "label", "title", "id", "key"):
        names = [next(find(item, path), None) for item in value if not path or isinstance(item, dict)]
        if len(names) == len(value) == len({name for name in names if isinstance(name, str)}):
            return [str(name) for name in names]
    return []


def _lists(document: Any) -> Iterator[list[Any]]:
    stack = [document]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            yield value
            stack.extend(item for item in value[:1] if isinstance(item, dict))
        elif isinstance(value, dict):
            stack.extend(reversed(value.values()))
