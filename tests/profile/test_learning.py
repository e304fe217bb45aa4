"""A profile holds what good days have in common, and forgets what is long past."""

from __future__ import annotations

import pytest

from lakehouse.profile import DayStats, FieldStats, Profile, SelectorStats, known_share
from lakehouse.profile.learning import MOST_DAYS
from tests.profile.days import usual_days


def day(rows: int, **fields: FieldStats) -> DayStats:
    return DayStats(rows=rows, rejects=0, pages=1, fields=fields)


def texts(fill: float = 1.0, **shapes: float) -> FieldStats:
    return FieldStats(fill=fill, distinct=1.0, shapes=shapes)


def test_of_no_days_nothing_is_learned() -> None:
    assert Profile.learn([]) == Profile()


def test_counts_have_a_median_and_a_deviation_that_one_odd_day_does_not_move() -> None:
    counts = Profile.learn([day(rows) for rows in (98, 100, 102, 104, 1_000)]).counts
    assert counts is not None
    assert (counts.median, counts.least, counts.greatest) == (102, 98, 1_000)
    assert counts.deviation == pytest.approx(1.4826 * 2)


def test_days_without_rows_are_counted_apart() -> None:
    profile = Profile.learn([day(0), day(100), day(100)])
    assert profile.empty_days == 1
    assert profile.counts is not None
    assert profile.counts.least == 100


def test_of_nothing_but_empty_days_there_is_no_band() -> None:
    profile = Profile.learn([day(0, a=texts()), day(0)])
    assert (profile.counts, profile.fields, profile.empty_days) == (None, {}, 2)


def test_only_the_last_two_weeks_are_learned_from() -> None:
    profile = Profile.learn([day(5)] * 9 + [day(100)] * MOST_DAYS)
    assert profile.days == MOST_DAYS
    assert profile.counts is not None
    assert profile.counts.least == 100


def test_a_few_rows_do_not_prove_that_a_field_is_always_filled() -> None:
    assert Profile.learn([day(3, a=texts())]).fields["a"].fill == pytest.approx(0.8)
    assert Profile.learn([day(1_000, a=texts())]).fields["a"].fill > 0.99


def test_the_fill_of_the_poorest_day_counts() -> None:
    profile = Profile.learn([day(100, a=texts(1.0)), day(100, a=texts(0.5))])
    assert profile.fields["a"].fill == 0.5


def test_of_one_day_only_repeated_shapes_are_known() -> None:
    assert Profile.learn([day(10, a=texts(x=0.8, y=0.1, z=0.1))]).fields["a"].known == pytest.approx(0.8)


def test_of_several_days_each_is_judged_by_the_others() -> None:
    days = [day(10, a=texts(x=1.0)), day(10, a=texts(x=0.7, y=0.3))]
    assert Profile.learn(days).fields["a"].known == pytest.approx(0.7)


def test_shapes_are_shared_out_over_the_days() -> None:
    days = [day(10, a=texts(x=1.0)), day(10, a=texts(x=0.5, y=0.5))]
    assert Profile.learn(days).fields["a"].shapes == {"x": 0.75, "y": 0.25}


def test_quartiles_make_an_envelope() -> None:
    days = [
        day(9, a=FieldStats(fill=1, distinct=1, numbers=(0, 2, 3, 4, 9))),
        day(9, a=FieldStats(fill=1, distinct=1, numbers=(0, 1, 3, 7, 9))),
    ]
    envelope = Profile.learn(days).fields["a"].numbers
    assert envelope is not None
    assert (envelope.low, envelope.high, envelope.widest) == (1, 7, 6)


def test_the_usual_share_of_later_selectors_is_the_median_day() -> None:
    def answered(first: int, second: int) -> DayStats:
        answer = SelectorStats(field="a", selectors=("x", "y"), counts=(first, second), missed=0)
        return DayStats(rows=10, rejects=0, answers=(answer,))

    profile = Profile.learn([answered(10, 0), answered(9, 1), answered(0, 10)])
    assert profile.fallback == {("a", ("x", "y")): pytest.approx(0.1)}


def test_a_field_that_came_later_is_learned_from_its_own_days() -> None:
    profile = Profile.learn([day(100), day(100, a=texts(0.9))])
    assert profile.fields["a"].fill == pytest.approx(0.9, abs=0.01)


def test_usual_days_know_nearly_all_of_each_other() -> None:
    fields = Profile.learn(usual_days(5)).fields
    assert fields["docket"].known == fields["link"].known == 1.0
    assert fields["title"].known > 0.5


def test_the_share_of_known_shapes_is_that_of_the_values() -> None:
    assert known_share({"x": 0.6, "y": 0.4}, ["x"]) == 0.6
    assert known_share({}, ["x"]) == 0
