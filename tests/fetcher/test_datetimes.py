"""The reader of points in time."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import OptionError, Page, Unread, datetime
from lakehouse.fetcher.zones import ZONES, zone

NOON = dt.datetime(2024, 7, 1, 12, 0, tzinfo=dt.UTC)


def read(value, **options):
    page = Page("https://a.example/", b"{}", "application/json")
    page.document = {"v": value}
    return datetime(page.one("v"), **options)


@pytest.mark.parametrize(
    "written",
    [
        "2024-07-01T12:00:00Z",
        "2024-07-01 12:00",
        "2024-07-01T14:00:00+02:00",
        "2024-07-01T14:00+0200",
        "2024-07-01T12:00:00.000Z",
        "Mon, 01 Jul 2024 12:00:00 GMT",
        "Mon, 1 Jul 2024 08:00:00 EDT",
        "July 1, 2024 at 12:00 p.m.",
        "1 July 2024, 12pm",
        "12:00 on 1 July 2024",
        "2024-07-01 07:00 -05:00",
        "1719835200",
        "2024-07-01 14:00 CEST",
        "2024年7月1日 12:00",
        "2024-07-01T12:00:00 UTC+00:00",
    ],
)
def test_the_same_moment_in_many_forms(written):
    assert read(int(written) if written.isdigit() else written) == NOON


def test_a_time_without_a_zone_is_of_the_zone_of_the_fetcher():
    assert read("2024-07-01 14:00", tz="Europe/Berlin") == NOON
    assert read("2024-07-01 08:00", tz="America/New_York") == NOON
    assert read("2024-01-01 12:00", tz="America/New_York") == dt.datetime(2024, 1, 1, 17, tzinfo=dt.UTC)


def test_a_zone_in_the_text_wins_over_the_zone_of_the_fetcher():
    assert read("2024-07-01T12:00Z", tz="Asia/Tokyo") == NOON


def test_a_day_without_a_time_is_its_midnight():
    assert read("2024-07-01") == NOON.replace(hour=0)
    assert read("2024-07-01", tz="Asia/Tokyo") == dt.datetime(2024, 6, 30, 15, tzinfo=dt.UTC)


@pytest.mark.parametrize("number", [1719835200, 1719835200000, 1719835200000000, 1719835200.0])
def test_numbers_are_epochs_of_seconds_and_finer(number):
    assert read(number) == NOON


@pytest.mark.parametrize(("time", "hour"), [("12:05 AM", 0), ("1:05 am", 1), ("12:05 PM", 12), ("11:05 p.m.", 23)])
def test_hours_of_the_twelve_hour_clock(time, hour):
    assert read(f"7/1/2024 {time}", order="MDY") == NOON.replace(hour=hour, minute=5)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2024-07-01 25:00", "there is no time"),
        ("2024-07-01 13:00 pm", "there is no hour"),
        ("2024-07-01 10:00 to 12:00", "several times"),
        ("2024-07-01 12:00 IST", "zone IST"),
        ("2024-07-01 12:00 +99:00", "offset"),
        ("at noon", "no date"),
        ("2024-02-30 12:00", "there is no day"),
        (10**300, "no time"),
    ],
)
def test_what_is_no_single_moment_is_unread_with_the_reason(written, reason):
    found = read(written)
    assert isinstance(found, Unread)
    assert reason in found.reason


def test_a_zone_out_of_the_fixed_set_is_an_error_of_the_fetcher():
    with pytest.raises(OptionError, match="Europe/Berlin"):
        read("2024-07-01", tz="Mars/Olympus")


MOMENTS = st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2100, 1, 1))


@given(MOMENTS, st.integers(-12 * 60, 14 * 60))
def test_iso_times_round_trip_through_any_offset(moment, minutes):
    aware = moment.replace(tzinfo=dt.UTC)
    assert read(aware.astimezone(dt.timezone(dt.timedelta(minutes=minutes))).isoformat()) == aware


@given(MOMENTS, st.sampled_from(sorted(ZONES)))
def test_local_times_round_trip_outside_the_changes_of_the_clock(moment, name):
    local = moment.replace(tzinfo=dt.UTC, microsecond=0).astimezone(zone(name)).replace(fold=0)
    assert read(local.strftime("%d %B %Y %H:%M:%S"), tz=name) == local.astimezone(dt.UTC)


@given(st.integers(0, 4_000_000_000))
def test_epochs_round_trip(seconds):
    found = read(seconds)
    if not 10_000_101 <= seconds <= 99_991_231:
        assert found == dt.datetime.fromtimestamp(seconds, dt.UTC)
    else:
        assert isinstance(found, dt.datetime | Unread)


@given(st.text("0123456789:-+TZ apm.", max_size=30))
def test_no_text_ever_raises(written):
    assert isinstance(read("2024-07-01 " + written), dt.datetime | Unread)
