"""Whatever is wrong with a source.yaml is one sentence that a person understands, with the line to look at."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.errors import SourceError
from lakehouse.source import load_source
from lakehouse.source.complaint import LONGEST

GOOD = """\
name: books
start: http://books.example/
cadence: daily
politeness: {delay: 1, concurrency: 2}
limits: {max_pages: 9}
tags: {kind: shop}
contract:
  key: title
  fields:
    title: text
    price: {type: decimal, minimum: 0}
"""


def complaint(text: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        load_source(text)
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("name: books\n", "", 1, "`name`: this is missing and has no default"),
        ("start: http://books.example/\n", "", 1, "`start`: this is missing"),
        ("contract:", "contracts:", 1, "`contract`: this is missing"),
        ("    title: text", "    title: txt", 10, "'txt' is unknown; did you mean text?"),
        ("    title: text", "    Title: text", 10, "begins with a to z"),
        ("    title: text", "    title:", 10, "mapping of `key: value` lines"),
        ("    title: text", "    title: {required: true}", 10, "this is missing"),
        ("    price:", "    day:", 11, "a column that every table has"),
        ("key: title", "key: titel", 8, "'titel', which is no field; the fields are title, price"),
        ("minimum: 0", "minimum: low", 11, "a bound of a number is a number"),
        ("minimum: 0", "minimun: 0", 11, "did you mean minimum?"),
        ("minimum: 0", "minimum: 3, maximum: 1", 11, "the minimum 3 is above the maximum 1"),
        ("minimum: 0", "pattern: a", 11, "a decimal field has no pattern"),
        ("{delay: 1,", "{delay: slow,", 4, "a number is wanted"),
        ("concurrency: 2", "concurrency: 2.5", 4, "a whole number is wanted"),
        ("concurrency: 2", "concurrency: 0", 4, "greater than or equal to 1"),
        ("{max_pages: 9}", "9", 5, "mapping of `key: value` lines"),
        ("{kind: shop}", "{kind: 3}", 6, "a text is wanted; put quotes around it"),
        ("cadence: daily", "cadence: 7", 3, "a text is wanted; put quotes around it"),
    ],
)
def test_a_mistake_is_told_with_its_line_in_one_sentence(old: str, new: str, line: int, said: str) -> None:
    assert load_source(GOOD).name == "books"
    assert old in GOOD
    error = complaint(GOOD.replace(old, new, 1))
    assert said in str(error)
    assert error.line == line
    assert "\n" not in str(error)


def test_of_several_mistakes_the_first_is_told_and_the_others_are_counted() -> None:
    text = GOOD.replace("cadence: daily", "cadense: daily").replace("{max_pages: 9}", "{max_pages: x}")
    text = text.replace("title: text", "title: txt")
    error = complaint(text)
    assert (error.line, error.key) == (3, "cadense")
    assert str(error).endswith("2 more like this.")


def test_a_long_value_is_not_quoted_whole() -> None:
    assert len(str(complaint(GOOD.replace("books.example/", "books .example/" + "x" * 5_000)))) < LONGEST + 200


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_a_source_or_a_complaint_of_one_line(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        load_source(text)
    assert re.match(r"^source\.yaml(:\d+)?: ", str(caught.value))
    assert "\n" not in str(caught.value)


@given(st.sampled_from(GOOD.splitlines()), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_any_line_may_be_replaced_by_anything(line: str, other: str) -> None:
    said = outcome(GOOD.replace(line, other, 1))
    assert "\n" not in said


def outcome(text: str) -> str:
    """Return what loading says, or the name of the source; anything but a `SourceError` fails the test."""
    try:
        return load_source(text).name
    except SourceError as error:
        return str(error)
