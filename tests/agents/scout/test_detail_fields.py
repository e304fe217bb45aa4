"""One record of a detail page: structured data first, each value once, each name once, every field readable."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.agents.extract import read_field
from lakehouse.agents.scout.detail import detail
from lakehouse.agents.scout.entities import main_entity, side_values, values_of
from lakehouse.fetcher import Page
from lakehouse.fetcher.paths import find
from tests.agents.scout.trees import page_of, tree_of

KEYS = st.sampled_from(["name", "maker", "made-in", "size", "colour", "weight"])
PLAIN = st.one_of(st.text(alphabet="abcdefgh", min_size=1, max_size=8), st.integers(1, 999))
VALUES = st.one_of(PLAIN, st.builds(lambda value: {"name": value}, PLAIN), st.lists(PLAIN, min_size=1, max_size=5))


def fields_of(page: Page) -> dict[str, object]:
    return {field.name: read_field(page.one(), field) for field in detail(page, tree_of(page)).fields}


def linked(entity: object, body: str = "") -> Page:
    return page_of(f'<script type="application/ld+json">{json.dumps(entity)}</script>{body}')


@given(st.dictionaries(KEYS, VALUES, min_size=1))
def test_every_path_of_an_entity_leads_to_its_sample(entity):
    for value in values_of(entity):
        found = list(find(entity, value.path))
        assert found == [value.sample] or found == value.sample


@settings(max_examples=30)
@given(st.dictionaries(KEYS, VALUES, min_size=1))
def test_no_two_fields_have_one_name_or_one_value(entity):
    page = linked({"@type": "Tool", **entity}, "<h1>Rip saw</h1><dl><dt>Fee<dd>3 EUR</dl>")
    fields = detail(page, tree_of(page)).fields
    values = ["".join(str(read_field(page.one(), field)).split()).casefold() for field in fields]
    assert len({field.name for field in fields}) == len(fields)
    assert len(set(values)) == len(values)
    assert all(values)


def test_linked_data_comes_before_the_text_that_says_the_same():
    page = linked({"@type": "Tool", "name": "Rip saw", "maker": {"name": "Ann"}}, "<h1>Rip  saw</h1><p>by Ann")
    fields = detail(page, tree_of(page)).fields
    assert [field.selectors for field in fields][:2] == [("ld(Tool) name",), ("ld(Tool) maker.name",)]
    assert "title" not in {field.name for field in fields}


def test_microdata_of_one_thing_is_read_by_its_properties():
    body = (
        "<div itemscope itemtype='https://schema.org/Tool'><h2 itemprop=toolName>Rip</h2><i itemprop=size>12</i></div>"
    )
    assert fields_of(page_of(body)).items() >= {"tool_name": "Rip", "size": "12"}.items()


def test_keys_that_are_no_words_still_give_names():
    assert fields_of(linked({"@type": "Tool", "made-in": "Ulm", "bladeSize": 12})) == {
        "made_in": "Ulm",
        "blade_size": "12",
    }


def test_labels_of_a_definition_list_are_fields():
    assert fields_of(page_of("<h1>Rip</h1><dl><dt>Made in:<dd>Ulm<dt>Fee<dd>3 EUR</dl>")) == {
        "title": "Rip",
        "made_in": "Ulm",
        "fee": "3 EUR",
    }


def test_a_page_that_says_nothing_has_no_fields_and_no_weight():
    page = page_of("<p>Hello</p>")
    assert detail(page, tree_of(page)) == ([], 0)


def test_the_entity_that_says_more_is_what_the_page_is_about():
    short, long = {"@type": "Tool", "name": "Rip"}, {"@type": "Tool", "name": "Rip", "size": 12, "maker": "Ann"}
    assert main_entity([short, "text", long, None]) is long
    assert main_entity([{"name": "without a type"}]) is None


def test_side_issues_are_told_apart_and_only_in_plain_words():
    entity = {"@id": "#1", "name": "Rip", "keywords": "saw, wood", "review": {"name": "Good"}, "inLanguage": "en"}
    assert {value.path for value in side_values(entity)} == {"keywords", "inLanguage"}
    assert {value.path for value in values_of(entity)} == {"name"}


def test_entries_of_linked_data_are_read_with_sections_that_another_page_may_have():
    steps = [{"@type": "HowToStep", "text": text} for text in ("Saw the boards.", "Sand the edges.")]
    page = linked({"@type": "HowTo", "name": "Shelf", "step": steps})
    (field,) = (field for field in detail(page, tree_of(page)).fields if field.name == "step")
    sections = [{"@type": "HowToSection", "name": "For the door", "itemListElement": steps}]
    parted = linked({"@type": "HowTo", "name": "Cupboard", "step": sections})
    assert read_field(page.one(), field) == ["Saw the boards.", "Sand the edges."]
    assert read_field(parted.one(), field) == ["For the door", "Saw the boards.", "Sand the edges."]
