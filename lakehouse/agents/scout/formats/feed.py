"""Feeds: RSS, RDF, Atom and JSON Feed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lakehouse.agents.blueprint import Rows
from lakehouse.agents.scout.formats.offer import offer
from lakehouse.fetcher.errors import PageError

if TYPE_CHECKING:
    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.fetcher.page import Page

HEAD = 4096
ROOT = re.compile(r"<(?:[\w-]+:)?(?:rss|rdf|feed)[\s>]", re.IGNORECASE)
HTML = re.compile(r"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)


def is_feed(page: Page) -> bool:
    """Whether a page is a feed, with entries or without."""
    if page.is_json:
        version = _version(page)
        return isinstance(version, str) and "jsonfeed" in version
    head = page.text[:HEAD]
    return bool(ROOT.search(head)) and not HTML.search(head)


def _version(page: Page) -> object:
    try:
        document = page.document
    except PageError:
        return None
    return document.get("version") if isinstance(document, dict) else None


def feed_findings(page: Page) -> list[Blueprint]:
    """The entries of a feed as a finding; none where the page is no feed, or one without entries."""
    if not is_feed(page):
        return []
    try:
        finding = offer(page, "feed", Rows(form="feed"))
    except PageError:
        return []
    return [finding] if finding else []
