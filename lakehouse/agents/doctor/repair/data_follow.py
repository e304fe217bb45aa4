"""How a repaired blueprint goes on: the old ways to further pages where they still lead somewhere, else new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from lakehouse.agents.blueprint import Follow
from lakehouse.agents.scout.detail_links import detail_links
from lakehouse.agents.scout.follow import proposals
from lakehouse.agents.scout.turn import turned
from lakehouse.fetcher.errors import PageError, SelectorError

if TYPE_CHECKING:
    from lakehouse.agents.blueprint import Blueprint, Turn
    from lakehouse.fetcher.page import Page


def refollow(blueprint: Blueprint, old: Blueprint, page: Page) -> Blueprint:
    """Return a repaired blueprint with its start address and its ways to further pages.

    `page` is the first page that the failing day fetched: where it lies is where the source starts now. A way that the
    old blueprint did not have is not looked for. The new ones are proposals, to be verified by fetching.
    """
    bare = blueprint.model_copy(update={"follow": Follow(), "start": _start(old, page)})
    way = _next(bare, old.follow, page)
    details = _details(bare, old.follow.details, page)
    return bare.model_copy(update={"follow": Follow(next_page=way.next_page, turn=way.turn, details=details)})


def _start(old: Blueprint, page: Page) -> str:
    """Return the old address as long as the page lies there, whatever its query: parameters may count pages or days."""
    before, now = urlsplit(old.start), urlsplit(page.url)
    return old.start if (before.netloc, before.path) == (now.netloc, now.path) else page.url


def _next(blueprint: Blueprint, old: Follow, page: Page) -> Follow:
    if not old.next_page and not old.turn:
        return Follow()
    if (old.next_page and _leads(page, old.next_page)) or (old.turn and _turns(blueprint, page, old.turn)):
        return old
    found = _proposed(blueprint, page)
    return found[0] if found else Follow(next_page=_kept(page, old.next_page), turn=old.turn)


def _proposed(blueprint: Blueprint, page: Page) -> list[Follow]:
    try:
        return proposals(page, blueprint)
    except (PageError, SelectorError):
        return []


def _turns(blueprint: Blueprint, page: Page, turn: Turn) -> bool:
    """Tell whether a parameter still counts or takes its token; one that the address never had is left as it is."""
    if turn.cursor:
        return turned(page, turn) is not None
    query = dict(parse_qsl(urlsplit(page.url).query, keep_blank_values=True))
    rivals = [follow.turn for follow in _proposed(blueprint, page) if follow.turn and not follow.turn.cursor]
    return turn.parameter in query or not rivals or any(turn.parameter == each.parameter for each in rivals)


def _details(blueprint: Blueprint, old: str, page: Page) -> str:
    if not old or _leads(page, old):
        return old
    try:
        found = detail_links(page, blueprint)
    except (PageError, SelectorError):
        return ""
    return found[0] if found else ""


def _kept(page: Page, selector: str) -> str:
    """Return a selector that finds nothing today, but may tomorrow; none that cannot even be read on such pages."""
    try:
        list(page.links(selector))
    except SelectorError:
        return ""
    except PageError:
        # A broken page says nothing against its selectors.
        return selector
    return selector


def _leads(page: Page, selector: str) -> bool:
    """Tell whether a selector, CSS or a path as the page is, finds an address other than the page's own."""
    try:
        return any(request.url != page.url for request in page.links(selector))
    except (PageError, SelectorError):
        # A selector of the old format on a page of another one.
        return False
