"""Whatever days are learned from, a profile keeps to its bounds and forgets what is out of sight."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.profile import DayStats, FieldStats, Profile, SelectorStats, known_share

shares = st.floats(0, 1)
shapes = st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=5).map(
    lambda words: {word: words.count(word) / len(words) for word in dict.fromkeys(words)}
)
quartiles = st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=5).map(lambda n: tuple(sorted(n)))
fields = st.builds(
    FieldStats,
    fill=st.floats(0.01, 1),
    distinct=shares,
    shapes=shapes,
    top=shapes,
    lengths=st.none() | quartiles,
    numbers=st.none() | quartiles,
)
day_lists = st.lists(
    st.builds(
        DayStats,
        rows=st.integers(0, 10_000),
        rejects=st.integers(0, 100),
        pages=st.integers(1, 9),
        fields=st.dictionaries(st.sampled_from(["a", "b"]), fields),
    ),
    max_size=6,
)


def day(rows: int = 10, **of: FieldStats) -> DayStats:
    return DayStats(rows=rows, rejects=0, pages=1, fields=of)


def answered(*counts: int, missed: int = 0) -> DayStats:
    selectors = tuple(f"s{number}" for number in range(len(counts)))
    answer = SelectorStats(field="a", selectors=selectors, counts=counts, missed=missed)
    return DayStats(rows=10, rejects=0, answers=(answer,))


@settings(max_examples=40, deadline=None)
@given(day_lists)
def test_shares_of_a_profile_are_shares(days: list[DayStats]) -> None:
    profile = Profile.learn(days)
    assert 0 <= profile.reject_share <= 1
    for field in profile.fields.values():
        assert 0 < field.fill < 1
        assert 0 <= field.known <= 1 + 1e-9
        assert sum(field.shapes.values()) == pytest.approx(1)


@settings(max_examples=40, deadline=None)
@given(day_lists)
def test_the_usual_count_lies_between_the_least_and_the_greatest(days: list[DayStats]) -> None:
    counts = Profile.learn(days).counts
    rows = [each.rows for each in days if each.rows]
    assert (counts is None) == (not rows)
    if counts:
        assert min(rows) == counts.least <= counts.median <= counts.greatest == max(rows)
        assert min(counts.deviation, counts.log_deviation) >= 0


@settings(max_examples=40, deadline=None)
@given(day_lists)
def test_an_envelope_holds_the_middle_half_of_every_day(days: list[DayStats]) -> None:
    profile = Profile.learn(days)
    for each in days:
        for name, stats in each.fields.items():
            if each.rows and stats.numbers:
                envelope = profile.fields[name].numbers
                assert envelope is not None
                assert envelope.low <= stats.numbers[1] <= stats.numbers[3] <= envelope.high
                assert stats.numbers[3] - stats.numbers[1] <= envelope.widest


@settings(max_examples=40, deadline=None)
@given(day_lists)
def test_the_order_of_the_days_does_not_matter_to_counts_and_bounds(days: list[DayStats]) -> None:
    forth, back = Profile.learn(days), Profile.learn(days[::-1])
    assert forth.counts == back.counts
    assert forth.empty_days == back.empty_days
    assert {name: field.numbers for name, field in forth.fields.items()} == {
        name: field.numbers for name, field in back.fields.items()
    }


@given(st.integers(0, 30), st.integers(1, 20))
def test_a_profile_forgets_all_but_its_newest_days(count: int, most: int) -> None:
    days = [day(rows) for rows in range(1, count + 1)]
    assert Profile.learn(days, most) == Profile.learn(days[-most:], most)
    assert Profile.learn(days, most).days == min(count, most)


def test_days_that_never_differ_have_no_deviation() -> None:
    counts = Profile.learn([day(7)] * 5).counts
    assert counts is not None
    assert (counts.deviation, counts.log_deviation) == (0, 0)


def test_the_worst_share_of_rejects_is_remembered() -> None:
    days = [DayStats(rows=9, rejects=rejects, pages=1) for rejects in (0, 1, 0)]
    assert Profile.learn(days).reject_share == pytest.approx(0.1)


def test_a_day_without_rows_teaches_nothing_of_fields() -> None:
    empty = day(0, a=FieldStats(fill=0.0, distinct=0.0))
    full = day(50, a=FieldStats(fill=1.0, distinct=0.5))
    assert Profile.learn([empty, full]).fields == Profile.learn([full]).fields


def test_a_field_that_was_never_filled_has_a_fill_of_nothing_and_no_shapes() -> None:
    field = Profile.learn([day(10, a=FieldStats(fill=0.0, distinct=0.0))] * 2).fields["a"]
    assert (field.fill, field.values, field.known, field.shapes) == (0.0, 0, 0.0, {})


def test_few_values_are_learned_only_where_every_day_had_few() -> None:
    few = FieldStats(fill=1, distinct=0.1, top={"x": 1.0})
    many = FieldStats(fill=1, distinct=1.0)
    assert Profile.learn([day(a=few), day(a=few)]).fields["a"].top == {"x": 1.0}
    assert Profile.learn([day(a=few), day(a=many)]).fields["a"].top == {}


def test_shapes_stand_by_share_and_then_by_name() -> None:
    one = FieldStats(fill=1, distinct=1, shapes={"c": 0.2, "b": 0.4, "a": 0.4})
    assert list(Profile.learn([day(a=one)]).fields["a"].shapes) == ["a", "b", "c"]


def test_a_shape_that_came_once_is_not_expected_again() -> None:
    once = FieldStats(fill=1, distinct=1, shapes={"x": 0.5, "y": 0.5})
    assert Profile.learn([day(2, a=once)]).fields["a"].known == 0
    assert Profile.learn([day(4, a=once)]).fields["a"].known == 1


def test_a_day_on_which_no_selector_answered_does_not_count_as_a_fallback() -> None:
    profile = Profile.learn([answered(8, 2), answered(0, 0, missed=10)])
    assert profile.fallback == {("a", ("s0", "s1")): pytest.approx(0.2)}
    assert Profile.learn([answered(0, 0, missed=10)]).fallback == {}


def test_selectors_that_changed_are_learned_anew() -> None:
    assert set(Profile.learn([answered(9, 1), answered(9, 1, 0)]).fallback) == {
        ("a", ("s0", "s1")),
        ("a", ("s0", "s1", "s2")),
    }


@given(shapes, shapes)
def test_a_larger_vocabulary_knows_no_less(values: dict[str, float], more: dict[str, float]) -> None:
    some = [*values][:1]
    assert known_share(values, some) <= known_share(values, [*some, *more]) <= 1 + 1e-9
    assert known_share(values, values) == pytest.approx(1)
