"""Pages that are JSON as a whole."""

import pytest

from lakehouse.fetcher import Page, PageError


@pytest.mark.parametrize(
    "body",
    [
        '{"a": 1}',
        '\ufeff {"a": 1}',
        ')]}\'\n{"a": 1}',
        'while(1);{"a": 1}',
        'callback({"a": 1});',
        '/**/ jQuery_1.cb( {"a": 1} )',
    ],
)
def test_a_json_page_in_its_wrappings(body):
    assert Page("https://a.example/", body.encode(), "application/json").document == {"a": 1}


def test_one_value_a_line_is_a_list():
    page = Page("https://a.example/", b'{"a": 1}\n\n{"a": 2}\n', "application/x-ndjson")
    assert [node.attr("a") for node in page.json()] == [1, 2]


@pytest.mark.parametrize("body", ["", "<html>", "{", '{"a": 1} x', "[" * 100_000])
def test_a_page_that_is_no_json_is_named_in_the_error(body):
    with pytest.raises(PageError, match=r"https://a\.example/x: the page is no JSON"):
        Page("https://a.example/x", body.encode()).json()
