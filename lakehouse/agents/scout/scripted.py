"""Whether a page needs its scripts to show its records."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lakehouse.agents.scout.barriers import length_of, own_text
from lakehouse.fetcher.html import HtmlNode

if TYPE_CHECKING:
    from lakehouse.fetcher.page import Page

LITTLE = 400
"""Characters of text up to which a page with scripts is a shell."""
FEW = 3
"""Rows under which what was found in a shell may be its own furniture, as the heads of an empty table."""
GROWN = 2.0
MOUNTS = (
    "body > div[id]:empty, :is(main, tbody, ul, ol):empty, [aria-busy=true], app-root, "
    "[id=root], [id=app], [data-reactroot], [ng-app], [id^=__n]:empty"
)
FURNITURE = "header, footer, nav"
ASKS = re.compile(r"javascript|\bscripts?\b|ジャバスクリプト", re.IGNORECASE)


def needs_script(raw: Page, rows: int, rendered: Page | None = None) -> bool:
    """Whether a page has to be rendered; `rows` are the records found in it as it came.

    Compared with the rendered page where there is one; else a page with next to no records that is little more than
    scripts and the place where they put things needs them.
    """
    if raw.is_json or not raw.select("script"):
        return False
    if rendered is not None:
        return _grows(raw, rendered)
    return rows < FEW and _is_shell(raw)


def _grows(raw: Page, rendered: Page) -> bool:
    before, after = (len(own_text(page)) for page in (raw, rendered))
    blocks_before, blocks_after = (len(page.select("body *:not(script)")) for page in (raw, rendered))
    return after > GROWN * before + LITTLE / 4 and blocks_after > GROWN * blocks_before


def _is_shell(page: Page) -> bool:
    length = len(own_text(page)) - length_of(page, FURNITURE)
    if length > LITTLE and not page.select("main:empty"):
        return False
    warned = any(ASKS.search(node.html) for node in page.select("noscript") if isinstance(node, HtmlNode))
    return warned or bool(page.select(MOUNTS)) or length < LITTLE / 4
