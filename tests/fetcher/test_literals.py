"""JSON as people and JavaScript write it."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher.literals import balanced, parse_loose


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        ("{a: 1, $b_2: 2}", {"a": 1, "$b_2": 2}),
        ("{'a': 'it\\'s \"x\"'}", {"a": 'it\'s "x"'}),
        ('{"a": [1, 2,],}', {"a": [1, 2]}),
        ('{"a": "x, ]"}', {"a": "x, ]"}),
        ("{a: 1, // one\n b: 2 /* two */}", {"a": 1, "b": 2}),
        ('{"url": "https://a.example/"}', {"url": "https://a.example/"}),
        ("[!0, !1, undefined, void 0]", [True, False, None, None]),
        ("{a: 1.10}", {"a": Decimal("1.10")}),
        ("{a: 1};", {"a": 1}),
        ("[]", []),
    ],
)
def test_a_literal_reads_as(text, value):
    assert parse_loose(text) == value


@pytest.mark.parametrize("text", ["", "{", "{a}", "f()", "{a: b}", "[1 2]", "[" * 100_000])
def test_what_is_no_literal_is_none(text):
    assert parse_loose(text) is None


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("{a} x", "{a}"),
        ("[[1], {2}] }", "[[1], {2}]"),
        ("{'}': \"]\"} y", "{'}': \"]\"}"),
        ("{ /* } */ } z", "{ /* } */ }"),
        ("{[}]", ""),
        ("{", ""),
        ("x{}", ""),
        ("", ""),
    ],
)
def test_a_value_ends_at_its_own_bracket(script, found):
    assert balanced(script, 0) == found


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.integers() | st.booleans(), max_size=4))
def test_plain_json_is_never_changed(value):
    assert parse_loose(json.dumps(value)) == value
    assert balanced(json.dumps(value) + "}]", 0) == json.dumps(value)


@given(st.text("{}[]'\"/*a,: \n", max_size=40))
def test_no_text_ever_raises(text):
    assert balanced("{" + text, 0) in "{" + text
    parsed = parse_loose(text)
    assert parsed is None or isinstance(parsed, dict | list | str)
