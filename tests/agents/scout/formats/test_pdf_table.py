"""Tables of PDF files as findings."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

from lakehouse.agents.extract import extract
from lakehouse.agents.scout.formats import findings
from lakehouse.agents.scout.formats.pdf_table import is_pdf, pdf_findings
from lakehouse.fetcher import Page


def pdf(*rows: list[str]) -> Page:
    """Give a PDF file with a ruled table of these rows, or with a line of prose where there are none."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    written = io.BytesIO()
    table = (
        Table(list(rows), style=[("GRID", (0, 0), (-1, -1), 1, "black")])
        if rows
        else Paragraph("A letter.", getSampleStyleSheet()["Normal"])
    )
    SimpleDocTemplate(written).build([table])
    return Page("https://a.example/list.pdf", written.getvalue(), "application/pdf")


def test_the_rows_of_a_table_are_read_by_its_header() -> None:
    page = pdf(["Case No.", "Fee", "Filed"], ["12-3", "5.00", "2024-01-31"], ["12-4", "7.25", "2024-02-01"])
    finding = pdf_findings(page)[0]
    assert extract(finding, page) == [
        {"case_no": "12-3", "fee": Decimal("5.00"), "filed": dt.date(2024, 1, 31)},
        {"case_no": "12-4", "fee": Decimal("7.25"), "filed": dt.date(2024, 2, 1)},
    ]
    assert findings(page)[0].kind == "pdf"


def test_a_pdf_without_tables_has_no_findings() -> None:
    assert is_pdf(pdf())
    assert pdf_findings(pdf()) == []


def test_a_broken_pdf_has_no_findings() -> None:
    broken = Page("https://a.example/x.pdf", b"%PDF-1.7 and then nothing", "application/pdf")
    assert is_pdf(broken)
    assert findings(broken) == []


def test_a_page_that_only_says_that_it_is_a_pdf_is_none() -> None:
    assert not is_pdf(Page("https://a.example/x.pdf", b"<html>not found</html>", "application/pdf"))
