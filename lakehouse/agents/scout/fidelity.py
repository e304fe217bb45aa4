"""How faithfully a blueprint gives records that are known."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from lakehouse.agents.extract import extract
from lakehouse.agents.scout.match import agree, bare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.fetcher.page import Page

FEW = 3
WEIGHT = 40.0
NEAREST = 30


def fidelity(page: Page, blueprint: Blueprint, records: Sequence[Mapping[str, str]]) -> float:
    """40 where the blueprint gives exactly these records, less for others; 0 for a few examples, which cannot tell."""
    if len(records) <= FEW:
        return 0.0
    given = extract(blueprint, page)
    index: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for record in given:
        for name, value in record.items():
            index[name, bare(printed(value))].append(record)
    total = sum(_nearest(record, index) for record in records)
    return WEIGHT * 2 * total / (len(given) + len(records))


def _nearest(record: Mapping[str, str], index: Mapping[tuple[str, str], list[dict[str, Any]]]) -> float:
    near = [other for name, value in record.items() for other in index.get((name, bare(str(value))), [])[:NEAREST]]
    shares = (sum(agree(printed(other.get(n)), str(v)) for n, v in record.items()) / len(record) for other in near)
    return max(shares, default=0.0)


def printed(value: Any) -> str:
    """A value of a record as text, lists line by line."""
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)
