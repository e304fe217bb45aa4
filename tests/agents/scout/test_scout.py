"""The scout by itself: what stands on a page comes out as records, whatever the page is built of."""

from __future__ import annotations

import pytest

from lakehouse.agents.extract import extract
from lakehouse.agents.scout import scout
from lakehouse.agents.scout.match import agree
from lakehouse.fetcher import Page
from tests.agents.scout import pages

BUILDS = [pages.table, pages.cards, pages.headed, pages.broken, pages.grouped, pages.framed]


def said(record):
    return [str(value) for value in record.values() if value]


def holds(record, value):
    return any(agree(one, value) for one in said(record))


@pytest.mark.parametrize("build", BUILDS, ids=lambda build: build.__name__)
def test_there_is_one_record_for_each_book(build):
    page = build()
    records = extract(scout(page), page)
    assert len([record for record in records if any(holds(record, title) for title in pages.TITLES)]) == len(
        pages.BOOKS
    )


@pytest.mark.parametrize("build", BUILDS, ids=lambda build: build.__name__)
def test_each_record_has_title_and_address_of_its_book(build):
    page = build()
    records = extract(scout(page), page)
    for book in pages.BOOKS:
        assert any(holds(record, book["title"]) and holds(record, book["url"]) for record in records)


@pytest.mark.parametrize(
    "build", [pages.table, pages.cards, pages.headed, pages.framed], ids=lambda build: build.__name__
)
def test_days_and_codes_are_fields_of_their_own(build):
    page = build()
    records = extract(scout(page), page)
    for book in pages.BOOKS:
        assert any(holds(record, book["day"]) and holds(record, book["code"]) for record in records)


def test_a_day_that_stands_above_several_rows_belongs_to_each_of_them():
    page = pages.grouped()
    records = extract(scout(page), page)
    second = next(record for record in records if holds(record, pages.TITLES[1]))
    assert holds(second, pages.DAYS[0])


def test_the_navigation_is_not_the_list():
    page = pages.cards()
    assert not any(holds(record, "About us") for record in extract(scout(page), page))


def test_a_header_row_is_no_record():
    page = pages.table()
    assert not any(holds(record, "Title") for record in extract(scout(page), page))


def test_no_more_than_sixteen_fields_are_offered():
    page = pages.framed()
    assert 0 < len(scout(page).fields) <= 16


def test_hashed_classes_are_not_leant_on():
    blueprint = scout(pages.cards())
    selectors = [blueprint.rows.selector, *(selector for field in blueprint.fields for selector in field.selectors)]
    assert not any("css-9x8y7z" in selector for selector in selectors)


def test_field_names_are_all_different():
    names = [field.name for field in scout(pages.framed()).fields]
    assert len(names) == len(set(names))


def test_a_page_about_one_thing_gives_one_record_with_its_lists():
    page = pages.entity()
    blueprint = scout(page)
    [record] = extract(blueprint, page)
    assert blueprint.kind == "detail"
    assert record["name"] == "Leek soup"
    assert record["author"] == "Ada"
    assert record["ingredients"] == ["2 leeks", "1 onion", "500 ml stock", "salt", "cream"]
    assert record["steps"] == ["Cut the leeks.", "Boil all."]


def test_a_page_with_nothing_on_it_gives_a_blueprint_without_fields():
    page = pages.Page("https://empty.example/", b"<html><body></body></html>")
    assert scout(page).fields == ()


def article(body: str, kind: str = "article") -> Page:
    related = "".join(f'<li class="more"><a href="/n/{n}">Another story, number {n}</a></li>' for n in range(9))
    head = f'<head><meta property="og:type" content="{kind}"></head>'
    text = "The harbour opened again on Monday after a winter of repairs to its northern wall. " * 25
    return Page(
        "https://paper.example/harbour",
        f"<html>{head}<body>{body}<p>{text}</p><h2>More</h2><ul>{related}</ul></body></html>".encode(),
    )


def test_a_page_about_one_thing_is_one_record_whatever_stands_beside_it():
    assert scout(article("<h1>Harbour opens</h1>")).kind == "detail"


@pytest.mark.parametrize(
    ("body", "kind"), [("<h1>Harbour opens</h1>", "website"), ("<h1>Harbour</h1><h1>News</h1>", "article")]
)
def test_a_page_that_says_otherwise_or_has_several_headings_is_a_listing(body, kind):
    assert scout(article(body, kind)).kind == "listing"


def test_a_list_that_fills_the_page_is_a_listing_though_it_is_called_an_article():
    lines = "".join(f"<li class=case><a href='/c/{n}'>Case of the {n} ships</a> heard in May</li>" for n in range(20))
    page = Page(
        "https://court.example/",
        f'<html><head><meta property="og:type" content="article"></head><body><h1>Cases</h1><ul>{lines}</ul>'.encode(),
    )
    assert scout(page).kind == "listing"
