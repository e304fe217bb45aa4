"""The reader of numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import OptionError, Page, Unread, number


def read(value, **options):
    page = Page("https://a.example/", b"{}", "application/json")
    page.document = {"v": value}
    return number(page.one("v"), **options)


@pytest.mark.parametrize(
    ("written", "decimal", "value"),
    [
        ("1.234", ".", "1.234"),
        ("1.234", ",", "1234"),
        ("1,234", ".", "1234"),
        ("1,234", ",", "1.234"),
        ("1,234,567.89", ".", "1234567.89"),
        ("1.234.567,89", ",", "1234567.89"),
        ("1\u00a0234,5", ",", "1234.5"),
        ("1\u202f234", ".", "1234"),
        ("1\u2009234", ".", "1234"),
        ("12 345 678", ".", "12345678"),
        ("1'234.50", ".", "1234.50"),
        ("1\u2019234", ".", "1234"),
        ("12,34,567", ".", "1234567"),
        ("45 %", ".", "45"),
        ("-5", ".", "-5"),
        ("\u22125", ".", "-5"),
        ("- 5", ".", "-5"),
        ("5-", ".", "-5"),
        ("(1,234.5)", ".", "-1234.5"),
        ("(5 %)", ".", "-5"),
        ("Comments (12)", ".", "12"),
        (".5", ".", "0.5"),
        (",5", ",", "0.5"),
        ("1e3", ".", "1000"),
        ("1.2E-05", ".", "0.000012"),
        ("about 12 km", ".", "12"),
        ("12 m²", ".", "12"),
        ("12 (12)", ".", "12"),
        ("٣", ".", "3"),
        ("0", ".", "0"),
        ("007", ".", "7"),
        ("+7", ".", "7"),
    ],
)
def test_a_number_reads_as(written, decimal, value):
    assert read(written, decimal=decimal) == Decimal(value)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("12 of 34", "several"),
        ("5-10", "several"),
        ("1,23", "several"),
        ("1.234,5", "several"),
        ("none", "no number"),
        ("1.2k", "shortened"),
        ("3 M", "shortened"),
        ("12,34", "several"),
    ],
)
def test_what_is_no_single_number_is_unread_with_the_reason(written, reason):
    found = read(written)
    assert isinstance(found, Unread)
    assert reason in found.reason


def test_json_numbers_are_taken_as_they_are():
    assert read(5) == 5
    assert read(Decimal("0.1")) == Decimal("0.1")
    assert read(0.1) == Decimal("0.1")
    assert read(0) == 0


def test_what_json_calls_a_number_but_is_none_is_unread():
    assert isinstance(read(float("nan")), Unread)
    assert isinstance(read(True), Unread)


def test_nothing_there_is_none():
    assert read("") is None
    assert read(None) is None


def test_an_unknown_mark_is_an_error_of_the_fetcher():
    with pytest.raises(OptionError, match="decimal mark"):
        read("1", decimal="'")


NUMBERS = st.decimals(-(10**12), 10**12, places=2, allow_nan=False, allow_infinity=False)


@given(NUMBERS, st.sampled_from([",", " ", "\u00a0", "\u2009", "\u202f", "'", "\u2019", ""]))
def test_grouped_numbers_round_trip_with_a_decimal_point(value, group):
    assert read(f"{value:,.2f}".replace(",", group)) == value


@given(NUMBERS, st.sampled_from([".", " ", "\u00a0", ""]))
def test_grouped_numbers_round_trip_with_a_decimal_comma(value, group):
    written = f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", group)
    assert read(written, decimal=",") == value


@given(NUMBERS.filter(lambda value: value > 0))
def test_accounting_forms_of_minus_round_trip(value):
    assert read(f"({value:,})") == -value
    assert read(f"{value}-") == -value


@given(st.text("0123456789.,-() '%ekM", max_size=20), st.sampled_from([".", ","]))
def test_no_text_ever_raises(written, decimal):
    assert isinstance(read(written, decimal=decimal), Decimal | Unread | None)
