"""The fee schedule: a ruled table over two pages of a PDF; then its columns swapped and renamed."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

from lakehouse.demo.site.answer import Answer, Asked, View
from lakehouse.demo.site.dress.dress import Dress
from lakehouse.demo.site.dress.landing import landing
from lakehouse.demo.site.rendering import american, long_date
from lakehouse.demo.site.truth.fees import Fee

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

ADDRESS = "/documents/fee-schedule.pdf"
INCH = 72.0

Row = Callable[[Fee], list[str]]


def _first_row(fee: Fee) -> list[str]:
    return [fee.code, fee.department, fee.service, fee.unit, f"${fee.fee.amount:,}", american(fee.effective)]


def _second_row(fee: Fee) -> list[str]:
    amount = f"{fee.fee.amount:,} {fee.fee.currency}"
    return [fee.service, amount, fee.unit, long_date(fee.effective), fee.code, fee.department]


def _pdf(header: list[str], widths: list[float], row: Row, ink: str) -> View:
    def view(asked: Asked) -> Answer:
        body = _document([header, *map(row, asked.records)], [width * INCH for width in widths], ink)
        return Answer(body, "application/pdf")

    return view


def _document(rows: list[list[str]], widths: list[float], ink: str) -> bytes:
    from reportlab.lib.pagesizes import letter
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    file = io.BytesIO()
    margins = {f"{side}Margin": 0.6 * INCH for side in ("left", "right", "top", "bottom")}
    document = SimpleDocTemplate(file, pagesize=letter, invariant=1, title="Port Alder fee schedule", **margins)
    styles = getSampleStyleSheet()
    story = [
        Paragraph("City of Port Alder", styles["Title"]),
        Paragraph("Schedule of fees, adopted by the City Council. Amounts in US dollars.", styles["Normal"]),
        Spacer(1, 12),
        _table(rows, widths, ink),
    ]
    document.build(story)
    return file.getvalue()


def _table(rows: list[list[str]], widths: list[float], ink: str) -> Flowable:
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Table, TableStyle

    style = [
        ("GRID", (0, 0), (-1, -1), 0.5, HexColor("#9aa7ad")),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor(ink)),
        ("TEXTCOLOR", (0, 0), (-1, 0), HexColor("#ffffff")),
        ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold"),
        ("FONTSIZE", (0, 0), (-1, -1), 9),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [HexColor("#ffffff"), HexColor("#f3f6f7")]),
    ]
    return Table(rows, colWidths=widths, repeatRows=1, style=TableStyle(style))


_FIRST = _pdf(
    ["Code", "Department", "Service", "Unit", "Fee", "Effective"],
    [0.7, 1.1, 2.3, 0.9, 0.9, 1.0],
    _first_row,
    "#12414a",
)
_SECOND = _pdf(
    ["Description of service", "Amount", "Charged", "In force since", "Ref.", "Office"],
    [2.1, 1.1, 0.9, 1.4, 0.7, 1.1],
    _second_row,
    "#1d2b53",
)

DRESSES = {
    1: Dress("/fees", ADDRESS, {"/fees": landing("fees", "v1"), ADDRESS: _FIRST}),
    2: Dress("/fees", ADDRESS, {"/fees": landing("fees", "v2"), ADDRESS: _SECOND}),
}
