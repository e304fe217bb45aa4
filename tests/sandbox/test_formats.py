"""Everything that the language reads, it reads in a locked worker: nothing is loaded from a file any more."""

from __future__ import annotations

import io
from typing import Any

import pytest

from lakehouse.errors import FetcherRaised
from lakehouse.sandbox import Limits, PageInput, Worker
from tests.sandbox.cases import LIMITS, fetcher, page, parse_with

IMPORT = "from lakehouse.fetcher import boolean, date, datetime, items, link, money, number, text"
FEED = b"<rss><channel><item><title>found</title><pubDate>Fri, 20 Nov 2026</pubDate></item></channel></rss>"
SITEMAP = b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://a/found</loc><lastmod>2026-11-20</lastmod></url></urlset>"

PAGES: dict[str, tuple[str, bytes]] = {
    "html": ("for row in page.select('p'):\n    yield {'a': text(row)}", b"<p>found</p>"),
    "json": ("for row in page.json('items'):\n    yield {'a': text(row, 'name')}", b'{"items": [{"name": "found"}]}'),
    "csv": ("for row in page.csv():\n    yield {'a': text(row, 'name')}", b"name,age\nfound,3\n"),
    "csv with semicolons": ("for row in page.csv(';'):\n    yield {'a': text(row, 'name')}", b"name;age\nfound;3\n"),
    "feed": ("for row in page.feed():\n    yield {'a': text(row, 'title')}", FEED),
    "sitemap": ("for row in page.sitemap():\n    yield {'a': text(row, 'loc')[-5:]}", SITEMAP),
    "ld+json": (
        "for row in page.embedded('ld+json'):\n    yield {'a': text(row, 'name')}",
        b'<script type="application/ld+json">{"name": "found"}</script>',
    ),
    "a script's assignment": (
        "for row in page.embedded('window.__STATE__'):\n    yield {'a': text(row, 'name')}",
        b'<script>window.__STATE__ = {"name": "found"};</script>',
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", PAGES)
def test_every_kind_of_page_is_read(kind: str) -> None:
    body, given = PAGES[kind]
    assert parse_with(fetcher(body, IMPORT), page(given)).records == [{"a": "found"}]


READERS = [
    "date(node, 'b', order='DMY', locale='de')",
    "date(node, 'b', order='DMY', locale='fr')",
    "datetime(node, 'i', tz='Europe/Berlin')",
    "datetime(node, 'i', tz='America/New_York')",
    "number(node, 'u', decimal=',')",
    "money(node, 'u', decimal=',')",
    "boolean(node, 's')",
    "items(node, 'li')",
    "link(node, 'a')",
]


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_reads_in_every_locale(reader: str) -> None:
    body = f"node = page.one()\nyield {{'a': {reader}}}"
    given = b"<b>3. M\xc3\xa4rz 2026</b><i>2026-07-01 12:30</i><u>1.234,50 EUR</u><s>yes</s><li>x</li><a href=/y>z</a>"
    try:
        record = parse_with(fetcher(body, IMPORT), page(given)).records[0]
    except FetcherRaised as error:
        pytest.fail(str(error))
    assert record["a"] is not None


WORDS = {
    "utf-8": "café",
    "utf-16": "café",
    "windows-1252": "café",
    "iso-8859-2": "žluť",
    "koi8-r": "слово",
    "shift_jis": "日本",
    "gb18030": "中文",
    "big5": "中文",
}

STANDARD: dict[str, tuple[str, Any]] = {
    "from datetime import datetime": (
        "datetime.strptime('20 Nov 2026', '%d %b %Y').strftime('%Y-%m-%d')",
        "2026-11-20",
    ),
    "import re": ("re.sub(r'(a)', r'<\\1>', re.compile('b', re.I).sub('a', 'B'))", "<a>"),
    "import json": ("json.loads('[1.5]')[0]", 1.5),
    "from decimal import Decimal, ROUND_HALF_UP": ("Decimal('1.25').quantize(Decimal('.1'), ROUND_HALF_UP)", None),
    "from urllib.parse import parse_qs, urljoin": ("urljoin('https://a/b', parse_qs('x=c')['x'][0])", "https://a/c"),
    "from html import unescape": ("unescape('&eacute;')", "é"),
    "import math": ("math.floor(2.5)", 2),
    "from itertools import groupby": ("len([k for k, g in groupby('aab')])", 2),
    "from collections import Counter": ("Counter('aab').most_common(1)[0][0]", "a"),
    "import datetime as dt": ("dt.date(2026, 11, 20).isoformat()", "2026-11-20"),
}


@pytest.mark.parametrize("top", STANDARD)
def test_what_is_offered_of_the_standard_library_works(top: str) -> None:
    expression, expected = STANDARD[top]
    found = parse_with(fetcher(f"yield {{'a': {expression}}}", top)).records[0]["a"]
    assert found == expected if expected is not None else str(found) == "1.3"


@pytest.mark.parametrize("charset", WORDS)
def test_pages_in_any_charset_are_read(charset: str) -> None:
    word = {"shift_jis": "日本", "gb18030": "中文", "big5": "中文", "koi8-r": "слово", "iso-8859-2": "žluť"}.get(
        charset, "café"
    )
    given = PageInput("https://a.example/", f"<p>{word}</p>".encode(charset), f"text/html; charset={charset}")
    assert parse_with(fetcher("yield {'a': text(page.one(), 'p')}", IMPORT), given).records == [{"a": word}]


def test_a_pdf_is_read_by_a_worker_that_loaded_its_libraries_for_it() -> None:
    code = fetcher("for row in page.pdf():\n    yield {'permit': text(row, 'Permit'), 'fee': text(row, 'Fee')}", IMPORT)
    with Worker(code, limits=Limits(parse_seconds=30)) as worker:
        assert worker.parse(page(pdf())).records == [
            {"permit": "P-1", "fee": "12.50"},
            {"permit": "P-2", "fee": "8.00"},
        ]


def test_a_module_that_reads_no_pdf_does_not_load_its_libraries() -> None:
    body = "yield {'loaded': 'pdfplumber' in sys.modules}"
    assert parse_with(fetcher(body, "import sys"), without="static facade").records == [{"loaded": False}]
    assert parse_with(fetcher(f"{body}\npage.pdf", "import sys"), without="static facade", limits=LIMITS).records == [
        {"loaded": True}
    ]


def pdf() -> bytes:
    """Return a PDF of one ruled table."""
    from reportlab.platypus import SimpleDocTemplate, Table

    file = io.BytesIO()
    rows = [["Permit", "Fee"], ["P-1", "12.50"], ["P-2", "8.00"]]
    SimpleDocTemplate(file).build([Table(rows, style=[("GRID", (0, 0), (-1, -1), 1, (0, 0, 0))])])
    return file.getvalue()
