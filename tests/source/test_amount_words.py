"""Sizes and durations are shown in the unit that a person would choose, and ages are long enough to be watched."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.source.amounts import read_age, read_duration, read_size, show_duration, show_size


@pytest.mark.parametrize(
    ("size", "shown"),
    [(20_000_000, "20 MB"), (512 * 2**20, "512 MiB"), (10**9, "1 GB"), (2**30, "1 GiB"), (1_536, "1536"), (7, "7")],
)
def test_a_size_is_shown_in_the_largest_unit_that_is_exact(size: int, shown: str) -> None:
    assert str(show_size(size)) == shown


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (timedelta(days=14), "2w"),
        (timedelta(days=3), "3d"),
        (timedelta(hours=36), "36h"),
        (timedelta(minutes=90), "90m"),
        (timedelta(seconds=61), "61s"),
    ],
)
def test_a_duration_is_shown_in_the_largest_unit_that_is_exact(span: timedelta, shown: str) -> None:
    assert show_duration(span) == shown


@given(st.lists(st.tuples(st.integers(1, 99), st.sampled_from("dhms")), min_size=1, max_size=4))
def test_the_parts_of_a_duration_add_up(parts: list[tuple[int, str]]) -> None:
    whole = read_duration(" ".join(f"{count}{unit}" for count, unit in parts))
    assert whole == sum((read_duration(f"{count} {unit}") for count, unit in parts), timedelta())


@given(st.integers(1, 10**6), st.sampled_from(["B", "KB", "MB", "GB", "KiB", "MiB", "GiB"]))
def test_the_case_of_a_unit_and_the_blank_before_it_do_not_matter(count: int, unit: str) -> None:
    sizes = {read_size(f"{count}{blank}{word}") for blank in ("", " ") for word in (unit, unit.lower(), unit.upper())}
    assert len(sizes) == 1


@pytest.mark.parametrize(("written", "span"), [("1m", timedelta(minutes=1)), ("60s", timedelta(minutes=1))])
def test_an_age_of_a_minute_is_long_enough(written: str, span: timedelta) -> None:
    assert read_age(written) == span


@pytest.mark.parametrize("written", ["1s", "59s"])
def test_an_age_of_less_than_a_minute_is_refused_with_the_reason(written: str) -> None:
    with pytest.raises(ValueError, match="a minute or more"):
        read_age(written)


def test_ten_years_are_the_longest_duration() -> None:
    assert read_duration("3660d") == timedelta(days=3_660)
    with pytest.raises(ValueError, match="at most ten years"):
        read_duration("3660d 1s")
