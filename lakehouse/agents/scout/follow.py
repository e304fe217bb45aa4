"""Next pages and pages of the records: proposed by structure, believed only once a second page has been read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from lakehouse.agents.blueprint import Follow
from lakehouse.agents.extract import extract
from lakehouse.agents.scout.detail_links import detail_links
from lakehouse.agents.scout.formats.turning import json_turns
from lakehouse.agents.scout.page_numbers import is_all_numbers
from lakehouse.agents.scout.pager import html_turns
from lakehouse.agents.scout.turn import next_address
from lakehouse.errors import LakehouseError
from lakehouse.fetcher.errors import PageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.fetcher.page import Page

    Fetch = Callable[[str], Awaitable[Page]]

FILLED = 0.5
KNOWN = 0.5
"""Share of the second page's records that may be on the first: new ones push old ones down while pages are turned."""
MOST_DETAILS = 2
ALIKE = 0.4


class Verified(NamedTuple):
    """A blueprint that follows only what was tried, and the pages that were fetched to try it."""

    blueprint: Blueprint
    next_pages: tuple[Page, ...] = ()
    details: tuple[Page, ...] = ()


def proposals(page: Page, blueprint: Blueprint) -> list[Follow]:
    """What may lead to the next page, the likeliest first; the finding's own rule, where it has one, before others."""
    own = [Follow(next_page=blueprint.follow.next_page, turn=blueprint.follow.turn)]
    if blueprint.kind in ("listing", "table", "embedded"):
        found = html_turns(page)
    else:
        found = json_turns(page, blueprint) if page.is_json else []
    return [
        follow for follow in dict.fromkeys([*map(_bare, own), *map(_bare, found)]) if follow.next_page or follow.turn
    ]


def _bare(follow: Follow) -> Follow:
    return Follow(next_page=follow.next_page, turn=follow.turn)


async def verify(blueprint: Blueprint, page: Page, fetch: Fetch) -> Verified:
    """Try the ways to the next page and to the records' own pages, and keep those that hold.

    `fetch` gives the page of an address, and raises a `LakehouseError` where there is none, which speaks against the
    proposal. At most seven pages are fetched for the next page, each address once, and two for the details.
    """
    turn, second = await _verified_turn(blueprint, page, fetch)
    details, pages = await _verified_details(blueprint, page, fetch)
    follow = Follow(next_page=turn.next_page, turn=turn.turn, details=details)
    return Verified(blueprint.model_copy(update={"follow": follow}), (second,) if second else (), pages)


async def _verified_turn(blueprint: Blueprint, page: Page, fetch: Fetch) -> tuple[Follow, Page | None]:
    tried: dict[str, Page | None] = {page.url: None}
    for follow in proposals(page, blueprint):
        address = next_address(page, follow)
        if address is None:
            continue
        if address not in tried:
            tried[address] = await _fetched(address, fetch)
        second = tried[address]
        if second is not None and is_next(blueprint, page, second, follow):
            return follow, second
    return Follow(), None


async def _fetched(address: str, fetch: Fetch) -> Page | None:
    try:
        return await fetch(address)
    except LakehouseError:
        # What cannot be fetched is no page to follow; the listing itself stays a finding.
        return None


def is_next(blueprint: Blueprint, first: Page, second: Page, follow: Follow) -> bool:
    """Whether a page holds records of the same kind with other values, and does not lead back to the first page."""
    here, there = _records(blueprint, first), _records(blueprint, second)
    if not here or not there or _leads_back(first, second, follow):
        return False
    filled, still = _fill(here), _fill(there)
    alike = all(still[name] >= FILLED * share for name, share in filled.items() if share > KNOWN)
    seen = Counter(map(repr, here))
    return alike and sum(seen[repr(record)] > 0 for record in there) <= KNOWN * len(there)


def _leads_back(first: Page, second: Page, follow: Follow) -> bool:
    back = next_address(second, follow) in (first.url, second.url)
    return back and not (follow.next_page and not second.is_json and is_all_numbers(second, follow.next_page))


def _records(blueprint: Blueprint, page: Page) -> list[dict[str, Any]]:
    try:
        return extract(blueprint, page)
    except PageError:
        return []


def _fill(records: Sequence[dict[str, Any]]) -> dict[str, float]:
    return {name: sum(record[name] not in (None, "", []) for record in records) / len(records) for name in records[0]}


async def _verified_details(blueprint: Blueprint, page: Page, fetch: Fetch) -> tuple[str, tuple[Page, ...]]:
    """The first selector whose first two links lead to two pages that are built alike and say different things."""
    for selector in detail_links(page, blueprint)[:1]:
        addresses = [request.url for request in page.links(selector)][:MOST_DETAILS]
        pages = [detail for address in addresses if (detail := await _fetched(address, fetch)) is not None]
        if len(pages) == MOST_DETAILS and are_alike(page, *pages):
            return selector, tuple(pages)
    return "", ()


def are_alike(listing: Page, one: Page, other: Page) -> bool:
    """Whether two pages are of one kind, and different from each other and from the listing."""
    if len({listing.text, one.text, other.text}) < 3 or one.is_json != other.is_json:
        return False
    return _overlap(_outline(one), _outline(other)) >= ALIKE


def _outline(page: Page) -> set[str]:
    """What a page is made of: keys of JSON, or elements with their parents and classes."""
    if page.is_json:
        document = _document(page)
        return set(document) if isinstance(document, dict) else set()
    found = page.select("body *")
    return {
        f"{node.attr('class') or ''} {getattr(node, 'tag', '')} {getattr(getattr(node, 'parent', None), 'tag', '')}"
        for node in found
    }


def _document(page: Page) -> Any:
    try:
        return page.document
    except PageError:
        return None


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0
