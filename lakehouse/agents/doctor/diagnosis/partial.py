"""Partial pages: bodies that broke off before their end."""

from __future__ import annotations

import re

from lakehouse.agents.doctor.diagnosis.structure import paths
from lakehouse.agents.scout.candidates import is_html
from lakehouse.fetcher.errors import PageError
from lakehouse.fetcher.page import Page

END = re.compile(r"</(html|body)\s*>", re.IGNORECASE)
OPEN_TAG = re.compile(r"<[a-zA-Z!/][^<>]*$")
TAIL = 2000
SHARED = 0.9
CLOSED = re.compile(r"</[\w:-]+\s*>\s*(<!--.*?-->\s*)*$", re.DOTALL)


def partial(page: Page, known: Page | None = None) -> str | None:
    """Return what shows that a body broke off, or None.

    The worse error is to call a new build of the page partial, for then it is fetched again and again. So a missing
    end counts only where the known page had one and this one is shorter; a tag that is cut in two counts always.
    """
    text = page.text.rstrip()
    if not text:
        return "The body is empty." if known is None or known.body.strip() else None
    if page.is_json or (known is not None and known.is_json and text[:1] in ("{", "[")):
        return None if _parses(page) else "The JSON breaks off before its end."
    if OPEN_TAG.search(text[-TAIL:]) and "<" in text[:TAIL] and not text.endswith("-->"):
        return "The page ends in the middle of a tag."
    if known is None or len(page.body) >= len(known.body):
        return None
    return _without_end(page, known, text)


def _without_end(page: Page, known: Page, text: str) -> str | None:
    if is_html(page) and END.search(known.text) and not END.search(text) and _is_beginning(page, known):
        return "The page has no end, which the known page has, and is shorter."
    if text.startswith("<?xml") and CLOSED.search(known.text.rstrip()) and not _root_is_closed(text):
        return "The XML has no end, and is shorter than the known one."
    return None


def _is_beginning(page: Page, known: Page) -> bool:
    """Tell whether a page is built as a part of the known one is."""
    mine, whole = paths(page), paths(known)
    return len(mine.keys() & whole.keys()) >= SHARED * len(mine)


def _parses(page: Page) -> bool:
    try:
        _ = page.document
    except PageError:
        return False
    return True


def _root_is_closed(text: str) -> bool:
    root = re.search(r"<([\w:-]+)[\s>/]", text.partition("?>")[2])
    return root is None or text.rstrip().endswith((f"</{root[1]}>", "/>", "-->"))
