"""By example: a few records that stand on a page are enough to read all of them, there and on the next page."""

from __future__ import annotations

import json

import pytest

from lakehouse.agents.extract import extract
from lakehouse.agents.scout import induce
from lakehouse.agents.scout.match import agree
from lakehouse.fetcher import Page
from tests.agents.scout import pages

BUILDS = [pages.table, pages.cards, pages.headed, pages.broken, pages.framed]
LATER = [
    {"title": title, "day": day, "code": code, "url": f"/books/{code.lower()}.html"}
    for title, day, code in [
        ("Gravel and Gold", "December 1, 2025", "C-7"),
        ("Hidden Rivers", "December 12, 2025", "C-88"),
        ("Ink and Iron", "January 23, 2026", "C-909"),
        ("Juniper Lane", "February 4, 2026", "C-1010"),
    ]
]


def same(record, book):
    return all(agree(str(record.get(name)), value) for name, value in book.items())


@pytest.mark.parametrize("build", BUILDS, ids=lambda build: build.__name__)
def test_three_examples_give_all_records(build):
    page = build()
    records = extract(induce(page, pages.BOOKS[:3]), page)
    assert [same(record, book) for record, book in zip(records, pages.BOOKS, strict=True)] == [True] * 6


@pytest.mark.parametrize("build", BUILDS, ids=lambda build: build.__name__)
def test_what_was_learned_reads_a_later_page_of_the_same_build(build):
    blueprint = induce(build(), pages.BOOKS)
    records = extract(blueprint, build(LATER))
    assert [same(record, book) for record, book in zip(records, LATER, strict=True)] == [True] * 4


def test_only_the_fields_that_were_shown_are_given():
    page = pages.cards()
    blueprint = induce(page, [{"title": book["title"], "code": book["code"]} for book in pages.BOOKS[:2]])
    assert {field.name for field in blueprint.fields} == {"title", "code"}


def test_days_may_be_written_otherwise_than_on_the_page():
    page = pages.table()
    blueprint = induce(
        page, [{"title": pages.TITLES[0], "day": "2024-03-03"}, {"title": pages.TITLES[1], "day": "2024-04-14"}]
    )
    assert [record["day"] for record in extract(blueprint, page)][:2] == pages.DAYS[:2]


def test_addresses_may_be_relative_and_come_out_absolute():
    page = pages.cards()
    blueprint = induce(page, [{"title": book["title"], "url": book["url"]} for book in pages.BOOKS[:2]])
    assert extract(blueprint, page)[3]["url"] == "https://library.example/books/b-422.html"


def test_one_example_of_a_row_is_enough():
    page = pages.table()
    assert len(extract(induce(page, pages.BOOKS[:1]), page)) == 6


def test_values_of_a_page_about_one_thing_are_found_in_its_linked_data_first():
    page = pages.entity()
    blueprint = induce(page, [{"dish": "Leek soup", "parts": "2 leeks\n1 onion\n500 ml stock\nsalt\ncream"}])
    assert extract(blueprint, page) == [
        {"dish": "Leek soup", "parts": ["2 leeks", "1 onion", "500 ml stock", "salt", "cream"]}
    ]
    assert blueprint.fields[0].selectors[0] == "ld(Dish) name"


def test_values_that_stand_only_in_the_text_are_found_there():
    page = pages.entity()
    blueprint = induce(page, [{"dish": "Leek soup", "parts": "2 leeks\n1 onion\n500 ml stock"}])
    assert extract(blueprint, page)[0]["parts"] == ["2 leeks", "1 onion", "500 ml stock"]


def test_examples_that_are_nowhere_on_the_page_give_no_field():
    page = pages.cards()
    assert induce(page, [{"title": "Something else"}]).fields == ()


def recipe(name: str, file: str) -> Page:
    body = (
        f"<img src='/looks/logo.png'><main><h1>{name}</h1><img src='../pictures/{file}.jpg'>"
        f"<p class=by>by Ada</p><ul><li>flour for {name}</li><li>salt for {name}</li></ul></main>"
    )
    pictures = [f"https://cdn.example/w_{size}/{file}.jpg" for size in (1600, 800)]
    head = "".join(f'<meta property="og:image:{n}" content="{url}">' for n, url in enumerate(pictures))
    linked = json.dumps({"@type": "Recipe", "name": name, "image": pictures})
    script = f'<script type="application/ld+json">{linked}</script>'
    return Page(
        "https://kitchen.example/recipes/x.html",
        f"<html><head>{head}{script}</head><body>{body}</body></html>".encode(),
    )


def test_of_pictures_of_one_name_the_one_that_was_shown_is_learned():
    wanted = {
        "title": "Soda bread",
        "image": "https://cdn.example/w_800/soda.jpg",
        "parts": "flour for Soda bread\nsalt for Soda bread",
    }
    (record,) = extract(induce(recipe("Soda bread", "soda"), [wanted]), recipe("Rye bread", "rye"))
    assert record["image"] == "https://cdn.example/w_800/rye.jpg"


def test_a_picture_that_only_an_element_points_to_is_found_by_its_place():
    wanted = {
        "title": "Soda bread",
        "image": "../pictures/soda.jpg",
        "parts": "flour for Soda bread\nsalt for Soda bread",
    }
    (record,) = extract(induce(recipe("Soda bread", "soda"), [wanted]), recipe("Rye bread", "rye"))
    assert record["image"] == "https://kitchen.example/pictures/rye.jpg"
