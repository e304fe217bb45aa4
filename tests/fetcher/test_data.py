"""Nodes of JSON and other values."""

from decimal import Decimal

import pytest

from lakehouse.fetcher import Page, text

BODY = b'{"data": {"items": [{"id": 1, "tags": ["a"]}, {"id": 2}]}, "none": null, "price": 1.10}'
PAGE = Page("https://a.example/", BODY, "application/json")


def test_the_empty_path_is_the_whole_document():
    assert [node.attr("price") for node in PAGE.json()] == [Decimal("1.10")]


def test_a_path_to_a_list_gives_its_items():
    assert [text(node, "id") for node in PAGE.json("data.items")] == ["1", "2"]
    assert [node.value for node in PAGE.json("data.items[*].id")] == [1, 2]
    assert [node.value for node in PAGE.json("data.items[0].tags")] == ["a"]


def test_a_path_to_nothing_gives_no_nodes():
    assert PAGE.json("zzz") == []
    assert PAGE.json("none") == []


def test_a_list_at_the_top_gives_its_items():
    assert [node.value for node in Page("https://a.example/", b"[1, 2]").json()] == [1, 2]


def test_iterating_gives_the_children():
    assert [node.value for node in PAGE.json("data.items")[0]] == [1, ["a"]]
    assert [node.value for node in PAGE.json("price")[0]] == []


def test_decimals_are_exact():
    assert str(PAGE.one("price").value) == "1.10"


def test_one_gives_an_empty_node_where_nothing_is():
    assert text(PAGE.one("zzz"), "a") is None
    assert text(Page("https://a.example/", b"<p>x").one("article"), "p") is None


@pytest.mark.parametrize("selector", ["a.b", ".judge", "td:nth-child(1)", "label(Filed)", "@href"])
def test_in_a_piece_that_is_not_there_any_selector_finds_nothing(selector):
    missing = Page("https://a.example/", b"<p>x").one("article")
    assert missing.select(selector) == []
    assert missing.first(selector) is None
    assert text(missing, selector) is None


def test_a_node_joins_its_list_and_keeps_its_order():
    assert PAGE.one("data.items[0].tags").text == "a"
    assert [child.text for child in PAGE.one("data.items")] == ['{"id": 1, "tags": ["a"]}', '{"id": 2}']
