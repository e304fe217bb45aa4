"""What a site writes in any of its formats is found without help and read back exactly as it was written."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.sax.saxutils import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.agents.extract import extract
from lakehouse.agents.scout.formats import findings
from lakehouse.fetcher import Page
from tests.agents.scout.formats.answers import answer

WORDS = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyzäéñß", min_size=2, max_size=9), min_size=2, max_size=4
).map(" ".join)  # fmt: skip
TITLES = st.lists(WORDS, min_size=4, max_size=9, unique=True)
STEPS = st.lists(st.text("abcxyz_.- []'\"é日", min_size=1, max_size=8), max_size=6)


def ships(titles: list[str]) -> list[dict[str, Any]]:
    """Give a record for each title."""
    return [{"ship_id": f"S-{n:03}x", "title": title, "crew": 3 * n + 1} for n, title in enumerate(titles)]


def wrapped(records: Any, steps: list[str]) -> Any:
    """Put records at the end of a path, with a little beside them at every step."""
    for step in reversed(steps):
        records = {"ok" * 5: True, step: records}
    return records


def said(page: Page) -> list[list[str]]:
    """Give the values of the best finding as text."""
    return [[str(value) for value in record.values()] for record in extract(findings(page)[0], page)]


@given(TITLES, STEPS)
def test_records_of_json_come_back_from_any_nesting(titles: list[str], steps: list[str]) -> None:
    page = answer(wrapped(ships(titles), steps))
    records = extract(findings(page)[0], page)
    assert [(record["ship_id"], record["title"]) for record in records] == [
        (ship["ship_id"], ship["title"]) for ship in ships(titles)
    ]


@given(TITLES, STEPS, st.sampled_from(["node", "attributes", "fields", "item"]))
def test_records_of_json_come_back_from_what_holds_each_of_them(
    titles: list[str], steps: list[str], holder: str
) -> None:
    page = answer(wrapped([{holder: ship} for ship in ships(titles)], steps))
    assert [record["title"] for record in extract(findings(page)[0], page)] == titles


@given(TITLES)
def test_json_by_lines_comes_back_line_by_line(titles: list[str]) -> None:
    lines = "\n".join(json.dumps(ship) for ship in ships(titles))
    page = Page("https://a.example/ships.ndjson", lines.encode(), "application/x-ndjson")
    assert [record["title"] for record in extract(findings(page)[0], page)] == titles


@given(TITLES, st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_tables_come_back_with_any_delimiter(titles: list[str], delimiter: str, end: str, quoted: bool) -> None:
    out = io.StringIO()
    style = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    writer = csv.DictWriter(out, ["ship_id", "title", "crew"], delimiter=delimiter, lineterminator=end, quoting=style)
    writer.writeheader()
    writer.writerows(ships(titles))
    page = Page("https://a.example/ships.csv", out.getvalue().encode(), "text/csv; charset=utf-8")
    found = extract(findings(page)[0], page)
    assert [(record["ship_id"], record["title"], record["crew"]) for record in found] == [
        (ship["ship_id"], ship["title"], ship["crew"]) for ship in ships(titles)
    ]


@given(TITLES)
def test_cells_that_hold_delimiters_quotes_and_line_ends_come_back(titles: list[str]) -> None:
    rows = [(f"S-{n:03}x", f'{title}, "old"; {n}', f"first\nof {title}") for n, title in enumerate(titles)]
    out = io.StringIO()
    csv.writer(out).writerows([("Ship", "Called", "Story"), *rows])
    page = Page("https://a.example/ships.csv", out.getvalue().encode(), "text/csv")
    found = extract(findings(page)[0], page)
    assert [record["ship"] for record in found] == [row[0] for row in rows]
    assert [record["called"] for record in found] == [row[1] for row in rows]


@given(TITLES)
def test_entries_of_a_feed_come_back(titles: list[str]) -> None:
    entries = "".join(
        f"<item><title>{escape(title)}</title><link>https://a.example/ship/{n}</link></item>"
        for n, title in enumerate(titles)
    )
    text = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Ships</title>{entries}</channel></rss>"
    page = Page("https://a.example/feed", text.encode(), "application/rss+xml; charset=utf-8")
    assert findings(page)[0].kind == "feed"
    for n, (title, values) in enumerate(zip(titles, said(page), strict=True)):
        assert {title, f"https://a.example/ship/{n}"} <= set(values)


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=20, unique=True))
def test_addresses_of_a_sitemap_come_back(numbers: list[int]) -> None:
    addresses = [f"https://a.example/ship/{number}" for number in numbers]
    entries = "".join(f"<url><loc>{address}</loc></url>" for address in addresses)
    text = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</urlset>"
    page = Page("https://a.example/sitemap.xml", text.encode(), "application/xml")
    assert [address for values in said(page) for address in values] == addresses


@settings(max_examples=50)
@given(TITLES, st.sampled_from(["window.FLEET = {};", "var fleet = {};", "self.fleet={}"]))
def test_data_in_a_script_comes_back(titles: list[str], assignment: str) -> None:
    script = assignment.format(json.dumps({"ready": True, "ships": ships(titles)}))
    page = Page(
        "https://a.example/",
        f"<html><body><script>{script}</script></body></html>".encode(),
        "text/html; charset=utf-8",
    )
    best = findings(page)[0]
    assert (best.kind, best.rows.selector) == ("embedded", "ships")
    assert [record["title"] for record in extract(best, page)] == titles
