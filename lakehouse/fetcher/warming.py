"""Loads all that the language loads lazily, so that a locked sandbox opens no file afterwards."""

from __future__ import annotations

from lakehouse.fetcher import amounts, numbers, zones
from lakehouse.fetcher.dates import find_day
from lakehouse.fetcher.datetimes import find_moment
from lakehouse.fetcher.decode import CHARSETS, decode
from lakehouse.fetcher.months import NAMES, months
from lakehouse.fetcher.page import Page

CJK_COLLECTIONS = ("Adobe-CNS1", "Adobe-GB1", "Adobe-Japan1", "Adobe-Korea1")
CJK_ENCODINGS = (
    "UniCNS-UCS2-H",
    "UniGB-UCS2-H",
    "GBK-EUC-H",
    "UniJIS-UCS2-H",
    "90ms-RKSJ-H",
    "UniKS-UCS2-H",
    "KSCms-UHC-H",
)


def warm(pdf: bool = False) -> None:
    """Touch every lazy path: codecs, zones, month tables, the HTML parser, and with `pdf` the PDF readers."""
    for charset in CHARSETS:
        decode(b"\xff", f"text/plain; charset={charset}")
    for name in zones.ZONES:
        find_moment("2024-07-01 12:00", "YMD", months("en"), zones.zone(name))
    for locale in NAMES:
        find_day("2024-07-01", "YMD", months(locale))
    for decimal in (".", ","):
        amounts.find_money("EUR 1", decimal, None, set())
        numbers.find_number("1", decimal)
    _read_pages()
    if pdf:
        _read_pdf()


def _read_pages() -> None:
    page = Page("https://warm.example/", b"<p>a<br>b<script>x = [1]</script>")
    page.select("p:has(br)")
    page.embedded("x")
    page.csv()
    Page("https://warm.example/", b"{}").json()


def _read_pdf() -> None:
    from pdfminer.cmapdb import CMapDB

    for collection in CJK_COLLECTIONS:
        CMapDB.get_unicode_map(collection)
    for encoding in CJK_ENCODINGS:
        CMapDB.get_cmap(encoding)
    page = Page("https://warm.example/", tiny_pdf())
    page.pdf()
    page.pdf_text()


def tiny_pdf() -> bytes:
    """Return a PDF of one page with a ruled table of one row, the least that passes every path of the reader."""
    drawing = b"BT /F 12 Tf 20 70 Td (Name) Tj 60 0 Td (Fee) Tj ET 10 60 50 30 re S 60 60 50 30 re S"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )
    body = b"%PDF-1.4\n"
    table = b"xref\n0 6\n0000000000 65535 f \n"
    for number, content in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj%s\nendobj\n" % (number, content)
    return body + table + b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % len(body)
