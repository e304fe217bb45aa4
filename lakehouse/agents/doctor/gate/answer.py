"""What a candidate gives on pages, as printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.doctor.case import Record
from lakehouse.agents.extract import read_field, rows_of
from lakehouse.agents.scout.fidelity import printed
from lakehouse.fetcher.errors import PageError, SelectorError
from lakehouse.fetcher.page import Page


@dataclass(frozen=True)
class Answer:
    """The records of some pages, and `items`: how many rows the pages have before the row filter."""

    records: tuple[Record, ...]
    items: int

    def values(self, name: str) -> list[str]:
        """Return the values of one field, in order, without the empty ones."""
        return [value for record in self.records if (value := record.get(name))]

    def fill(self, name: str) -> float:
        """Return the share of records with a value."""
        return len(self.values(name)) / len(self.records) if self.records else 0.0


def answer(blueprint: Blueprint, pages: Iterable[Page]) -> Answer:
    """Return what a blueprint gives on pages; a record without any value is none."""
    records: list[Record] = []
    items = 0
    for page in pages:
        rows = _rows(page, blueprint)
        items += len(rows)
        records += [row for row in rows if any(row.values()) and all(row.get(need) for need in blueprint.rows.needs)]
    return Answer(tuple(records), items)


def _rows(page: Page, blueprint: Blueprint) -> list[dict[str, str]]:
    """Return the rows of a page; none where it is of another format, or where a selector cannot be read."""
    try:
        return [_record(node, blueprint) for node in rows_of(page, blueprint.rows)]
    except (PageError, SelectorError):
        return []


def _record(node: Any, blueprint: Blueprint) -> dict[str, str]:
    return {field.name: printed(read_field(node, field)) for field in blueprint.fields}


def agreement(one: Sequence[Record], other: Sequence[Record]) -> float:
    """Return how far two answers say the same: the share of their values (F1) that stand in both, field by field."""
    mine, its = _cells(one), _cells(other)
    common = sum(min(count, its.get(cell, 0)) for cell, count in mine.items())
    total = sum(mine.values()) + sum(its.values())
    return 2 * common / total if total else 1.0


def share_in(one: Sequence[Record], other: Sequence[Record]) -> float:
    """Return the share of one answer's values that stand in another, field by field."""
    mine, its = _cells(one), _cells(other)
    return sum(min(count, its.get(cell, 0)) for cell, count in mine.items()) / max(1, sum(mine.values()))


def lines_agree(one: Sequence[Record], other: Sequence[Record]) -> float:
    """Return the mean agreement of the fields by their lines, so that long lists are not compared whole."""
    names = {name for record in (*one, *other) for name, value in record.items() if value}
    return fmean([agreement(_lines(one, name), _lines(other, name)) for name in names] or [1.0])


def _lines(records: Sequence[Record], name: str) -> list[Record]:
    return [{name: line} for record in records for line in record.get(name, "").split("\n")]


def _cells(records: Sequence[Record]) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for record in records:
        for name, value in record.items():
            if value:
                cell = name, "".join(value.split()).casefold()
                counts[cell] = counts.get(cell, 0) + 1
    return counts
