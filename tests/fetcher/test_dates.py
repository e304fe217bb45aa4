"""The reader of calendar days."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import OptionError, Page, Unread, date
from lakehouse.fetcher.months import NAMES

DAY = dt.date(2024, 1, 31)
DAYS = st.dates(dt.date(1600, 1, 1), dt.date(2199, 12, 31))


def read(text, **options):
    return date(_node(text), **options)


def _node(value):
    page = Page("https://a.example/", b"{}", "application/json")
    page.document = {"v": value}
    return page.one("v")


@pytest.mark.parametrize(
    "written",
    [
        "2024-01-31",
        "2024/1/31",
        "2024.01.31",
        "2024 01 31",
        "2024-01-31T23:59:00Z",
        "20240131",
        "filed 2024-01-31, No. 12",
        "\uff12\uff10\uff12\uff14-\uff10\uff11-\uff13\uff11",
        "2024年1月31日",
        "2024 年 01 月 31 日",
        "2024년 1월 31일",
        "31 Jan 2024",
        "2024 January 31",
    ],
)
@pytest.mark.parametrize("order", ["YMD", "MDY", "DMY"])
def test_a_date_whose_order_is_plain_is_read_in_any_order(written, order):
    assert read(written, order=order) == DAY


@pytest.mark.parametrize("separator", ["/", "-", ".", " / ", " ", ". "])
def test_the_order_decides_what_digits_mean(separator):
    assert read(separator.join(["01", "02", "2024"]), order="MDY") == dt.date(2024, 1, 2)
    assert read(separator.join(["01", "02", "2024"]), order="DMY") == dt.date(2024, 2, 1)


def test_two_digit_years_may_stand_first():
    assert [read(text, order="YMD") for text in ("24-2-1", "24/02/01", "24. 2. 1")] == [dt.date(2024, 2, 1)] * 3


@pytest.mark.parametrize("order", ["YMD", "MDY", "DMY"])
def test_three_short_numbers_are_no_date_where_they_may_be_anything(order):
    assert isinstance(read("version 1.2.3", order=order), Unread)
    assert isinstance(read("rooms 12 10 24", order=order), Unread)


@pytest.mark.parametrize(("two", "year"), [("00", 2000), ("24", 2024), ("49", 2049), ("50", 1950), ("99", 1999)])
def test_two_digit_years_turn_at_fifty(two, year):
    assert read(f"1/2/{two}", order="MDY") == dt.date(year, 1, 2)
    assert read(f"2 Jan '{two}") == dt.date(year, 1, 2)


@pytest.mark.parametrize(
    ("written", "locale"),
    [
        ("Wednesday, January 31st, 2024", "en"),
        ("Wed 31-Jan-24", "en"),
        ("Jan. 31, 2024", "en"),
        ("31st of January 2024", "en"),
        ("Posted on January 31, 2024 by the clerk", "en"),
        ("JAN 31 2024", "en"),
        ("31Jan2024", "en"),
        ("Mittwoch, den 31. Januar 2024", "de"),
        ("31. Jänner 2024", "de-AT"),
        ("mercredi 31 janvier 2024", "fr"),
        ("31 janv. 2024", "fr_FR"),
        ("31 de enero de 2024", "es"),
        ("31 ene 2024", "es"),
        ("31 gennaio 2024", "it"),
        ("31 januari 2024", "nl"),
        ("31 de janeiro de 2024", "pt"),
        ("31 januari 2024", "sv"),
        ("31. januar 2024", "da"),
        ("31. januar 2024", "nb"),
        ("31. januar 2024", "no"),
        ("31. tammikuuta 2024", "fi"),
        ("31 stycznia 2024", "pl"),
        ("31. ledna 2024", "cs"),
    ],
)
def test_names_of_months_are_read_in_their_language(written, locale):
    assert read(written, locale=locale) == DAY


@pytest.mark.parametrize(
    ("written", "locale", "month"),
    [
        ("1er août 2024", "fr", 8),
        ("1º de março de 2024", "pt", 3),
        ("1° maggio 2024", "it", 5),
        ("3 mar 2024", "es", 3),
        ("1. července 2024", "cs", 7),
    ],
)
def test_ordinals_and_accents_are_read(written, locale, month):
    found = read(written, locale=locale)
    assert isinstance(found, dt.date)
    assert found.month == month


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2024-02-30", "there is no day"),
        ("2024-13-01", "there is no day"),
        ("31/31/2024", "there is no day"),
        ("February 30, 2024", "there is no day"),
        ("29 Feb 2023", "there is no day"),
        ("0000-01-01", "there is no day"),
        ("yesterday", "no date"),
        ("31 January", "no date"),
        ("January 2024", "no date"),
        ("2024", "no date"),
        ("12", "no date"),
        ("2024-01-31 and 2024-02-01", "several"),
        ("1-3 January 2024", "range"),
        ("1 \u2013 3 January 2024", "range"),
        ("1 to 3 January 2024", "range"),
    ],
)
def test_what_is_no_single_day_is_unread_with_the_reason(written, reason):
    found = read(written, order="MDY")
    assert isinstance(found, Unread)
    assert found.raw == written
    assert reason in found.reason


def test_day_and_month_are_never_swapped_to_make_a_date_possible():
    assert isinstance(read("31/01/2024", order="MDY"), Unread)
    assert isinstance(read("01/31/2024", order="DMY"), Unread)
    assert isinstance(read("31/01/2024", order="YMD"), Unread)


def test_the_same_day_written_twice_is_one_day():
    assert read("2024-01-31 (January 31, 2024)") == DAY


def test_numbers_are_days_written_together_or_epochs():
    assert read(20240131) == DAY
    assert read(1706659200) == DAY
    assert read(1706659200000) == DAY


def test_nothing_there_is_none():
    assert read("") is None
    assert read(None) is None


def test_an_unknown_order_or_locale_is_an_error_of_the_fetcher():
    with pytest.raises(OptionError, match="DMY, MDY, YMD"):
        read("2024-01-31", order="ymd")
    with pytest.raises(OptionError, match="cs, da, de"):
        read("2024-01-31", locale="xx")


@given(DAYS)
def test_iso_dates_round_trip(day):
    assert read(day.isoformat()) == day
    assert read(f"Filed: {day.isoformat()}.") == day


@given(DAYS, st.sampled_from(["MDY", "DMY"]), st.sampled_from("/-. "))
def test_numeric_dates_round_trip(day, order, separator):
    parts = {"M": f"{day.month:02d}", "D": f"{day.day:02d}", "Y": f"{day.year:04d}"}
    assert read(separator.join(parts[letter] for letter in order), order=order) == day


@given(DAYS, st.sampled_from(sorted(NAMES)), st.data())
def test_every_form_of_every_month_round_trips(day, locale, data):
    name = data.draw(st.sampled_from(NAMES[locale].split()[day.month - 1].split("/")))
    assert read(f"{day.day} {name} {day.year}", locale=locale) == day
    assert read(f"{name.title()} {day.day}, {day.year}", locale=locale) == day
    assert read(f"{day.day}. {name.upper()}. {day.year}", locale=locale) == day


@given(st.text("0123456789/-. ,JanFebmarch年月日st", max_size=30), st.sampled_from(["YMD", "MDY", "DMY"]))
def test_no_text_ever_raises(written, order):
    assert isinstance(read(written, order=order), dt.date | Unread | None)
