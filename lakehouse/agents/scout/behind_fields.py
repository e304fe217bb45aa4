"""What pages of one kind offer as fields: structured data, labels and lists, and the places whose text differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.agents.extract import read_field
from lakehouse.agents.scout.columns import Column
from lakehouse.agents.scout.detail import detail
from lakehouse.agents.scout.fidelity import printed
from lakehouse.agents.scout.formats.leaves import leaves
from lakehouse.agents.scout.formats.offer import best, plan
from lakehouse.agents.scout.outline import Element, Outline, outline_of
from lakehouse.agents.scout.plans import plan_fields
from lakehouse.agents.scout.rows import Row
from lakehouse.agents.scout.slots import Slot, slots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.blueprint import FieldPlan
    from lakehouse.fetcher.page import Page

OFTEN = 0.5
"""Share of the pages on which a field must be there to be one."""
LONGEST = 400
PLACED = ("nth-", "line(", "own()")


def data_fields(pages: Sequence[Page]) -> list[FieldPlan]:
    """The fields of pages of JSON that hold one object each."""
    return plan(best(leaves([page.document for page in pages])))


def offered(pages: Sequence[Page]) -> list[FieldPlan]:
    """The fields that differ from page to page, or stand beside a label; those that were meant to be read first."""
    trees = [outline_of(page) for page in pages]
    found: dict[tuple[str, tuple[str, ...]], FieldPlan] = {}
    for page, tree in zip(pages, trees, strict=True):
        for field in detail(page, tree).fields:
            found.setdefault((field.reader, field.selectors), field)
    told = [field for field in found.values() if _tells(field, pages)]
    # What the head says for other programs is mostly said on the page too, and in more parts.
    return sorted(told, key=lambda field: field.selectors[0].startswith("meta[")) + _places(pages, trees)


def _tells(field: FieldPlan, pages: Sequence[Page]) -> bool:
    said = [printed(read_field(page.one(), field)) for page in pages]
    there = [value for value in said if value]
    often = len(there) >= OFTEN * len(said)
    return often and (len(set(there)) > 1 or field.selectors[0].startswith("label("))


def _places(pages: Sequence[Page], trees: Sequence[Outline]) -> list[FieldPlan]:
    """The places without children whose short text is there on every page and differs, found by names."""
    rows = [Row([_main(tree)]) for tree in trees]
    found = slots([page.one() for page in pages], rows) if len(pages) > 1 else []
    return plan_fields([Column(slot, {}, slot.values) for slot in found if _is_place(slot)])


def _is_place(slot: Slot) -> bool:
    first = slot.selectors[0]
    named = first and not any(mark in first for mark in PLACED) and ("." in first or "(" in first or "[" in first)
    values = [value for value in slot.values if value]
    whole = len(values) == len(slot.values) and len(set(values)) > 1 and max(map(len, values)) <= LONGEST
    return bool(named) and slot.leaf and not slot.attribute and whole


def _main(tree: Outline) -> Element:
    mains = [e for e in tree.elements if e.tag == "main" or e.attributes.get("role") == "main"]
    bodies = [e for e in tree.elements if e.tag == "body"]
    return mains[0] if len(mains) == 1 else bodies[0] if bodies else tree.root
