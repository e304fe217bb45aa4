"""A cadence is a word or five fields of cron, and says how old the data may grow."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.source.cadence import WORDS, cron_of, longest_pause, runs_a_day
from lakehouse.source.model import Source


@pytest.mark.parametrize(
    ("cadence", "pause"),
    [
        ("hourly", timedelta(hours=1)),
        ("daily", timedelta(days=1)),
        ("weekly", timedelta(days=7)),
        ("monthly", timedelta(days=31)),
        ("*/15 * * * *", timedelta(minutes=15)),
        ("0 8-18/2 * * *", timedelta(hours=14)),
        ("30 6 * * 1-5", timedelta(days=3)),
        ("0 0 29 2 *", timedelta(days=1461)),
        ("0 0 1 1 *", timedelta(days=366)),
        ("0 0 1 * 1", timedelta(days=7)),
        ("0 0 * * 7", timedelta(days=7)),
        ("5,35 * * * *", timedelta(minutes=30)),
        ("10/20 * * * *", timedelta(minutes=20)),
    ],
)
def test_the_longest_pause_is_that_between_two_ticks(cadence: str, pause: timedelta) -> None:
    assert longest_pause(cron_of(cadence)) == pause


@pytest.mark.parametrize(
    "cadence",
    ["", "often", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8",
     "5-1 * * * *", "*/0 * * * *", "a * * * *", "1;2 * * * *", "-1 * * * *", "0 0 31 2 *", "0 0 * * MON", "@daily"],
)  # fmt: skip
def test_what_is_no_cadence_is_refused(cadence: str) -> None:
    with pytest.raises(ValueError, match=r"cadence|cron"):
        cron_of(cadence)


def test_words_stand_for_cron_and_blanks_do_not_matter() -> None:
    assert {cron_of(word) for word in WORDS} == set(WORDS.values())
    assert cron_of(" 0  4 * *\t1 ") == WORDS["weekly"]


@given(st.lists(st.integers(0, 59), min_size=1, max_size=5), st.lists(st.integers(0, 23), min_size=1, max_size=5))
def test_a_daily_cron_never_pauses_longer_than_a_day(minutes: list[int], hours: list[int]) -> None:
    pause = longest_pause(f"{','.join(map(str, minutes))} {','.join(map(str, hours))} * * *")
    assert timedelta(minutes=1) <= pause <= timedelta(days=1)


@pytest.mark.parametrize(
    ("cadence", "freshness", "warn", "fail"),
    [
        ("daily", {}, timedelta(hours=36), timedelta(hours=72)),
        ("hourly", {}, timedelta(minutes=90), timedelta(hours=3)),
        ("daily", {"warn": "5d"}, timedelta(days=5), timedelta(days=5)),
        ("daily", {"fail": "12h"}, timedelta(hours=12), timedelta(hours=12)),
    ],
)
def test_freshness_follows_the_cadence_where_it_is_not_given(
    cadence: str, freshness: dict[str, str], warn: timedelta, fail: timedelta
) -> None:
    source = Source.model_validate(
        {
            "name": "a",
            "start": "https://a.org",
            "cadence": cadence,
            "freshness": freshness,
            "contract": {"fields": {"a": "text"}},
        }
    )
    assert (source.warn_after, source.fail_after) == (warn, fail)


@pytest.mark.parametrize(
    ("cron", "runs"),
    [("0 * * * *", 24), ("0 4 * * *", 1), ("*/20 6-9 * * *", 12), ("0 4 * * 1", 1 / 7), ("0 4 1 * *", 12 / 365.25)],
)
def test_the_runs_of_a_day_are_counted_on_average(cron: str, runs: float) -> None:
    assert runs_a_day(cron) == pytest.approx(runs, rel=0.01)
