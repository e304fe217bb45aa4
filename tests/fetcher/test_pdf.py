"""Tables and lines of PDF files."""

import datetime as dt
import io
from decimal import Decimal

import pytest

from lakehouse.fetcher import Money, Page, PageError, date, money, text
from lakehouse.fetcher.warming import tiny_pdf

HEADER = ["Case No.", "Title", "Date Filed", "Fee"]


def pdf(rows, *, ruled, header=HEADER, above="Court of Appeals", below="Printed on request of anybody who asks for it"):
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    style = getSampleStyleSheet()
    table = Table([header, *rows], repeatRows=1, colWidths=[70, 190, 80, 60])
    if ruled:
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")]))
    file = io.BytesIO()
    SimpleDocTemplate(file, invariant=1).build(
        [Paragraph(above, style["Title"]), table, Paragraph(below, style["Normal"])]
    )
    return Page("https://a.example/list.pdf", file.getvalue(), "application/pdf")


ROWS = [[f"No. {n}", f"Smith v. Jones {n}", f"2024-01-{n % 28 + 1:02d}", f"${n}.50"] for n in range(80)]


@pytest.mark.parametrize("ruled", [True, False])
def test_rows_are_keyed_by_header_over_all_pages(ruled):
    rows = pdf(ROWS, ruled=ruled).pdf()
    assert [list(row.value.values()) for row in rows] == ROWS
    assert {tuple(row.value) for row in rows} == {tuple(HEADER)}


@pytest.mark.parametrize("ruled", [True, False])
def test_an_empty_cell_stays_in_its_column(ruled):
    rows = pdf([["1", "", "2024-01-31", "$5"], ["2", "B", "", "$6"], ["3", "C", "2024-01-31", ""]], ruled=ruled).pdf()
    assert [row.attr("Title") for row in rows] == ["", "B", "C"]
    assert [text(row, "Date Filed") for row in rows] == ["2024-01-31", None, "2024-01-31"]
    assert [text(row, "Fee") for row in rows] == ["$5", "$6", None]


def test_a_cell_of_several_lines_is_one_value_in_a_ruled_table():
    rows = pdf([["1", "Smith and Sons\nof the County", "2024-01-31", "$5"]], ruled=True).pdf()
    assert text(rows[0], "Title") == "Smith and Sons of the County"


def test_columns_without_a_name_are_numbered():
    rows = pdf(ROWS[:3], ruled=True, header=["Case No.", "", "", "Fee"]).pdf()
    assert list(rows[0].value) == ["Case No.", "2", "3", "Fee"]


def test_columns_can_be_named_by_the_fetcher_where_there_is_no_header():
    rows = pdf(ROWS[1:3], ruled=True, header=ROWS[0]).pdf(columns=["case", "title", "filed", "fee"])
    assert [text(row, "case") for row in rows] == ["No. 0", "No. 1", "No. 2"]


def test_the_readers_read_cells_of_pdf_tables():
    row = pdf(ROWS, ruled=False).pdf()[5]
    assert date(row, "Date Filed") == dt.date(2024, 1, 6)
    assert money(row, "Fee") == Money(Decimal("5.50"), "USD")


def test_the_lines_of_text_are_given_in_order():
    lines = pdf(ROWS[:2], ruled=False).pdf_text()
    assert lines[0] == "Court of Appeals"
    assert lines[2] == "No. 0 Smith v. Jones 0 2024-01-01 $0.50"
    assert lines[-1].startswith("Printed on request")


def test_a_pdf_without_tables_has_no_rows():
    assert Page("https://a.example/", tiny_pdf().replace(b"(Fee)", b"( )").replace(b" re S", b" re n")).pdf() == []


@pytest.mark.parametrize("body", [b"", b"<html>", b"%PDF-1.4", b"%PDF-1.4\n%%EOF", tiny_pdf()[:120]])
def test_a_page_that_is_no_pdf_is_named_in_the_error(body):
    with pytest.raises(PageError, match=r"https://a\.example/x\.pdf"):
        Page("https://a.example/x.pdf", body).pdf()
