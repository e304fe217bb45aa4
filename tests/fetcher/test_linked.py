"""Linked data by selectors: a path in the first entity of a type that has it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import Page, items, text

SAID = st.sampled_from(["name", "text", "itemListElement", "item", "@type"])
STEPS = "ld(HowTo) step lines()"
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


def told(value):
    body = json.dumps({"@type": "HowTo", "step": value})
    return items(
        Page("https://a.example/", f'<script type="application/ld+json">{body}</script>'.encode()).one(), STEPS
    )


def test_lines_of_sections_are_their_names_and_their_steps():
    section = {"@type": "HowToSection", "name": "Base", "itemListElement": [{"name": "1", "text": "Mix."}, "Bake."]}
    assert told([section, {"text": "Serve."}]) == ["Base", "1", "Mix.", "Bake.", "Serve."]


def test_a_name_that_only_begins_its_text_is_not_said_twice():
    assert told([{"name": "Mix the...", "text": "Mix the flour."}]) == ["Mix the flour."]


@pytest.mark.parametrize(
    "text",
    [
        "Mix.\nBake.",
        "<p>Mix.</p><p>Bake.</p>",
        "&lt;p&gt;Mix.&lt;/p&gt;Bake.",
        "Mix.<br>Bake.",
        ["Mix.", "<b>Bake.</b>"],
    ],
)
def test_lines_of_texts_are_read_as_markup(text):
    assert told(text) == ["Mix.", "Bake."]


def test_a_number_is_a_line():
    assert told(4) == ["4"]


@given(
    st.recursive(st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(SAID, inner))
)
def test_lines_of_anything_are_texts_without_breaks(value):
    assert all(line.strip() and "\n" not in line for line in told(value) or ())
