"""Days printed as other days are printed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.redate import FORMATS, day_of, format_of, prints_of, reprinted

DAY, OTHER = date(2026, 3, 5), date(2025, 11, 24)


@pytest.mark.parametrize(
    ("like", "printed"),
    [
        ("March 5, 2026", "November 24, 2025"),
        ("3/5/26", "11/24/25"),
        ("2026-03-05", "2025-11-24"),
        ("Thursday, March 5, 2026", "Monday, November 24, 2025"),
        ("MARCH 5,  2026", "November 24, 2025"),
        ("the fifth of March", "as it was"),
    ],
)
def test_a_day_is_printed_like_another_where_its_format_is_known(like: str, printed: str) -> None:
    assert reprinted("as it was", like, DAY, OTHER) == printed


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31)), st.sampled_from(FORMATS))
def test_the_format_that_is_found_prints_the_same_day(day: date, made: str) -> None:
    printed = day.strftime(made)
    found = format_of(printed, day)
    assert found is not None
    assert day.strftime(found).casefold() == printed.casefold()


def test_the_scrapers_iso_form_says_which_day_is_meant() -> None:
    assert day_of("03/05/2026", "2026-03-05") == DAY
    assert day_of("2026-03-05") == DAY
    assert day_of("Smith v. Jones") is None
    assert day_of("03/05/2026") is None


def test_days_are_known_in_every_full_form_the_longest_first() -> None:
    found = list(prints_of(DAY))
    assert {"2026-03-05", "March 5, 2026", "03/05/2026"} <= set(found)
    assert [len(each) for each in found] == sorted((len(each) for each in found), reverse=True)
