"""Port Alder holds together: what one record says agrees with the others and with the calendar."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.demo.site.chance import chance, days_back, is_workday
from lakehouse.demo.site.truth.air import HOURS, STATIONS, air
from lakehouse.demo.site.truth.departures import LINES, LOCAL, departures
from lakehouse.demo.site.truth.fees import SERVICES, SUSPENDED, fees
from lakehouse.demo.site.truth.inspections import VIOLATIONS, inspections
from lakehouse.demo.site.truth.news import news
from lakehouse.demo.site.truth.opinions import opinions
from lakehouse.demo.site.truth.permits import STAGES, TRADES, permits

any_day = st.dates(date(2024, 1, 1), date(2031, 12, 31))
few = settings(max_examples=15, deadline=None)


def test_the_same_words_fall_the_same_way_and_others_otherwise() -> None:
    assert [chance("a", 1).random() for _ in range(2)] == [chance("a", 1).random()] * 2
    assert chance("a", 1).random() != chance("a", 2).random()


@given(any_day, st.integers(0, 60))
def test_days_back_begin_with_the_day_and_leave_none_out(day: date, count: int) -> None:
    assert list(days_back(day, count)) == [day - timedelta(days=back) for back in range(count)]


@few
@given(any_day)
def test_offices_write_on_workdays_only_and_list_the_newest_first(day: date) -> None:
    for dates in (
        [opinion.filed for opinion in opinions(day)],
        [permit.issued for permit in permits(day)],
        [release.published.date() for release in news(day)],
    ):
        assert all(map(is_workday, dates))
        assert dates == sorted(dates, reverse=True)


@few
@given(any_day)
def test_a_docket_and_an_address_name_the_same_opinion(day: date) -> None:
    for opinion in opinions(day):
        assert opinion.url == f"/documents/opinions/{opinion.docket}"
        assert opinion.docket.startswith(f"{opinion.filed:%y}-")
        assert " v. " in opinion.title


@few
@given(any_day)
def test_a_permit_moves_on_and_never_back(day: date) -> None:
    later = {permit.number: permit for permit in permits(day + timedelta(1))}
    for permit in permits(day):
        then = later.get(permit.number, permit)
        assert STAGES.index(permit.status) <= STAGES.index(then.status)
        assert permit.updated_at <= then.updated_at
        assert permit.issued <= permit.updated_at.date() <= day
        assert set(permit.trades) <= set(TRADES)


@few
@given(any_day)
def test_the_address_of_a_restaurant_page_is_plain_and_its_own(day: date) -> None:
    slugs = [inspection.slug for inspection in inspections(day)]
    assert len(set(slugs)) == len(slugs)
    assert all(slug.isascii() and slug == slug.lower() and slug.replace("-", "").isalnum() for slug in slugs)


@few
@given(any_day)
def test_an_inspection_finds_each_thing_once(day: date) -> None:
    for inspection in inspections(day):
        assert len(set(inspection.violations)) == len(inspection.violations)
        assert set(inspection.violations) <= set(VIOLATIONS)


@few
@given(any_day)
def test_stations_measure_every_three_hours(day: date) -> None:
    for reading in air(day):
        assert reading.station in STATIONS
        assert reading.measured_at.tzinfo is UTC
        assert (reading.measured_at.hour, reading.measured_at.minute) in {(hour, 0) for hour in HOURS}
        assert 0 <= reading.index <= 500
        assert reading.pm25 is None or reading.pm25 > Decimal(2)


@few
@given(any_day)
def test_a_trip_is_named_after_its_line_and_its_local_time(day: date) -> None:
    for trip in departures(day):
        local = trip.departs.astimezone(LOCAL)
        assert local.date() == day
        assert trip.destination == LINES[trip.line][0]
        assert trip.trip.startswith(f"{trip.line}-")
        assert (trip.status == "On time") <= (trip.delay == 0)
        assert (trip.status == "Delayed") <= (trip.delay > 0)


@few
@given(any_day)
def test_a_line_always_leaves_from_the_same_bay(day: date) -> None:
    bays = {(trip.line, trip.bay) for trip in (*departures(day), *departures(day + timedelta(40)))}
    assert len(bays) == len({line for line, _ in bays})


@few
@given(any_day)
def test_all_services_but_the_suspended_ones_have_a_fee(day: date) -> None:
    schedule = fees(day)
    assert len(schedule) == sum(len(names) for _, names in SERVICES.values()) - SUSPENDED
    assert [fee.code for fee in schedule] == sorted(fee.code for fee in schedule)
    assert all(fee.service in SERVICES[fee.code[:2]][1] for fee in schedule)


@pytest.mark.parametrize("weekday", range(7))
def test_the_suspended_services_stay_the_same_all_week(weekday: int) -> None:
    monday = date(2026, 11, 16)
    assert {fee.code for fee in fees(monday + timedelta(weekday))} == {fee.code for fee in fees(monday)}
