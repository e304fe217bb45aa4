"""After warming, no parse opens a file or imports a module."""

import json
import sys
from subprocess import run

from lakehouse.fetcher.warming import tiny_pdf

WATCH = """
import json, sys
from lakehouse.fetcher import warm
warm(pdf={pdf})
modules, seen = set(sys.modules), []
sys.addaudithook(lambda event, args: seen.append(f"{{event}} {{args[0]}}") if event in ("open", "os.listdir") else None)
{work}
print(json.dumps([seen, sorted(set(sys.modules) - modules)]))
"""
READ_ALL = """
from lakehouse.fetcher import Page, boolean, date, datetime, items, link, money, number, text
from lakehouse.fetcher.months import NAMES
from lakehouse.fetcher.zones import ZONES
from lakehouse.fetcher.decode import CHARSETS

for charset in [*CHARSETS, "latin-1", "us-ascii", "gb2312", "rot13", "no-such-charset", "palmos", "hz"]:
    Page("https://a.example/", b"<p>x \\xe9", f"text/html; charset={charset}").text
body = b"<meta charset=latin1><dl><dt>Filed<dd>31 Jan 2024 10:00 CET</dl><a href=/x>1.5 EUR</a><script>x={a:1}</script>"
page = Page("https://a.example/", body)
node = page.one()
for locale in NAMES:
    date(node, "label(Filed)", locale=locale)
for zone in ZONES:
    datetime(node, "label(Filed)", tz=zone)
    datetime(Page("https://a.example/", b'["2024-07-01 10:00"]').json()[0], tz=zone)
[reader(node, "a", "preceding(h1)") for reader in (text, link, items, money, number, boolean)]
page.embedded("x"), page.embedded("ld+json"), list(page.links("a")), page.csv()
Page("https://a.example/", b"<rss><item><title>&eacute;</title></item></rss>").feed()
Page("https://a.example/", b"<urlset><url><loc>x</loc></url></urlset>").sitemap()
Page("https://a.example/", b'{"a": [1.5]}').json("a[*]")
"""


def watched(work, *, pdf):
    result = run([sys.executable, "-c", WATCH.format(pdf=pdf, work=work)], capture_output=True, text=True, check=True)
    return json.loads(result.stdout)


def test_no_reader_opens_a_file_or_loads_a_module():
    assert watched(READ_ALL, pdf=False) == [[], []]


def test_no_pdf_opens_a_file_or_loads_a_module():
    read = f"Page('https://a.example/', {tiny_pdf()!r}).pdf(columns=['a'])"
    work = f"from lakehouse.fetcher import Page\nassert {read}"
    assert watched(work, pdf=True) == [[], []]


def test_the_tiny_pdf_holds_one_row():
    from lakehouse.fetcher import Page

    page = Page("https://a.example/", tiny_pdf())
    assert [row.value for row in page.pdf(columns=["name", "fee"])] == [{"name": "Name", "fee": "Fee"}]
    assert page.pdf_text() == ["Name Fee"]
