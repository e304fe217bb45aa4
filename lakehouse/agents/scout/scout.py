"""The scout: looks at a page and finds out what data is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.scout.choose import MOST, choose
from lakehouse.agents.scout.detail import detail
from lakehouse.agents.scout.evidence import with_evidence
from lakehouse.agents.scout.listing import Offer, offer
from lakehouse.agents.scout.needs import with_needs
from lakehouse.agents.scout.outline import outline
from lakehouse.agents.scout.plans import plan_fields
from lakehouse.agents.scout.region_rank import rank
from lakehouse.agents.scout.regions import regions
from lakehouse.agents.scout.typed import typed

if TYPE_CHECKING:
    from lakehouse.fetcher.page import Page

ENTITY_KEYS = 8
"""So many values of structured data about one thing make a page a detail page."""

OFTEN = 0.75
"""A field that is there in so many rows may tell records from headings."""


def scout(page: Page) -> Blueprint:
    """The best finding on a page, with what speaks for it."""
    return with_evidence(_found(page), page)


def _found(page: Page) -> Blueprint:
    tree = outline(page.html.nodes[0])
    single = detail(page, tree)
    if single.weight >= ENTITY_KEYS:
        return _detail_blueprint(page, single.fields)
    for region in rank(tree, regions(tree))[:5]:
        found = offer(page, tree, region)
        if found is not None and found.columns:
            return _listing_blueprint(page, found)
    return _detail_blueprint(page, single.fields)


def _listing_blueprint(page: Page, found: Offer) -> Blueprint:
    chosen = choose(found.columns, found.texts)
    fields = typed(plan_fields(chosen), chosen)
    blueprint = Blueprint(kind="listing", start=page.url, rows=found.rows, fields=tuple(fields))
    full = [field.name for field, column in zip(fields, chosen, strict=True) if column.fill >= OFTEN]
    return with_needs(page, blueprint, found, full)


def _detail_blueprint(page: Page, fields: list[FieldPlan]) -> Blueprint:
    return Blueprint(kind="detail", start=page.url, rows=Rows(form="one"), fields=tuple(fields[:MOST]))
