"""Findings in all that is no region of HTML: JSON, CSV, feeds, sitemaps, data in scripts, tables of PDF files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.agents.scout.formats.csv_table import csv_findings
from lakehouse.agents.scout.formats.embedded import embedded_findings
from lakehouse.agents.scout.formats.feed import feed_findings
from lakehouse.agents.scout.formats.json_api import json_findings
from lakehouse.agents.scout.formats.pdf_table import is_pdf, pdf_findings
from lakehouse.agents.scout.formats.sitemap import sitemap_findings

if TYPE_CHECKING:
    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.fetcher.page import Page

__all__ = [
    "csv_findings",
    "embedded_findings",
    "feed_findings",
    "findings",
    "is_pdf",
    "json_findings",
    "pdf_findings",
    "sitemap_findings",
]


def findings(page: Page) -> list[Blueprint]:
    """The findings of all these kinds on a page, those of the most telling kind first, and in each the best first.

    A page of HTML may have some in its scripts; whether they say the same as its regions is for the scout to judge.
    """
    if is_pdf(page):
        return pdf_findings(page)
    kinds = (feed_findings, sitemap_findings, json_findings, csv_findings, embedded_findings)
    return [finding for kind in kinds for finding in kind(page)]
