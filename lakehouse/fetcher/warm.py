"""Loads all that the language loads lazily, so that a locked sandbox opens no file afterwards."""

from __future__ import annotations

from lakehouse.fetcher import amounts, numbers, zones
from lakehouse.fetcher.dates import find_day
from lakehouse.fetcher.datetimes import find_moment
from lakehouse.fetcher.decode import CHARSETS, decode
from lakehouse.fetcher.months import NAMES, months
from lakehouse.fetcher.page import Page


def warm(pdf: bool = False) -> None:
    """Touch every lazy path: codecs, zones, month tables, the HTML parser, and with `pdf` the PDF readers."""
    for charset in CHARSETS:
        decode(b"\xff", f"text/plain; charset={charset}")
    for name in zones.KNOWN:
        find_moment("2024-07-01 12:00", "YMD", months("en"), zones.zone(name))
    for locale in NAMES:
        find_day("2024-07-01", "YMD", months(locale))
    for decimal in (".", ","):
        amounts.find_money("EUR 1", decimal, None, set())
        numbers.find_number("1", decimal)
    _read_pages()


def _read_pages() -> None:
    page = Page("https://warm.example/", b"<p>a<br>b<script>x = [1]</script>")
    page.select("p:has(br)")
    page.embedded("x")
    page.csv()
    Page("https://warm.example/", b"{}").json()
