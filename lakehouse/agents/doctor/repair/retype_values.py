"""What a field reads on the failing pages, and what the same records said when all was well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lakehouse.agents.doctor.repair.data_fit import DATA, cut_of
from lakehouse.agents.doctor.repair.data_words import keys_of
from lakehouse.agents.doctor.repair.retype_keys import KnownKeys
from lakehouse.agents.extract import read_field, resolve, rows_of
from lakehouse.agents.scout.tidy import as_printed
from lakehouse.fetcher.data import show
from lakehouse.fetcher.errors import PageError, SelectorError
from lakehouse.fetcher.reading import value_at
from lakehouse.fetcher.values import Unread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
    from lakehouse.agents.doctor.case import Case
    from lakehouse.fetcher.cut import Cut
    from lakehouse.fetcher.node import Node
    from lakehouse.fetcher.page import Page


@dataclass(frozen=True)
class Values:
    """The raw values of one field on the failing pages, empty ones left out, and all that is known of it.

    `known` are its printed values, `typed` what its old reader made of them; `pairs` are new raw values beside the old
    typed value of the same record, where the case is recent and records can be told by their key.
    """

    raw: tuple[Any, ...]
    known: tuple[str, ...] = ()
    typed: tuple[Any, ...] = ()
    pairs: tuple[tuple[Any, Any], ...] = ()
    heading: str = ""

    @property
    def texts(self) -> list[str]:
        """The raw values as text."""
        return [show(value) for value in self.raw]


@dataclass(frozen=True)
class Sides:
    """The records of a candidate on the failing pages, and those of the old blueprint on the known ones, as nodes."""

    new: tuple[Node, ...]
    known: tuple[Node, ...]


def sides_of(case: Case, blueprint: Blueprint) -> Sides:
    """Return both sides of a candidate; looked up once, for a PDF takes a second to read."""
    known = _records([known.page for known in case.known], case.blueprint)
    return Sides(tuple(_records(case.failing, blueprint)), tuple(known))


def values_of(case: Case, blueprint: Blueprint, plan: FieldPlan, sides: Sides) -> Values:
    """Return the values of a field of a candidate."""
    old = next((each for each in case.blueprint.fields if each.name == plan.name), None)
    key = case.contract.key
    rows = [(raw_at(node, plan), _key(node, blueprint, key)) for node in sides.new]
    there = [(value, name) for value, name in rows if value not in (None, "", [])]
    known = _known(case, old, sides.known) if old else []
    index = KnownKeys(known if case.recent else [])
    return Values(
        raw=tuple(value for value, _ in there),
        known=tuple(record[plan.name] for record in case.records if record.get(plan.name)),
        typed=tuple(value for _, value in known),
        pairs=tuple((value, same[0]) for value, name in there if (same := index.find(name))),
        heading=(keys_of(plan.selectors[0]) or [""])[-1] if blueprint.rows.form in DATA else "",
    )


def raw_at(node: Node, plan: FieldPlan) -> Any:
    """Return the raw value of a field of one row, cut as the field is cut: text of HTML, any value of data."""
    options: Cut = resolve(cut_of(plan))  # type: ignore[assignment]
    for selector in plan.selectors or ("",):
        if (value := value_at(node, selector, options)) not in (None, "", []):
            return value
    return None


def _known(case: Case, old: FieldPlan, nodes: Sequence[Node]) -> list[tuple[tuple[str, ...], Any]]:
    found = [(_key(node, case.blueprint, case.contract.key), _typed(node, old)) for node in nodes]
    return [(name, value) for name, value in found if value is not None and not isinstance(value, Unread)]


def _typed(node: Node, plan: FieldPlan) -> Any:
    try:
        return read_field(node, plan)
    except SelectorError:
        return None


def _records(pages: Sequence[Page], blueprint: Blueprint) -> list[Node]:
    needed = [as_printed(plan) for plan in blueprint.fields if plan.name in blueprint.rows.needs]
    nodes = [node for page in pages for node in nodes_of(page, blueprint.rows)]
    return [node for node in nodes if all(read_field(node, plan) for plan in needed)]


def nodes_of(page: Page, rows: Rows) -> list[Node]:
    """Return the rows of a page; none where it is of another kind than they are."""
    try:
        return rows_of(page, rows)
    except (PageError, SelectorError):
        return []


def _key(node: Node, blueprint: Blueprint, key: Sequence[str]) -> tuple[str, ...]:
    plans = {plan.name: as_printed(plan) for plan in blueprint.fields}
    if not key or not all(name in plans for name in key):
        return ()
    told = tuple(show(read_field(node, plans[name])) for name in key)
    return told if all(told) else ()
