"""What all readers of single values do before they read: find, cut, and choose the selector that answers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lakehouse.fetcher import OptionError, Page, Unread, boolean, date, items, money, number, text
from lakehouse.fetcher.node import Node


def json(body: str) -> Node:
    return Page("https://a.example/", body.encode(), "application/json").one()


def test_a_value_that_cannot_be_read_does_not_pass_the_question_on() -> None:
    node = json('{"a": "soon", "b": "2024-05-06"}')
    found = date(node, "a", "b")
    assert isinstance(found, Unread)
    assert found.raw == "soon"
    assert str(date(node, "nothing", "b")) == "2024-05-06"


@pytest.mark.parametrize("nothing", ['""', "null", "[]"])
def test_what_is_empty_passes_the_question_on(nothing: str) -> None:
    node = json(f'{{"a": {nothing}, "b": "5"}}')
    assert number(node, "a", "b") == 5
    assert node.page.answers[-1].index == 1


def test_zero_and_no_are_answers() -> None:
    node = json('{"zero": 0, "no": false, "b": 7}')
    assert number(node, "zero", "b") == 0
    assert boolean(node, "no", "b") is False
    assert text(node, "no", "b") == "false"
    assert [answer.index for answer in node.page.answers] == [0, 0, 0]


def test_a_blank_is_empty_after_it_was_cut() -> None:
    node = Page("https://a.example/", b"<p>Fee: </p><b> 5 </b>").one()
    assert number(node, "p", "b", after="Fee:") is None
    assert number(node, "p", "b") == Unread("Fee:", "number", "no number is there")
    assert text(node, "p", after="Fee:", default="free") == "free"


def test_each_cut_works_on_what_the_one_before_left() -> None:
    node = Page("https://a.example/", b"<p>x [a: 1|b: 2|c: 3] [d: 4|e: 5]</p>").one()
    assert text(node, "p", after="[", before="]", separator="|", part=1) == "b: 2"
    assert number(node, "p", after="[", before="]", separator="|", part=-1, pattern=r": (\d)") == 3
    assert text(node, "p", after="[", before="]", separator="|", part=3) is None
    assert text(node, "p", after="[", before="]", separator="|", part=-4) is None


@pytest.mark.parametrize(
    ("pattern", "found"),
    [(r"\d+", "12"), (r"No\. (\d+)", "12"), (r"(x)?12", None), (r"(?:No)\.", "No."), (r"(\d)(\d)", "1"), (r"z", None)],
)
def test_a_pattern_gives_its_first_group_or_all_that_it_matched(pattern: str, found: str | None) -> None:
    assert text(Page("https://a.example/", b"<p>No. 12</p>").one(), "p", pattern=pattern) == found


def test_a_number_of_json_that_is_cut_is_text_first() -> None:
    node = json('{"n": 1234.50}')
    assert number(node, "n") == Decimal("1234.50")
    assert number(node, "n", pattern=r"^(\d\d)") == 12


def test_an_object_and_a_list_are_read_as_text_only() -> None:
    node = json('{"o": {"a": [1, null, "x"]}, "l": [1, ["two", []], {"b": 3}]}')
    assert text(node, "o") == '{"a": [1, null, "x"]}'
    assert text(node, "l") == '1, two, {"b": 3}'
    assert items(node, "l") == ["1", "two", '{"b": 3}']
    assert isinstance(boolean(node, "o"), Unread)


def test_options_are_checked_where_nothing_is_there_to_read() -> None:
    node = json("{}")
    for wrong in (
        lambda: date(node, "a", order="YDM"),
        lambda: date(node, "a", locale="xx"),
        lambda: number(node, "a", decimal=";"),
        lambda: money(node, "a", currency="euro"),
    ):
        with pytest.raises(OptionError):
            wrong()
    assert node.page.answers == []
