"""Tables in PDF files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.agents.blueprint import Rows
from lakehouse.agents.scout.formats.json_api import weighted
from lakehouse.agents.scout.formats.lists import homogeneity
from lakehouse.agents.scout.formats.offer import offer
from lakehouse.fetcher.errors import PageError

if TYPE_CHECKING:
    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.fetcher.page import Page

MAGIC = b"%PDF-"
HEAD = 1024
"""Bytes in which readers of PDF look for its mark; some servers send something before it."""
LEAST_ALIKE = 0.4


def is_pdf(page: Page) -> bool:
    """Whether a page is a PDF file, by its content."""
    return MAGIC in page.body[:HEAD]


def pdf_findings(page: Page) -> list[Blueprint]:
    """The rows of a PDF's tables as a finding; none where it has no tables, or cannot be read."""
    if not is_pdf(page):
        return []
    try:
        alike = homogeneity([row.value for row in page.pdf()])
        finding = offer(page, "pdf", Rows(form="pdf")) if alike >= LEAST_ALIKE else None
    except PageError:
        return []
    return [weighted(finding, alike)] if finding else []
