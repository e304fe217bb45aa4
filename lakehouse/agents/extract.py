"""Runs a blueprint on a page in process, by the very readers that its generated fetcher calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lakehouse.agents.blueprint import DETAIL
from lakehouse.agents.thinking import go_on
from lakehouse.fetcher.amounts import money
from lakehouse.fetcher.booleans import boolean
from lakehouse.fetcher.dates import date
from lakehouse.fetcher.datetimes import datetime
from lakehouse.fetcher.links import link
from lakehouse.fetcher.marks import CODE, DATE
from lakehouse.fetcher.numbers import number
from lakehouse.fetcher.texts import items, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
    from lakehouse.fetcher.node import Node
    from lakehouse.fetcher.page import Page

MARKS = {"DATE": DATE, "CODE": CODE}
READERS: dict[str, Callable[..., Any]] = {
    "text": text,
    "link": link,
    "items": items,
    "date": date,
    "datetime": datetime,
    "number": number,
    "money": money,
    "boolean": boolean,
    "page_url": lambda node, *_: node.page.url,
}
ROWS: dict[str, Callable[[Page, Rows], list[Node]]] = {
    "select": lambda page, rows: page.select(rows.selector),
    "runs": lambda page, rows: page.runs(rows.selector),
    "segments": lambda page, rows: page.segments(rows.selector, rows.name),
    "one": lambda page, rows: [page.one(rows.selector)],
    "json": lambda page, rows: page.json(rows.selector, **rows.options),
    "csv": lambda page, rows: page.csv(**rows.options),
    "feed": lambda page, rows: page.feed(),  # noqa: ARG005
    "sitemap": lambda page, rows: page.sitemap(),  # noqa: ARG005
    "embedded": lambda page, rows: page.embedded(rows.name, rows.selector),
    "pdf": lambda page, rows: page.pdf(**rows.options),
}


def extract(blueprint: Blueprint, page: Page) -> list[dict[str, Any]]:
    """The records that the blueprint finds on a page."""
    if blueprint.details is not None:
        return extract(blueprint.of_records, page) if is_detail(page) else []
    nodes = rows_of(page, blueprint.rows)
    records = ({field.name: read_field(node, field) for field in blueprint.fields} for node in nodes)
    needs = blueprint.rows.needs
    return [record for record in records if all(record[name] for name in needs)]


def is_detail(page: Page) -> bool:
    """Whether a page was asked for as one that stands behind a row."""
    return page.meta.get("page") == DETAIL


def rows_of(page: Page, rows: Rows) -> list[Node]:
    """The nodes of the rows of a page."""
    return ROWS[rows.form](page, rows)


def read_field(node: Node, field: FieldPlan) -> Any:
    """The value of one field of one row."""
    go_on()
    return READERS[field.reader](node, *field.selectors, **resolve(field.options))


def resolve(options: dict[str, Any]) -> dict[str, Any]:
    """The options with the names of marks replaced by the marks."""
    return {key: _mark(value) for key, value in options.items()}


def _mark(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("{") and value.endswith("}"):
        return MARKS.get(value[1:-1], value)
    return value
