"""The reader of yes and no."""

import pytest

from lakehouse.fetcher import Page, Unread, boolean
from lakehouse.fetcher.booleans import FALSE, TRUE


def read(value, **options):
    page = Page("https://a.example/", b"{}", "application/json")
    page.document = {"v": value}
    return boolean(page.one("v"), **options)


@pytest.mark.parametrize("word", [*TRUE, "YES", " Yes ", "Yes.", "✔️", True, 1])
def test_words_and_marks_for_yes(word):
    assert read(word) is True


@pytest.mark.parametrize("word", [*FALSE, "No", "FALSE", False, 0])
def test_words_and_marks_for_no(word):
    assert read(word) is False


@pytest.mark.parametrize("word", ["x", "maybe", "yes and no", "2"])
def test_anything_else_is_unread(word):
    assert isinstance(read(word), Unread)


def test_a_fetcher_may_name_its_own_words():
    assert read("Sold out", true=("in stock",), false=("sold out",)) is False
    assert isinstance(read("yes", true=("in stock",), false=("sold out",)), Unread)


def test_a_word_that_stands_for_both_is_unread():
    assert isinstance(read("x", true=("x",), false=("X",)), Unread)


def test_nothing_there_is_none():
    assert read(None) is None
