"""Pages that are JSON as a whole."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@given(st.lists(st.dictionaries(st.text(), st.text() | st.integers(), min_size=1), min_size=2), st.sampled_from("\n\r"))
def test_any_values_come_back_from_their_lines(values, end):
    body = "".join(f"{json.dumps(value, ensure_ascii=False)}{end}" for value in values).encode()
    assert Page("https://a.example/", body, "application/x-ndjson").document == json.loads(json.dumps(values))


def test_what_parts_lines_of_text_parts_no_string():
    body = '{"a": "one\u2028two"}\n{"a": "three\x85four"}\n'.encode()
    assert [node.value["a"] for node in Page("https://a.example/", body).json()] == ["one\u2028two", "three\x85four"]


@pytest.mark.parametrize("body", ["", "<html>", "{", '{"a": 1} x', "[" * 100_000, '{"a": 1}\n' + "[" * 100_000])
def test_a_page_that_is_no_json_is_named_in_the_error(body):
    with pytest.raises(PageError, match=r"https://a\.example/x: the page is no JSON"):
        Page("https://a.example/x", body.encode()).json()
