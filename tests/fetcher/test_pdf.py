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


def drawn(*texts, size=12):
    """Return a PDF of one sheet with texts at places, from its lower left."""
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(400, 300), invariant=1)
    canvas.setFont("Helvetica", size)
    for x, y, written in texts:
        canvas.drawString(x, y, written)
    canvas.save()
    return Page("https://a.example/list.pdf", file.getvalue(), "application/pdf")


def test_text_in_columns_is_a_table_wherever_its_cells_begin():
    sheet = drawn((20, 250, "Case"), (200, 250, "Fee"), (20, 230, "A v. B"), (210, 230, "$5"), (25, 210, "C v. D"))
    assert [row.value for row in sheet.pdf()] == [{"Case": "A v. B", "Fee": "$5"}]
    assert sheet.pdf_text() == ["Case Fee", "A v. B $5", "C v. D"]


def test_words_of_one_cell_stay_together_and_raised_letters_in_their_line():
    sheet = drawn((20, 250, "Name of case"), (250, 250, "Filed on"), (20, 230, "A v. B"), (250, 233, "May 5"))
    assert [row.value for row in sheet.pdf()] == [{"Name of case": "A v. B", "Filed on": "May 5"}]


@pytest.mark.parametrize("size", [6, 12, 20])
def test_prose_of_any_size_is_no_table(size):
    lines = [(20, 250 - number * 25, "It is so ordered.") for number in range(4)]
    assert drawn(*lines, size=size).pdf() == []


def test_names_of_columns_that_the_fetcher_gives_may_be_fewer_than_the_cells():
    sheet = drawn((20, 250, "1"), (120, 250, "2"), (220, 250, "3"), (20, 230, "4"), (120, 230, "5"), (220, 230, "6"))
    assert [row.value for row in sheet.pdf(columns=["a", "b"])] == [{"a": "1", "b": "2"}, {"a": "4", "b": "5"}]


@pytest.mark.parametrize("place", [b"/MediaBox", b"/Kids", b"/Encoding", b"Tf", b" re S", b"/Length", b"/Root"])
@pytest.mark.parametrize("written", [b"", b"/X[", b"<<(", b"99999999999 "])
def test_a_pdf_that_is_broken_anywhere_is_read_or_a_page_error(place, written):
    page = Page("https://a.example/x.pdf", tiny_pdf().replace(place, written, 1))
    for read in (page.pdf, page.pdf_text):
        try:
            found = read()
        except PageError as error:
            found = [error.url]
        assert all(found)
