"""By example: from a page and records that stand on it to the blueprint that reads them."""

from __future__ import annotations

from math import log
from statistics import fmean
from typing import TYPE_CHECKING

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.scout.align import Alignment, align
from lakehouse.agents.scout.assign import Choice, assign, with_date_mark
from lakehouse.agents.scout.evidence import with_evidence
from lakehouse.agents.scout.fidelity import fidelity
from lakehouse.agents.scout.induce_detail import induce_detail
from lakehouse.agents.scout.listing import Offer, offer
from lakehouse.agents.scout.needs import with_needs
from lakehouse.agents.scout.outline import Outline, outline_of
from lakehouse.agents.scout.plans import plan
from lakehouse.agents.scout.regions import BARE, regions
from lakehouse.agents.scout.row_css import brittleness

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lakehouse.agents.scout.rows import Row
    from lakehouse.fetcher.page import Page

EXAMPLES = 12
"""So many records are enough to learn from; more only judge."""
REGIONS = 5
MOST = 24
FEW = 3
SURE = 0.6


def induce(page: Page, records: Sequence[Mapping[str, str]]) -> Blueprint:
    """The blueprint that gives these records, and all others of their kind on the page, with what speaks for it."""
    return with_evidence(_induced(page, records), page)


def _induced(page: Page, records: Sequence[Mapping[str, str]]) -> Blueprint:
    tree = outline_of(page)
    examples = _spread(records)
    aligned = align(regions(tree), examples)
    if len(records) == 1 and not _is_row(aligned, examples[0]):
        return induce_detail(page, tree, records[0])
    found = [made for alignment in _leading(aligned) if (made := _made(page, tree, alignment, examples))]
    if not found:
        return induce_detail(page, tree, records[0])
    best = max(found, key=lambda made: made[0] + fidelity(page, made[1], records))[1]
    return _narrowed(page, best, records)


def _spread(records: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    step = max(1, len(records) // EXAMPLES)
    return list(records[::step][:EXAMPLES])


def _is_row(aligned: Sequence[Alignment], record: Mapping[str, str]) -> bool:
    many = any("\n" in str(value) for value in record.values())
    return bool(aligned) and not many and aligned[0].held >= 0.8 * len(record)


def _leading(aligned: Sequence[Alignment]) -> list[Alignment]:
    """The alignments worth a closer look: those that hold nearly all, with rows that look like the matched ones."""
    if not aligned:
        return []
    floor = aligned[0].held - max(2.0, 0.25 * aligned[0].held)
    near = [alignment for alignment in aligned if alignment.held >= floor][:MOST]
    best = sorted(
        near, key=lambda alignment: -alignment.held - 1.5 * _alike(alignment) + 0.7 * log(1 - alignment.tightness)
    )
    return best[:REGIONS]


def _alike(alignment: Alignment) -> float:
    """The share of the region's rows that are built like the rows that hold the records."""
    rows = alignment.region.rows
    known = [_build(rows[row]) for row in alignment.rows if row is not None]
    step = max(1, len(rows) // 60)
    builds = [_build(row) for row in rows[::step]]
    return fmean(max(len(build & other) / len(build | other) for other in known) for build in builds)


def _build(row: Row) -> set[tuple[str, tuple[str, ...]]]:
    return {(element.tag, element.classes) for element in row.elements[:80]} or {("", ())}


def _made(
    page: Page, tree: Outline, alignment: Alignment, examples: Sequence[Mapping[str, str]]
) -> tuple[float, Blueprint] | None:
    rows = [row for row in alignment.rows if row is not None]
    found = offer(page, tree, alignment.region, keep=[alignment.region.rows[row] for row in rows])
    if found is None:
        return None
    places = _places(found, alignment)
    choices: dict[str, Choice] = {}
    for name in dict.fromkeys(name for example in examples for name in example):
        wanted = [
            (place, str(example[name]))
            for place, example in zip(places, examples, strict=True)
            if place is not None and example.get(name)
        ]
        choice = assign(found.columns, wanted, len(rows)) if wanted else None
        if choice is not None:
            choices[name] = Choice(with_date_mark(choice.column, wanted), choice.hits, choice.rating)
    if not choices:
        return None
    return _worth(choices, found), _blueprint(page, found, choices, examples)


def _places(found: Offer, alignment: Alignment) -> list[int | None]:
    index = {id(row): place for place, row in enumerate(found.sample)}
    return [index.get(id(alignment.region.rows[row])) if row is not None else None for row in alignment.rows]


def _worth(choices: Mapping[str, Choice], found: Offer) -> float:
    total = sum(10 * choice.hits + 0.5 * (choice.rating - 10 * choice.hits) for choice in choices.values())
    plain = found.region.form == "select" and found.region.starters[0].tag not in BARE
    return (
        total + 2 * found.fit - 4 * brittleness(found.rows.selector) + 0.4 * plain + 0.4 * log(len(found.region.rows))
    )


def _blueprint(
    page: Page, found: Offer, choices: Mapping[str, Choice], examples: Sequence[Mapping[str, str]]
) -> Blueprint:
    fields = tuple(plan(choice.column, name) for name, choice in choices.items())
    blueprint = Blueprint(kind="listing", start=page.url, rows=found.rows, fields=fields)
    full = [
        name
        for name, choice in choices.items()
        if choice.column.fill >= SURE and all(example.get(name) for example in examples)
    ]
    return with_needs(page, blueprint, found, full)


def _narrowed(page: Page, blueprint: Blueprint, records: Sequence[Mapping[str, str]]) -> Blueprint:
    """The blueprint with the row filter under which it gives the known records and no others."""
    if len(records) <= FEW:
        return blueprint
    full = [field.name for field in blueprint.fields if all(record.get(field.name) for record in records)]
    options = [blueprint.rows.needs, *((name,) for name in full)]
    narrowed = [
        blueprint.model_copy(update={"rows": blueprint.rows.model_copy(update={"needs": needs})}) for needs in options
    ]
    return max(narrowed, key=lambda each: round(fidelity(page, each, records), 3))
