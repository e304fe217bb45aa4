"""The address of the next page, as a blueprint's rules make it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lakehouse.fetcher.errors import PageError
from lakehouse.fetcher.paths import find

if TYPE_CHECKING:
    from lakehouse.agents.blueprint import Follow, Turn
    from lakehouse.fetcher.page import Page


def next_address(page: Page, follow: Follow) -> str | None:
    """The address that comes after a page, or None where it is the last, or cannot be told."""
    if follow.next_page:
        return next((request.url for request in page.links(follow.next_page) if request.url != page.url), None)
    return turned(page, follow.turn) if follow.turn else None


def turned(page: Page, turn: Turn) -> str | None:
    """The address of a page with its query's parameter moved on by one page."""
    query = parse_qsl(urlsplit(page.url).query, keep_blank_values=True)
    value = _token(page, turn.cursor) if turn.cursor else _counted(dict(query).get(turn.parameter), turn)
    if value is None:
        return None
    kept = [(name, old) for name, old in query if name != turn.parameter]
    return urlunsplit(urlsplit(page.url)._replace(query=urlencode([*kept, (turn.parameter, value)])))


def _token(page: Page, cursor: str) -> str | None:
    try:
        token = next(find(page.document, cursor), None)
    except PageError:
        return None
    return None if token in (None, "", False) else str(token)


def _counted(written: str | None, turn: Turn) -> str | None:
    if written is None:
        return str(turn.first + turn.step)
    return str(int(written) + turn.step) if written.isascii() and written.isdigit() else None
