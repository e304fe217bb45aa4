"""Character references are read as the characters they stand for."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import text
from lakehouse.fetcher.page import Page
from lakehouse.fetcher.references import unescaped


@given(st.text())
def test_what_was_escaped_comes_back(text: str) -> None:
    assert unescaped(escape(text)) == text or "&" in text or "\r" in text


@pytest.mark.parametrize("reference", [f"&#{'9' * 5000};", f"&#x{'f' * 5000};"])
def test_a_reference_of_thousands_of_digits_is_no_character_and_no_error(reference: str) -> None:
    assert unescaped(f"a {reference} b") == "a \N{REPLACEMENT CHARACTER} b"


def test_linked_data_that_was_escaped_for_a_page_reads_as_text() -> None:
    markup = '<script type="application/ld+json">{"@type": "Tool", "name": "9&quot; saw", "size": 3}</script>'
    page = Page("https://tools.example/1", f"<html>{markup}</html>".encode())
    assert text(page.one(), "ld(Tool) name") == '9" saw'
    assert text(page.one(), "ld(Tool) size") == "3"
