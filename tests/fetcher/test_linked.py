"""Linked data by selectors: a path in the first entity of a type that has it."""

from lakehouse.fetcher import Page, items, text

PAGE = Page(
    "https://a.example/",
    b"""<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Site"},
    {"@type": ["Thing", "https://schema.org/Dish"], "name": "Soup", "parts": ["leek", "salt"],
    "by": {"name": "Ada"}, "note": ""},
    {"@type": "Dish", "name": "Stew", "note": "hot"}]}</script><h1>Heading</h1>""",
)


def test_the_first_entity_of_the_type_answers():
    assert text(PAGE.one(), "ld(Dish) name") == "Soup"


def test_paths_lead_into_entities():
    assert text(PAGE.one(), "ld(Dish) by.name") == "Ada"


def test_lists_are_items():
    assert items(PAGE.one(), "ld(Dish) parts") == ["leek", "salt"]


def test_an_entity_without_the_value_is_passed_over():
    assert text(PAGE.one(), "ld(Dish) note") == "hot"


def test_where_no_entity_has_it_the_next_selector_answers():
    assert text(PAGE.one(), "ld(Person) name", "h1") == "Heading"
