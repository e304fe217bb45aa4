"""A round of fetching fails where its start is lost, or more of it than may be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.engine import fetch_day
from lakehouse.engine.rounds import TOLERATED, is_lost, lost_round
from lakehouse.lake import Lake
from lakehouse.registry import Registry

DAY = "2026-01-01"


@given(st.integers(0, 60), st.integers(1, 60))
def test_as_many_pages_may_fail_as_are_tolerated(failed: int, came: int) -> None:
    round_ = ["answered 500"] * failed + [""] * came
    assert is_lost(round_, lost_start=False) == (failed > TOLERATED * (failed + came))
    assert is_lost(round_, lost_start=True)


def test_a_round_without_a_page_is_lost() -> None:
    assert is_lost([], lost_start=False)


def test_nothing_is_said_of_a_day_that_was_never_fetched_or_came_whole(lake: Lake, registry: Registry) -> None:
    assert lost_round(lake, "books", DAY) == ""
    fetch_day(lake, registry, "books", DAY)
    assert lost_round(lake, "books", DAY) == ""
    assert lost_round(lake, "books", "2026-01-02") == ""
