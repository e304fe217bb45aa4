"""When enough of a column can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.scout.formats.readable import SHARE, is_readable
from lakehouse.fetcher.numbers import find_number
from lakehouse.fetcher.values import Unreadable


def strict(value: str) -> str:
    """Read what is no question mark."""
    if value == "?":
        raise Unreadable(value)
    return value


def test_a_column_without_values_is_not_readable() -> None:
    assert not is_readable([], strict)


@pytest.mark.parametrize(("unread", "expected"), [(0, True), (1, True), (2, False), (20, False)])
def test_one_value_in_twenty_may_be_unreadable(unread: int, expected: bool) -> None:
    assert is_readable(["x"] * (20 - unread) + ["?"] * unread, strict) is expected


def test_a_false_answer_counts_as_unread() -> None:
    assert not is_readable(["", "x"], strict)


def test_other_faults_are_not_taken_for_unreadable_values() -> None:
    with pytest.raises(ZeroDivisionError):
        is_readable([1, 0], lambda value: 1 // value)


@given(st.lists(st.sampled_from(["12", "3.5", "many", "-"]), min_size=1, max_size=60))
def test_the_share_that_is_read_decides(values: list[str]) -> None:
    read = sum(value in ("12", "3.5") for value in values)
    assert is_readable(values, lambda value: find_number(value, ".") is not None) is (read >= SHARE * len(values))
