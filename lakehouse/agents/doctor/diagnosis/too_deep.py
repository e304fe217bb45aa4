"""Data that came whole and is nested so deep that no fetcher can read it: neither fetching again nor code helps."""

from __future__ import annotations

from lakehouse.fetcher.document import TOO_DEEP
from lakehouse.fetcher.errors import PageError
from lakehouse.fetcher.page import Page

ENDS = ("}", "]", ")", ";")


def too_deep(page: Page) -> str | None:
    """Return a sentence that says so, or None; a body that also lacks its end broke off, and is told as that."""
    text = page.text.rstrip()
    if not text.endswith(ENDS) or (not text.startswith(("{", "[")) and not page.is_json):
        return None
    try:
        _ = page.document
    except PageError as error:
        deep = TOO_DEEP in error.reason
        return f"{page.url} came whole, and its JSON is nested too deep to be read by any fetcher." if deep else None
    return None
