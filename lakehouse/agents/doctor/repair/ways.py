"""How a fetcher that has no blueprint went on from page to page, told by what it fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.agents.blueprint import Follow
from lakehouse.agents.scout.detail_links import detail_links
from lakehouse.agents.scout.follow import proposals
from lakehouse.agents.scout.turn import next_address
from lakehouse.fetcher.errors import PageError, SelectorError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.fetcher.page import Page

MOSTLY = 0.5
"""Part of the links to the records' own pages that must have been fetched: a few a day may be there for other reasons.
"""


def ways(blueprint: Blueprint, page: Page, fetched: Iterable[str]) -> Follow:
    """Return the ways from a page that lead to other pages of its day; those of which none was fetched are no ways."""
    others = {url.partition("#")[0] for url in fetched} - {page.url}
    if not others:
        return Follow()
    try:
        turn = next((each for each in proposals(page, blueprint) if next_address(page, each) in others), Follow())
        details = next((each for each in detail_links(page, blueprint) if _share(page, each, others) > MOSTLY), "")
    except (PageError, SelectorError):
        return Follow()
    return turn.model_copy(update={"details": details})


def _share(page: Page, selector: str, others: set[str]) -> float:
    links = [request.url for request in page.links(selector)]
    return sum(link in others for link in links) / len(links) if links else 0.0
