"""What is kept of a day tells the share of what was lost, and can be read by those who come later."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.profile import DayStats, FieldStats, SelectorStats


@pytest.mark.parametrize(
    ("rows", "rejects", "pages", "failed", "lost"),
    [
        (0, 0, 0, 0, 0.0),
        (10, 0, 2, 0, 0.0),
        (10, 5, 3, 0, 5.0),
        (10, 0, 2, 1, 10.0),
        (10, 10, 3, 1, 20.0),
        (0, 0, 3, 3, 3.0),
        (1, 0, 10, 9, 9.0),
    ],
)
def test_a_failed_page_has_lost_what_the_others_gave_on_average(
    rows: int, rejects: int, pages: int, failed: int, lost: float
) -> None:
    day = DayStats(rows=rows, rejects=rejects, pages=pages, failed_pages=failed)
    assert day.lost == lost
    assert day.reject_share == (lost / (rows + lost) if rows + lost else 0.0)


def test_the_share_of_later_selectors_is_that_of_the_answers_and_not_of_the_misses() -> None:
    def share(*counts: int, missed: int = 0) -> float | None:
        names = tuple(f"s{number}" for number in range(len(counts)))
        return SelectorStats(field="title", selectors=names, counts=counts, missed=missed).fallback_share

    assert share(10, 0) == 0.0
    assert share(5, 5, missed=90) == 0.5
    assert share(0, 3, 1) == 1.0
    assert share(0, 0, missed=7) is None


def test_a_day_that_a_newer_version_wrote_can_still_be_read() -> None:
    day = DayStats(rows=3, rejects=1, fields={"title": FieldStats(fill=1.0, distinct=0.5)})
    newer = json.loads(day.model_dump_json()) | {"mood": "good"}
    newer["fields"]["title"]["colour"] = "red"
    assert DayStats.model_validate(newer) == day


def test_a_day_of_an_older_version_has_nothing_of_what_it_did_not_know() -> None:
    day = DayStats.model_validate_json('{"rows": 3, "rejects": 0}')
    assert (day.pages, day.failed_pages, day.fields, day.answers) == (0, 0, {}, ())


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 1000), st.integers(0, 1000))
def test_a_share_is_a_share(rows: int, rejects: int, read: int, failed: int) -> None:
    day = DayStats(rows=rows, rejects=rejects, pages=read + failed, failed_pages=failed)
    assert 0.0 <= day.reject_share <= 1.0
    assert (day.reject_share == 0.0) == (rejects == 0 and failed == 0)
