"""Patterns, choices and requirements hold for whole values, for each item of a list, and never for what is empty."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.contract import Contract, split
from lakehouse.contract.columns import quoted


def reasons(value: Any, **field: Any) -> list[str]:
    """Return why a record of one field is a reject; none for a good one."""
    contract = Contract.model_validate({"fields": {"x": field}})
    rejects = split([{"x": value, "_capture": "c", "_release": 1, "_row": 0}], contract).rejects
    return rejects["reasons"][0].to_list() if rejects.height else []


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        ("[A-Z]{2}", ["AB"], ["ABC", "xAB", "ab", "AB\n"]),
        ("a|b", ["a", "b"], ["ab", "xa", "bx"]),
        (r"\d+ (EUR|USD)", ["12 EUR"], ["12 EURO", " 12 EUR"]),
        (r"\p{L}+", ["Žluť", "北京"], ["a1", "🐞"]),
        ("(?i)yes", ["YES", "yes"], ["yess"]),
    ],
)
def test_a_pattern_is_that_of_the_whole_text(pattern: str, good: list[str], bad: list[str]) -> None:
    assert [reasons(text, type="text", pattern=pattern) for text in good] == [[]] * len(good)
    assert [reasons(text, type="text", pattern=pattern) for text in bad] == [
        [f"x: {quoted(text)} does not match {pattern}"] for text in bad
    ]


def test_every_item_of_a_list_keeps_the_pattern_and_the_choices() -> None:
    assert reasons(["ab", "cd"], type="list", pattern="[a-z]+") == []
    assert reasons(["ab", "12"], type="list", pattern="[a-z]+") != []
    assert reasons(["red"], type="list", choices=["red", "blue"]) == []
    assert reasons(["red", "green"], type="list", choices=["red", "blue"]) != []


@pytest.mark.parametrize("kind", ["text", "url", "date", "datetime", "integer", "decimal", "money", "boolean", "list"])
@pytest.mark.parametrize("empty", [None, "", "  ", []])
def test_an_empty_value_breaks_no_rule_but_that_it_is_required(kind: str, empty: Any) -> None:
    assert reasons(empty, type=kind) == []
    assert reasons(empty, type=kind, required=True) == ["x: required, was empty"]


def test_choices_are_taken_literally() -> None:
    assert reasons("a.b", type="text", choices=["a.b"]) == []
    assert reasons("axb", type="text", choices=["a.b"]) == ['x: "axb" is none of a.b']
    assert reasons(3, type="integer", choices=[1, 3]) == []
    assert reasons(2, type="integer", choices=[1, 3]) == ["x: 2 is none of 1, 3"]
    with pytest.raises(ValueError, match="64 bits"):
        reasons(2, type="integer", choices=[2**63])


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://a.example", True),
        ("HTTP://a.example/p?q=1#f", True),
        ("https://bücher.example/ü", True),
        ("http://[::1]:8000/", True),
        ("ftp://a.example/", False),
        ("//a.example/", False),
        ("/relative", False),
        ("https://", False),
        ("https:///path", False),
        ("https://a.example/a b", False),
        ("javascript:alert(1)", False),
        ("mailto:a@b.ch", False),
    ],
)
def test_an_address_is_one_that_can_be_followed(address: str, good: bool) -> None:
    assert reasons(address, type="url") == ([] if good else [f"x: {quoted(address)} is no web address"])


@given(st.lists(st.text("ab1", min_size=1, max_size=3), min_size=1, max_size=3), st.text("ab1", min_size=1, max_size=3))
def test_a_text_passes_its_choices_exactly_if_it_is_one_of_them(choices: list[str], text: str) -> None:
    assert (reasons(text, type="text", choices=choices) == []) == (text in choices)
