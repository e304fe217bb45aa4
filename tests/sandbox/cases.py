"""Fetchers to run: whole ones, and a body of `parse` that is put into one."""

from __future__ import annotations

import textwrap

from lakehouse.sandbox import Limits, PageInput, Parsed, Worker
from lakehouse.sandbox.worker import ALL_LAYERS

LIMITS = Limits(parse_seconds=5, memory=256 << 20, cpu_seconds=20, output=1 << 20, records=1_000, requests=100)
LOCKS = ALL_LAYERS - {"static", "facade"}

OPINIONS = '''
"""Fetcher of `opinions`."""
from lakehouse.fetcher import Request, date, link, text

ROWS = "table tr:has(td)"


def start():
    yield Request("https://courts.example/opinions", headers={"Accept": "text/html"}, meta={"page": 1})


def follow(page):
    yield from page.links("a[rel=next]")


def parse(page):
    for row in page.select(ROWS):
        yield {
            "title": text(row, "td:nth-child(1) a"),
            "docket": text(row, "[data-col=docket]", "td:nth-child(2)"),
            "filed": date(row, "td:nth-child(3)", order="MDY"),
            "url": link(row, "td a"),
        }
'''

LISTING = b"""<table><tr><th>Case<th>Docket<th>Filed</tr>
<tr><td><a href="/o/1">Ada v. Babbage</a><td data-col=docket>26-1<td>11/18/2026</tr>
<tr><td><a href="/o/2">Curie v. Dirac</a><td>26-2<td>11/19/2026</tr>
<tr><td><a href="/o/3">Euler v. Fermat</a><td><td>soon</tr></table><a rel=next href="?page=2">Next</a>"""


def fetcher(body: str, top: str = "") -> str:
    """Return a module whose `parse` has this body."""
    lines = textwrap.indent(textwrap.dedent(body), "    ")
    return f"{textwrap.dedent(top)}\n\ndef start():\n    return []\n\n\ndef parse(page):\n{lines}\n"


def page(
    body: bytes = b"<p>hello</p>", url: str = "https://courts.example/opinions", content_type: str = ""
) -> PageInput:
    return PageInput(url, body, content_type)


def parse_with(code: str, given: PageInput | None = None, limits: Limits = LIMITS, without: str = "") -> Parsed:
    """Run `parse` of one page; `without` names the layers to leave open."""
    with Worker(code, "case/0001", limits, _layers=ALL_LAYERS - set(without.split())) as worker:
        return worker.parse(given or page())
