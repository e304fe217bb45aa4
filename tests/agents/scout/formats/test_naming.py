"""Names of fields: short, different, and always fit for a contract."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.scout.formats.naming import different, names_of, snake

FIT = re.compile(r"[a-z][a-z0-9_]{0,62}")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Case No.", "case_no"),
        ("datePublished", "date_published"),
        ("PDFUrl", "pdf_url"),
        ("Größe", "grosse"),
        ("prénom", "prenom"),
        ("@id", "id"),
        ("2nd place", "field_2nd_place"),
        ("日付", "field"),
        ("", "field"),
        ("6e61b248-ef67-423e-b321-f2ed8ad05728", "field"),
    ],
)
def test_words_become_a_name(written: str, name: str) -> None:
    assert snake(written) == name


def test_the_last_key_is_the_name() -> None:
    assert names_of([("price",), ("offer", "amount")]) == ["price", "amount"]


def test_a_key_that_many_things_have_says_whose_it_is() -> None:
    assert names_of([("name",), ("author", "name"), ("author", "url")]) == ["name", "author_name", "author_url"]


def test_two_paths_with_one_last_key_take_the_keys_before() -> None:
    assert names_of([("home", "score"), ("away", "score")]) == ["home_score", "away_score"]


def test_what_wraps_a_record_or_a_value_is_no_part_of_a_name() -> None:
    assert names_of([("attributes", "title"), ("node", "body", "rendered"), ("properties", "mag")]) == [
        "title",
        "body",
        "mag",
    ]


def test_places_in_lists_have_no_name() -> None:
    assert names_of([("tags", None, "label"), ("files", 0, "size")]) == ["tags_label", "size"]


def test_names_that_come_again_are_numbered() -> None:
    assert different(["a", "b", "a", "a_2", "a"]) == ["a", "b", "a_2", "a_2_2", "a_3"]


@given(st.text())
def test_any_text_gives_a_name_that_a_contract_takes(text: str) -> None:
    assert FIT.fullmatch(snake(text))


@given(st.lists(st.text(max_size=70).map(snake), max_size=30))
def test_names_made_different_are_different_and_still_fit(names: list[str]) -> None:
    found = different(names)
    assert len(set(found)) == len(names)
    assert all(FIT.fullmatch(name) for name in found)
