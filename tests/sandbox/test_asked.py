"""A request has the form of one, whatever a page put into it; where it may go is not judged here."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.sandbox.asked import MAX_BODY, MAX_META_DEPTH, MAX_URL, is_unicode, request_fault

URL = "https://courts.example/opinions"


def fault(**changed: Any) -> str | None:
    parts = {"url": URL, "method": "GET", "headers": {}, "body": None, "meta": {}, **changed}
    return request_fault(**parts)


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"method": "POST", "body": "a=1&b=é"},
        {"method": "HEAD"},
        {"headers": {"X-Requested-With": "XMLHttpRequest", "Accept": "text/html; q=1\tx"}},
        {"meta": {"page": 1, "of": [None, True, 1.5, "x"], "more": {"a": {}}}},
        {"url": "ftp://elsewhere.example/"},
        {"url": "x" * MAX_URL},
        {"body": "x" * MAX_BODY},
        {"meta": {"deep": nested(MAX_META_DEPTH - 1)}},
    ],
)
def test_what_has_the_form_of_a_request_may_be_asked(changed: dict[str, Any]) -> None:
    assert fault(**changed) is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"url": ""}, "its url"),
        ({"url": None}, "its url"),
        ({"url": "x" * (MAX_URL + 1)}, "its url"),
        ({"url": "https://a.example/\ud800"}, "its url"),
        ({"method": "get"}, "its method"),
        ({"method": "CONNECT"}, "its method"),
        ({"method": ["GET"]}, "its method"),
        ({"body": b"bytes"}, "its body"),
        ({"body": "x" * (MAX_BODY + 1)}, "its body"),
        ({"headers": None}, "its headers"),
        ({"headers": {"": "x"}}, "its headers"),
        ({"headers": {"Host:": "x"}}, "its headers"),
        ({"headers": {"A": "x\0"}}, "its headers"),
        ({"headers": {"A": "x\ny"}}, "its headers"),
        ({"headers": {"A": 1}}, "its headers"),
        ({"headers": {"A": "x" * 9_000}}, "its headers"),
        ({"headers": {f"A{number}": "x" for number in range(51)}}, "its headers"),
        ({"meta": []}, "its meta"),
        ({"meta": {"a": object()}}, "its meta"),
        ({"meta": {1: "a"}}, "its meta"),
        ({"meta": {"a": float("inf")}}, "its meta"),
        ({"meta": {"a": 1 << 2_000_000}}, "its meta"),
        ({"meta": {"a\ud800": 1}}, "its meta"),
        ({"meta": {"deep": nested(MAX_META_DEPTH)}}, "its meta"),
        ({"meta": {"many": ["x" * 100] * 10_000}}, "its meta"),
    ],
)
def test_what_has_not_is_refused_by_the_part_at_fault(changed: dict[str, Any], said: str) -> None:
    found = fault(**changed)
    assert found is not None
    assert found.startswith(said)


@given(st.text(st.characters(min_codepoint=0, max_codepoint=0x10FFFF)))
def test_a_text_is_unicode_where_it_can_be_written_as_utf_8(text: str) -> None:
    assert is_unicode(text) == (not any(0xD800 <= ord(character) <= 0xDFFF for character in text))


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=20), max_size=3))
def test_no_header_that_passes_can_end_its_line(headers: dict[str, str]) -> None:
    if fault(headers=headers) is None:
        assert not any(set("\r\n\0") & set(name + value) for name, value in headers.items())
