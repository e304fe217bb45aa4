"""Sitemaps, and indexes of sitemaps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lakehouse.agents.blueprint import Rows
from lakehouse.agents.scout.formats.json_api import weighted
from lakehouse.agents.scout.formats.offer import offer
from lakehouse.fetcher.errors import PageError

if TYPE_CHECKING:
    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.fetcher.page import Page

HEAD = 4096
ROOT = re.compile(r"<(?:[\w-]+:)?(urlset|sitemapindex)[\s>]", re.IGNORECASE)
ADDRESSES = 0.3
"""What a list of addresses is worth beside a list of records."""


def is_sitemap_index(page: Page) -> bool:
    """Whether a page lists sitemaps rather than pages."""
    root = ROOT.search(page.text[:HEAD])
    return root is not None and root[1].lower() == "sitemapindex"


def sitemap_findings(page: Page) -> list[Blueprint]:
    """The addresses of a sitemap as a finding; none where the page is no sitemap, or an empty one."""
    if not ROOT.search(page.text[:HEAD]):
        return []
    try:
        finding = offer(page, "sitemap", Rows(form="sitemap"))
    except PageError:
        return []
    return [weighted(finding, ADDRESSES)] if finding else []
