"""Texts that are made in the same way have the same shape."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.profile.shapes import LONGEST, shape


def shape_of(text: str) -> str:
    return pl.select(shape(pl.lit(text))).item()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24-cv-101", "9-a-9"),
        ("7-CV-3", "9-A-9"),
        ("2026-11-20", "9-9-9"),
        ("Smith v. Jones", "w a. Aa"),
        ("the quick brown fox", "w a"),
        ("The Quick fox", "w a"),
        ("€ 1.299,00", "€ 9.9,9"),
        ("a  \t b", "w a"),
        ("Ärger №5", "w №9"),
        ("3M Corp x", "9A w a"),
        ("", ""),
    ],
)
def test_runs_of_one_kind_of_character_are_one_sign(text: str, expected: str) -> None:
    assert shape_of(text) == expected


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_numbers_in_one_pattern_have_one_shape(first: int, second: int) -> None:
    assert shape_of(f"No. {first}/{second}") == shape_of("No. 1/1")


@given(st.text(max_size=200))
def test_a_shape_is_short_and_keeps_no_digit_but_nine(text: str) -> None:
    shaped = shape_of(text.encode("utf-8", "replace").decode())
    assert len(shaped) <= 2 * LONGEST
    assert not any(sign in shaped for sign in "012345678")
