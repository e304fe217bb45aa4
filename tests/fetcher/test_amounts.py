"""The reader of money."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import Money, OptionError, Page, Unread, money
from lakehouse.fetcher.amounts import CODES, SYMBOLS


def read(value, **options):
    page = Page("https://a.example/", b"{}", "application/json")
    page.document = {"v": value}
    return money(page.one("v"), **options)


@pytest.mark.parametrize(
    ("written", "amount", "currency"),
    [
        ("$1,234.50", "1234.50", "USD"),
        ("€ 12", "12", "EUR"),
        ("12 EUR", "12", "EUR"),
        ("EUR12", "12", "EUR"),
        ("US$ 5", "5", "USD"),
        ("A$5", "5", "AUD"),
        ("-£3.20", "-3.20", "GBP"),
        ("($5.00)", "-5.00", "USD"),
        ("¥1,000", "1000", "JPY"),
        ("1000円", "1000", "JPY"),
        ("CHF 1'234.50", "1234.50", "CHF"),
        ("Kč 99", "99", "CZK"),
        ("from $5 per month", "5", "USD"),
        ("12", "12", None),
        ("12 kr", "12", None),
        ("12 widgets", "12", None),
        ("$-5", "-5", "USD"),
        ("USD $5", "5", "USD"),
    ],
)
def test_an_amount_reads_as(written, amount, currency):
    assert read(written) == Money(Decimal(amount), currency)


def test_a_currency_named_by_the_fetcher_holds_only_where_the_page_is_not_sure():
    assert read("12 kr", currency="SEK") == Money(Decimal(12), "SEK")
    assert read("$12", currency="CAD") == Money(Decimal(12), "CAD")
    assert read("12", currency="EUR") == Money(Decimal(12), "EUR")
    assert read(12, currency="EUR") == Money(Decimal(12), "EUR")
    assert read("12 €", currency="CAD") == Money(Decimal(12), "EUR")


def test_a_decimal_comma_is_read_where_the_fetcher_says_so():
    assert read("1.234,50 €", decimal=",") == Money(Decimal("1234.50"), "EUR")


def test_words_for_nothing_to_pay_are_named_by_the_fetcher():
    assert read("Free!", free=("free!",), currency="EUR") == Money(Decimal(0), "EUR")
    assert isinstance(read("Free!"), Unread)


@pytest.mark.parametrize("written", ["$5 to $10", "5 EUR or 5 USD", "on request", "$", "$1.2M"])
def test_what_is_no_single_amount_is_unread(written):
    assert isinstance(read(written), Unread)


def test_nothing_there_is_none():
    assert read("") is None


def test_an_unknown_currency_is_an_error_of_the_fetcher():
    with pytest.raises(OptionError, match="'euro'"):
        read("5", currency="euro")


AMOUNTS = st.decimals(0, 10**9, places=2, allow_nan=False)


@given(AMOUNTS, st.sampled_from(sorted(CODES)), st.booleans(), st.sampled_from(["", " ", "\u00a0"]))
def test_amounts_with_a_code_round_trip(amount, code, before, blank):
    assert read(f"{code}{blank}{amount:,}" if before else f"{amount:,}{blank}{code}") == Money(amount, code)


@given(AMOUNTS, st.sampled_from(sorted(SYMBOLS)), st.booleans())
def test_amounts_with_a_symbol_round_trip(amount, symbol, before):
    assert read(f"{symbol} {amount:,}" if before else f"{amount:,} {symbol}") == Money(amount, SYMBOLS[symbol])
