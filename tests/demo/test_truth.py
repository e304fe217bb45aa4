"""The truth of a day: the same on every machine, and a little different from the day before."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.demo.site import CATALOGUE, FIRST_DAY, SOURCE_NAMES, DemoSite, SourceName
from lakehouse.demo.site.demo_site import DEFAULT_PORT
from lakehouse.demo.site.true_records import true_records
from lakehouse.fetcher import Money
from lakehouse.source import load_source

any_day = st.dates(date(2024, 1, 1), date(2031, 12, 31))
any_source = st.sampled_from(SOURCE_NAMES)

SIZES: dict[SourceName, tuple[int, int]] = {
    "opinions": (45, 75),
    "inspections": (24, 24),
    "permits": (35, 65),
    "news": (20, 20),
    "air": (60, 80),
    "fees": (54, 54),
    "departures": (10, 40),
}


KEYS = {source: load_source(DemoSite(DEFAULT_PORT).source_yaml(source)).contract.key for source in SOURCE_NAMES}


def records(source: SourceName, day: date) -> list[dict[str, Any]]:
    return true_records(source, day, "http://port-alder.example")


def keyed(source: SourceName, day: date) -> dict[tuple[Any, ...], dict[str, Any]]:
    return {tuple(record[name] for name in KEYS[source]): record for record in records(source, day)}


@settings(max_examples=60, deadline=None)
@given(any_source, any_day)
def test_no_two_records_of_a_day_share_a_key(source: SourceName, day: date) -> None:
    assert len(keyed(source, day)) == len(records(source, day))


@settings(max_examples=60, deadline=None)
@given(any_source, any_day)
def test_a_day_has_about_as_many_records_as_any_other(source: SourceName, day: date) -> None:
    least, most = SIZES[source]
    assert least <= len(records(source, day)) <= most


@settings(max_examples=40, deadline=None)
@given(any_source, any_day)
def test_a_day_is_the_same_however_often_one_asks(source: SourceName, day: date) -> None:
    assert records(source, day) == records(source, day)


def test_the_truth_does_not_depend_on_the_machine() -> None:
    first = repr(CATALOGUE["opinions"].records(date(2026, 11, 18))[0])
    assert first == (
        "Opinion(docket='26-1288', title='Lindqvist v. Tidewater Masonry', filed=datetime.date(2026, 11, 18), "
        "judge='Judge Chau', status='Slip opinion', url='/documents/opinions/26-1288')"
    )


@pytest.mark.parametrize("source", SOURCE_NAMES)
def test_every_source_differs_on_three_days(source: SourceName) -> None:
    days = [records(source, FIRST_DAY + timedelta(n)) for n in range(3)]
    assert days[0] != days[1]
    assert days[1] != days[2]


@pytest.mark.parametrize("source", ["opinions", "inspections", "permits", "news", "fees"])
def test_most_records_of_yesterday_are_still_there(source: SourceName) -> None:
    yesterday, today = keyed(source, FIRST_DAY), keyed(source, FIRST_DAY + timedelta(1))
    assert len(yesterday.keys() & today.keys()) >= 0.8 * len(yesterday)


@pytest.mark.parametrize("source", SOURCE_NAMES)
def test_within_a_fortnight_records_come_go_and_change(source: SourceName) -> None:
    days = [keyed(source, FIRST_DAY + timedelta(n)) for n in range(14)]
    pairs = list(pairwise(days))
    assert any(after.keys() - before.keys() for before, after in pairs)
    assert any(before.keys() - after.keys() for before, after in pairs)
    assert any(before[key] != after[key] for before, after in pairs for key in before.keys() & after.keys())


def test_a_withdrawn_opinion_vanishes_before_its_time() -> None:
    days = [keyed("opinions", FIRST_DAY + timedelta(n)) for n in range(14)]
    gone = [
        record
        for before, after in pairwise(days)
        for key, record in before.items()
        if key not in after and record["filed"] > FIRST_DAY - timedelta(20)
    ]
    assert gone


@settings(max_examples=40, deadline=None)
@given(any_day)
def test_a_grade_follows_from_the_score_and_the_score_from_what_was_found(day: date) -> None:
    for record in records("inspections", day):
        score = record["score"]
        assert record["grade"] == ("A" if score >= 90 else "B" if score >= 80 else "C")
        assert (score == 100) == (record["violations"] == [])
        assert record["inspected"] <= day


@settings(max_examples=40, deadline=None)
@given(any_day)
def test_no_restaurant_is_listed_twice(day: date) -> None:
    names = [record["restaurant"] for record in records("inspections", day)]
    assert len(set(names)) == len(names)


@settings(max_examples=40, deadline=None)
@given(any_day)
def test_nothing_is_dated_after_the_day(day: date) -> None:
    assert all(record["filed"] <= day for record in records("opinions", day))
    assert all(record["issued"] <= day for record in records("permits", day))
    assert all(record["published"].date() <= day for record in records("news", day))
    assert all(record["measured_at"].date() <= day for record in records("air", day))
    assert all(record["effective"] <= max(day, date(2026, 7, 1)) for record in records("fees", day))


def test_only_the_readings_of_the_day_itself_are_provisional() -> None:
    readings = records("air", FIRST_DAY)
    assert {record["measured_at"].date() for record in readings if record["provisional"]} == {FIRST_DAY}
    assert {record["measured_at"].date() for record in readings if not record["provisional"]} == {
        FIRST_DAY - timedelta(1)
    }


def test_verification_corrects_a_few_of_the_provisional_readings() -> None:
    first, second = keyed("air", FIRST_DAY), keyed("air", FIRST_DAY + timedelta(1))
    both = first.keys() & second.keys()
    corrected = [key for key in both if first[key]["pm25"] != second[key]["pm25"]]
    assert 0 < len(corrected) < len(both) / 2


def test_a_workday_amends_one_fee_and_dates_it() -> None:
    thursday = date(2026, 11, 19)
    amended = [record for record in records("fees", thursday) if record["effective"] == thursday]
    assert len(amended) == 1


def test_sums_of_money_are_dollars_with_two_places() -> None:
    fees = [record["fee"] for record in records("fees", FIRST_DAY)]
    values = [record["valuation"] for record in records("permits", FIRST_DAY)]
    for money in fees + values:
        assert isinstance(money, Money)
        assert money.currency == "USD"
        assert money.amount.as_tuple().exponent == -2


def test_fewer_trips_run_on_a_weekend() -> None:
    wednesday, saturday = date(2026, 11, 18), date(2026, 11, 21)
    assert len(records("departures", saturday)) < len(records("departures", wednesday))


def test_departures_stand_in_the_order_of_their_time() -> None:
    times = [record["departs"] for record in records("departures", FIRST_DAY)]
    assert times == sorted(times)


def test_the_truth_has_gaps_as_real_data_has() -> None:
    assert any(record["contractor"] is None for record in records("permits", FIRST_DAY))
    assert any(not record["violations"] for record in records("inspections", FIRST_DAY))
    assert any(record["pm25"] is None for n in range(7) for record in records("air", FIRST_DAY + timedelta(n)))
