"""A page whose rows and records are known, ready to be changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.stream import Stream
from benchmarks.tree import Element, Slot, Tree, texts_of
from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.extract import read_field, rows_of
from lakehouse.agents.scout.fidelity import printed
from lakehouse.agents.scout.match import bare
from lakehouse.fetcher import Page
from lakehouse.fetcher.html import HtmlNode

MOSTLY = 0.8
"""Share of the rows in which a change must be possible."""
LEAST = 5
"""Rows that a page must have."""


@dataclass
class Sheet:
    """The tree of a page, its rows as elements, and their records: what a fetcher should give.

    `deleted` is the field that was taken out of the rows, if one was, and `gone` what it had said, in bare form.
    """

    tree: Tree
    rows: list[Element]
    records: list[dict[str, str]]
    deleted: str = ""
    gone: frozenset[str] = frozenset()

    @property
    def fields(self) -> list[str]:
        """Return the names of the fields."""
        return list(dict.fromkeys(name for record in self.records for name in record))

    @property
    def container(self) -> Element:
        """Return what the first row stands in: its list, or its table."""
        found = self.rows[0].getparent()
        while found.tag in ("tbody", "thead", "tfoot", "colgroup"):
            found = found.getparent()
        return found

    @property
    def enough(self) -> float:
        """Return how many rows are most of them."""
        return MOSTLY * len(self.rows)

    def spot(self, row: int, name: str) -> Slot | None:
        """Return the place whose whole text is the value of a field, where one is."""
        value = self.records[row].get(name, "")
        return next((slot for slot in texts_of(self.rows[row]) if value and bare(slot.text) == bare(value)), None)

    def rewrite(self, name: str, others: Sequence[str | None]) -> bool:
        """Put others in place of a field's values, None keeping one; nothing is done where too few are found."""
        streams = [Stream(list(texts_of(row))) for row in self.rows]
        done = [
            bool(other is not None and record.get(name) and stream.replace(record[name], other))
            for stream, record, other in zip(streams, self.records, others, strict=True)
        ]
        if sum(done) < self.enough:
            return False
        for stream, record, other, is_done in zip(streams, self.records, others, done, strict=True):
            if is_done and other is not None:
                stream.write()
                _said(record, record[name], other)
        return True


def _said(record: dict[str, str], old: str, new: str) -> None:
    """Write a value into a record, in every field that is read from the same text."""
    for name, value in record.items():
        record[name] = value.replace(old, new)


def sheet_of(page: Page, blueprint: Blueprint) -> Sheet | None:
    """Return a page with what a blueprint reads of it; None where its rows are no elements, or too few."""
    tree = Tree.of(page)
    rows, records = [], []
    for node in rows_of(page, blueprint.rows):
        record = {plan.name: printed(read_field(node, plan)) for plan in blueprint.fields}
        if not isinstance(node, HtmlNode):
            return None
        if all(record.get(need) for need in blueprint.rows.needs) and any(record.values()):
            rows.append(tree.elements[node.nodes[0].mem_id])
            records.append({name: value for name, value in record.items() if value})
    return Sheet(tree, rows, records) if len(rows) >= LEAST else None
