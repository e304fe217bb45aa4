"""Whole fetchers as people and the doctor write them, one for each kind of page."""

import datetime as dt
from decimal import Decimal

import pytest

from lakehouse.fetcher import Money, Page, Request, Unread, boolean, date, datetime, items, link, money, number, text
from lakehouse.fetcher.warming import tiny_pdf

URL = "https://courts.example/list"


def listing(page):
    for row in page.select("table.list tr:has(td)"):
        yield {
            "title": text(row, "td:nth-child(1) a"),
            "docket": text(row, "[data-col=docket]", "td:nth-child(2)"),
            "filed": date(row, "time", "td:nth-child(3)", order="MDY"),
            "url": link(row, "td a"),
        }


def grouped(page):
    for entry in page.select("ul.day > li"):
        yield {
            "day": date(entry, "preceding(h3)", locale="de"),
            "title": text(entry, "a"),
            "court": text(entry, pattern=r"\(([^)]+)\)$"),
        }


def detail(page):
    node = page.one("main")
    yield {
        "name": text(node, "h1"),
        "judge": text(node, ".judge", "label(Judge)"),
        "fee": money(node, "label(Fee)"),
        "sealed": boolean(node, "label(Sealed)"),
        "counsel": items(node, "section.counsel li"),
    }


def api(page):
    for row in page.json("data.cases"):
        yield {
            "id": number(row, "id"),
            "at": datetime(row, "filed_at"),
            "parties": items(row, "parties[*].name"),
            "url": link(row, "links.html"),
        }


def linked_data(page):
    for recipe in page.embedded("ld+json"):
        if text(recipe, "@type") == "Recipe":
            yield {
                "name": text(recipe, "name"),
                "ingredients": items(recipe, "recipeIngredient"),
                "minutes": number(recipe, "totalTime"),
            }


def records(parse, body, content_type="text/html"):
    page = Page(URL, body.encode() if isinstance(body, str) else body, content_type)
    return list(parse(page))


def test_a_listing_gives_a_record_for_each_row():
    body = """<table class=list><tr><th>Title<th>Docket<th>Filed
    <tr><td><a href=o/1>Smith v. Jones</a><td data-col=docket>12-3<td><time>01/31/2024</time>
    <tr><td><a href=o/2>In re <i>Doe</i></a><td>12-4<td>2/1/24</table>"""
    assert records(listing, body) == [
        {
            "title": "Smith v. Jones",
            "docket": "12-3",
            "filed": dt.date(2024, 1, 31),
            "url": "https://courts.example/o/1",
        },
        {"title": "In re Doe", "docket": "12-4", "filed": dt.date(2024, 2, 1), "url": "https://courts.example/o/2"},
    ]


def test_a_listing_without_rows_gives_nothing():
    assert records(listing, "<table class=list><tr><th>Title</table><p>No opinions today.") == []


def test_a_row_that_changed_its_form_says_so_field_by_field():
    body = "<table class=list><tr><td>Smith<td>12-3<td>31 janvier</table>"
    (record,) = records(listing, body)
    assert record["title"] is None
    assert record["filed"] == Unread("31 janvier", "date", "no date is there")
    assert record["url"] is None


def test_rows_under_headings_carry_the_day_of_their_heading():
    body = """<h3>Montag, 3. Juni 2024</h3><ul class=day><li><a>A</a> (Berlin)<li><a>B</a> (Köln)</ul>
    <h3>4. Juni 2024</h3><ul class=day><li><a>C</a></ul>"""
    assert records(grouped, body) == [
        {"day": dt.date(2024, 6, 3), "title": "A", "court": "Berlin"},
        {"day": dt.date(2024, 6, 3), "title": "B", "court": "Köln"},
        {"day": dt.date(2024, 6, 4), "title": "C", "court": None},
    ]


def test_a_detail_page_is_one_record():
    body = """<header>Judge: nobody</header><main><h1>Smith<br>v. Jones</h1>
    <dl><dt>Judge<dd>A. Roe<dt>Fee:<dd>$1,250<dt>Sealed?<dd>x</dl><p>Sealed: no</p>
    <section class=counsel><ul><li>B. Poe<li><b>C.</b> Moe</ul></section></main>"""
    assert records(detail, body) == [
        {
            "name": "Smith v. Jones",
            "judge": "A. Roe",
            "fee": Money(Decimal(1250), "USD"),
            "sealed": False,
            "counsel": ["B. Poe", "C. Moe"],
        }
    ]


def test_an_api_gives_typed_records():
    body = """{"data": {"cases": [
        {"id": 7, "filed_at": "2024-01-31T10:00:00+02:00",
         "parties": [{"name": "Smith"}, {"name": "Jones"}], "links": {"html": "/c/7"}},
        {"id": 8, "filed_at": null, "parties": []}]}}"""
    assert records(api, body, "application/json") == [
        {
            "id": 7,
            "at": dt.datetime(2024, 1, 31, 8, tzinfo=dt.UTC),
            "parties": ["Smith", "Jones"],
            "url": "https://courts.example/c/7",
        },
        {"id": 8, "at": None, "parties": None, "url": None},
    ]


def test_linked_data_gives_the_entities_of_one_type():
    body = """<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "name": "x"},
    {"@type": "Recipe", "name": "Soup", "recipeIngredient": ["1 l water", "salt"], "totalTime": "PT40M"}]}</script>"""
    (record,) = records(linked_data, body)
    assert record["ingredients"] == ["1 l water", "salt"]
    assert record["minutes"] == Unread("PT40M", "number", "the number is shortened by 'M'")


def test_the_same_page_gives_the_same_records_and_the_same_trace_each_time():
    body = "<table class=list><tr><td><a href=1>A</a><td>1<td>1/2/2024</table>"
    pages = [Page(URL, body.encode()) for _ in range(2)]
    assert list(listing(pages[0])) == list(listing(pages[1]))
    assert pages[0].answers == pages[1].answers


def test_following_asks_for_each_next_page_once():
    page = Page(f"{URL}?p=1", b"<a rel=next href='?p=2'>2</a><a rel=next href='?p=2'>next</a>")
    assert list(page.links("a[rel=next]")) == [Request(f"{URL}?p=2")]


@pytest.mark.parametrize("parse", [listing, grouped, detail, linked_data])
@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"<", b"<html>" * 50, b"\x00" * 100, tiny_pdf(), b'{"a": 1}'])
def test_a_page_of_rubbish_never_raises(parse, body):
    assert all(not any(value for value in record.values()) for record in records(parse, body))
