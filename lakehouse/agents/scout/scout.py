"""The scout: looks at a page and finds out what data is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.scout.cells import are_parts
from lakehouse.agents.scout.choose import MOST, choose
from lakehouse.agents.scout.detail import detail
from lakehouse.agents.scout.evidence import with_evidence
from lakehouse.agents.scout.listing import Offer, offer
from lakehouse.agents.scout.needs import with_needs
from lakehouse.agents.scout.outline import outline_of
from lakehouse.agents.scout.plans import plan_fields
from lakehouse.agents.scout.region_rank import rank
from lakehouse.agents.scout.regions import regions
from lakehouse.agents.scout.typed import typed

if TYPE_CHECKING:
    from lakehouse.agents.scout.outline import Outline
    from lakehouse.agents.scout.region import Region
    from lakehouse.fetcher.page import Page

ENTITY_KEYS = 8
"""So many values of structured data about one thing make a page a detail page."""

KIND = 'meta[property="og:type"]@content'
ONE = ("article", "product", "book", "recipe", "event")
PERIPHERAL = 0.4
"""Share of a page's text under which a list on a page about one thing is beside the matter: related pages, comments."""

OFTEN = 0.75
"""A field that is there in so many rows may tell records from headings."""


def scout(page: Page) -> Blueprint:
    """The best finding on a page, with what speaks for it."""
    return with_evidence(_found(page), page)


def _found(page: Page) -> Blueprint:
    tree = outline_of(page)
    single = detail(page, tree)
    if single.weight >= ENTITY_KEYS:
        return _detail_blueprint(page, single.fields)
    ranked = rank(tree, [region for region in regions(tree) if not are_parts(region)])[:5]
    if single.fields and ranked and calls_itself_one(page) and coverage(ranked[0], tree) < PERIPHERAL:
        return _detail_blueprint(page, single.fields)
    for region in ranked:
        found = offer(page, tree, region)
        if found is not None and found.columns:
            return _listing_blueprint(page, found)
    return _detail_blueprint(page, single.fields)


def calls_itself_one(page: Page) -> bool:
    """Whether a page says that it is about one thing: by its one heading, and by its kind for those who link to it."""
    return page.one(KIND).text.startswith(ONE) and len(page.select("h1")) == 1


def coverage(region: Region, tree: Outline) -> float:
    """The share of a page's text that the rows of a region hold."""
    return sum(len(row.text) for row in region.rows) / max(1, len(tree.root.text))


def _listing_blueprint(page: Page, found: Offer) -> Blueprint:
    chosen = choose(found.columns, found.texts)
    fields = typed(plan_fields(chosen), chosen)
    blueprint = Blueprint(kind="listing", start=page.url, rows=found.rows, fields=tuple(fields))
    full = [field.name for field, column in zip(fields, chosen, strict=True) if column.fill >= OFTEN]
    return with_needs(page, blueprint, found, full)


def _detail_blueprint(page: Page, fields: list[FieldPlan]) -> Blueprint:
    return Blueprint(kind="detail", start=page.url, rows=Rows(form="one"), fields=tuple(fields[:MOST]))
