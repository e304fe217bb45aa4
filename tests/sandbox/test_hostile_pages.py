"""A page may be a bomb: whatever it does to the parsers, a worker dies of it in a typed error, and the engine lives."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from lakehouse.errors import FetcherOutOfMemory, FetcherRaised, FetcherTimeout, SandboxError
from lakehouse.sandbox import Limits, PageInput, Worker
from tests.sandbox.cases import LIMITS, fetcher, page, parse_with

LANGUAGE = "from lakehouse.fetcher import date, items, link, money, number, text"
BOMB = Limits(parse_seconds=1, memory=256 << 20, cpu_seconds=20, output=1 << 20)
NO_PDF = "no PDF that can be read"


def pdf(*objects: bytes, filtered: bytes = b"") -> bytes:
    """Return a PDF of these objects, from 1; the first is its catalogue, and `filtered` the content of the last."""
    body = b"%PDF-1.4\n"
    for number, content in enumerate(objects, 1):
        body += b"%d 0 obj%s\nendobj\n" % (number, content)
    if filtered:
        stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(filtered), filtered)
        body += b"%d 0 obj%s\nendobj\n" % (len(objects) + 1, stream)
    return body + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
SHEET = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<<>>>>"


@pytest.fixture(scope="module")
def pdf_reader() -> Iterator[Worker]:
    with Worker(fetcher("yield {'a': len(page.pdf()) + len(page.pdf_text())}"), "case/0001", LIMITS) as worker:
        yield worker


def raised(code: str, given: PageInput) -> FetcherRaised:
    with pytest.raises(FetcherRaised) as error:
        parse_with(code, given)
    return error.value


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(lambda: b"<div>" * 1_000_000, id="nested elements"),
        pytest.param(lambda: b"<p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">", id="attributes"),
    ],
)
def test_markup_that_the_parser_cannot_bear_ends_the_worker_in_time(body: Callable[[], bytes]) -> None:
    with Worker(fetcher("yield {'a': text(page.one())}", LANGUAGE), "case/0001", BOMB) as worker:
        with pytest.raises((FetcherTimeout, FetcherOutOfMemory)):
            worker.parse(page(body()))
        worker.restart()
        assert worker.parse(page()).records == [{"a": "hello"}]


def test_a_selector_that_a_page_makes_slow_ends_the_worker_in_time() -> None:
    code = fetcher("yield {'a': len(page.select('i:has(~ b)'))}")
    with pytest.raises(FetcherTimeout), Worker(code, "case/0001", BOMB) as worker:
        worker.parse(page(b"<i></i>" * 100_000))


def test_a_twenty_megabyte_page_of_rows_is_read() -> None:
    rows = b"<tr><td>A v. B<td>2024-01-31</tr>" * 3_000 + b"<!--" + b"x" * 20_000_000 + b"-->"
    code = fetcher(
        "for row in page.select('tr'):\n    yield {'t': text(row, 'td'), 'd': date(row, 'td + td')}", LANGUAGE
    )
    parsed = parse_with(code, page(b"<table>" + rows), Limits(parse_seconds=60, records=3_000))
    assert len(parsed.records) == 3_000


def test_a_pdf_that_inflates_without_end_runs_out_of_memory() -> None:
    compressor = zlib.compressobj(9)
    bomb = b"".join(compressor.compress(bytes(10_000_000)) for _ in range(20)) + compressor.flush()
    body = pdf(CATALOG, PAGES, SHEET, filtered=bomb)
    code = fetcher("yield {'a': len(page.pdf_text())}")
    with pytest.raises(FetcherOutOfMemory), Worker(code, "case/0001", replace(BOMB, parse_seconds=60)) as worker:
        worker.parse(page(body))


@pytest.mark.parametrize(
    "body",
    [
        pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"),
        pdf(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"),
        pdf(CATALOG, PAGES, SHEET.replace(b"0 0 200", b"(a) 0 200")),
        pdf(CATALOG, PAGES, SHEET, b"<</Length 4 0 R>>stream\nBT\nendstream"),
        pdf(CATALOG, PAGES, SHEET, filtered=b"no zlib at all"),
        pdf(b"<</Type/Catalog/Pages 1 0 R>>"),
        b"%PDF-1.4\ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\n" + b"<<" * 20_000,
        b"%PDF-1.7\n" + b"[" * 20_000,
    ],
    ids=["own kid", "circle", "box", "length", "zlib", "catalog", "trailer", "dictionaries", "lists"],
)
def test_a_pdf_that_bites_its_tail_is_empty_or_a_page_error(pdf_reader: Worker, body: bytes) -> None:
    try:
        found = pdf_reader.parse(page(body)).records
    except FetcherRaised as error:
        found = NO_PDF if NO_PDF in str(error) else error
    assert found in ([{"a": 0}], NO_PDF)


def test_a_font_whose_map_lies_in_a_file_is_a_page_error_or_text_without_it() -> None:
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Foo-H/DescendantFonts[6 0 R]>>"
    below = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Foo)/Ordering(Bar)/Supplement 0>>>>"
    sheet = SHEET.replace(b"<<>>", b"<</Font<</F 5 0 R>>>>")
    drawing = b"<</Length 36>>stream\nBT /F 12 Tf 20 70 Td <00410042> Tj ET\nendstream"
    code = fetcher("yield {'a': len(page.pdf_text())}")
    parsed = parse_with(code, page(pdf(CATALOG, PAGES, sheet, drawing, font, below)))
    assert len(parsed.records) == 1


@pytest.mark.parametrize(
    ("call", "body"),
    [
        (
            "page.feed()",
            b'<!DOCTYPE a [<!ENTITY b "' + b"b" * 100 + b'"><!ENTITY c "&b;&b;">]><rss><item>&c;</item></rss>',
        ),
        ("page.feed()", b"<rss>" + b"<item><title>a" * 20_000),
        ("page.sitemap()", b"<urlset>" + b"<url><loc>" * 50_000),
        ("page.csv()", b"a," * 50_000 + b"\n" + b'"' * 99_999),
        ("page.json()", b'{"a":' * 50_000),
        ("page.embedded('x')", b"<script>" + b"x={" * 100_000),
        ("page.embedded('ld+json')", b"<script type='application/ld+json'>" + b"[" * 500_000),
        ("page.links('a')", b"<a href='//" + b"[" * 100_000 + b"'>x</a><a href='http://\xff\x00'>y</a>"),
        ("page.one().as_html()", b'{"a": "\\ud800"}'),
    ],
)
def test_text_that_is_made_to_explode_stays_small(call: str, body: bytes) -> None:
    code = fetcher(f"yield {{'a': len(list({call}))}}", LANGUAGE)
    try:
        [record] = parse_with(code, page(body)).records
    except FetcherRaised as error:
        record = {"a": 0 if "PageError" in str(error) else -1}
    size = record["a"]
    assert isinstance(size, int)
    assert 0 <= size <= 20_000


def test_an_exception_about_a_hostile_page_is_short_and_plain() -> None:
    given = page(b'{"a": "' + b"\\u202e\\u001b[2J" * 100_000 + b'"}')
    error = raised(fetcher("raise ValueError(page.one().first('a').value)"), given)
    assert len(str(error)) < 5_000
    assert not {"\x1b", "\u202e"} & set(str(error) + error.traceback)
    assert isinstance(error, SandboxError)
