"""Where a listing's links to the pages of its records are now: by known addresses, by known values, or by its build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.agents.doctor.repair.found_again import TELLING, Haystack
from lakehouse.agents.scout.detail_links import detail_links
from lakehouse.agents.scout.induce import induce
from lakehouse.agents.scout.scout import scout
from lakehouse.fetcher.errors import PageError, SelectorError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.agents.doctor.case import Case, Record
    from lakehouse.fetcher.page import Page

LEAST = 2
"""Known records that must stand on a listing for its rows to be told by them."""
KEPT = 0.5
"""Part of the known pages that are linked somewhere on the listing which the links of its rows must lead to."""


def relisted(case: Case) -> Blueprint:
    """Return the whole blueprint of a case, with its links to the records' pages found again where they were lost.

    These are proposals: the pages behind them must be fetched and read before anything is believed.
    """
    whole = case.whole or case.blueprint
    page = next(iter(case.listing), None)
    if page is None or page.is_json or _leads(page, whole.follow.details, _addresses(case)):
        return whole
    for listing in _listings(case, page):
        for selector in _links(page, listing):
            follow = whole.follow.model_copy(update={"details": selector})
            return whole.model_copy(update={"rows": listing.rows, "fields": listing.fields, "follow": follow})
    return whole


def _addresses(case: Case) -> set[str]:
    return {known.page.url.partition("#")[0] for known in case.known}


def _leads(page: Page, selector: str, known: set[str]) -> bool:
    """Tell whether a selector still finds the rows' links: those to known pages, where there are such."""
    there = {request.url for request in page.links("a[href]")} & known
    try:
        found = {request.url for request in page.links(selector)} - {page.url}
    except (PageError, SelectorError):
        return False
    return bool(found) and len(found & there) >= KEPT * len(there)


def _listings(case: Case, page: Page) -> Iterator[Blueprint]:
    """The rows of a page: those that link to known pages, those that say known values, those that look like rows."""
    linked = [{"url": request.url} for request in page.links("a[href]") if request.url in _addresses(case)]
    said = _said(page, case.records)
    yield from (induce(page, records) for records in (linked, said) if len(records) >= LEAST)
    yield scout(page)


def _said(page: Page, records: list[Record]) -> list[dict[str, str]]:
    """What a listing says of each record of which it says something long enough to tell it from others."""
    hay = Haystack(page)
    there = [{name: value for name, value in record.items() if value and hay.holds(value)} for record in records]
    return [said for said in there if any(len(value) >= TELLING for value in said.values())]


def _links(page: Page, listing: Blueprint) -> list[str]:
    try:
        return detail_links(page, listing)
    except (PageError, SelectorError):
        return []
