"""The entity that a page is about: the one that says most, and is no furniture of the site."""

from __future__ import annotations

from lakehouse.agents.scout.entities import main_entity, values_of

SITE = {"@type": "WebSite", "name": "Site", "url": "https://a.example/", "description": "All", "inLanguage": "en"}
DISH = {
    "@type": "Dish",
    "name": "Soup",
    "author": {"@type": "Person", "name": "Ada"},
    "image": ["https://a.example/1.jpg", "https://a.example/2.jpg"],
    "parts": ["leek", "salt"],
    "steps": [{"@type": "Step", "text": "Cut."}, {"@type": "Step", "text": "Boil."}],
    "sections": [{"@type": "Section", "name": "A", "itemListElement": [{"@type": "Step", "text": "Stir."}]}],
    "publisher": {"name": "House"},
    "empty": "",
}


def paths(entity):
    return {value.path: value.many for value in values_of(entity)}


def test_furniture_of_a_site_is_not_what_a_page_is_about():
    assert main_entity([SITE, DISH]) is DISH
    assert main_entity([SITE]) is None


def test_plain_values_lists_and_names_of_others_are_told_by_their_paths():
    told = paths(DISH)
    assert told["name"] is False
    assert told["author.name"] is False
    assert told["parts"] is True
    assert told["steps[*].text"] is True


def test_lists_inside_sections_are_one_list():
    assert paths(DISH)["sections[*].itemListElement[*].text"] is True


def test_the_first_picture_is_a_value_of_its_own():
    assert paths(DISH)["image[0]"] is False


def test_side_issues_and_empty_values_are_left_out():
    assert not {"publisher.name", "empty"} & paths(DISH).keys()
