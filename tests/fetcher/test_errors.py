"""Errors of the language name what was wrong."""

import pytest

from lakehouse.fetcher import OptionError, PageError, SelectorError


@pytest.mark.parametrize("kind", [OptionError, PageError, SelectorError])
def test_every_error_is_a_value_error(kind):
    assert issubclass(kind, ValueError)


def test_a_selector_error_carries_the_selector_and_the_reason():
    error = SelectorError("td[", "it is no CSS")
    assert (error.selector, error.reason) == ("td[", "it is no CSS")
    assert str(error) == "the selector 'td[' cannot be used: it is no CSS."


def test_a_page_error_carries_the_address_and_the_reason():
    error = PageError("https://a.example/", "the page is no feed")
    assert (error.url, error.reason) == ("https://a.example/", "the page is no feed")
    assert str(error) == "https://a.example/: the page is no feed."
