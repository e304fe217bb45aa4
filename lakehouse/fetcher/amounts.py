"""Reader of money: `money`."""

from __future__ import annotations

import re
from typing import Any, Unpack

from lakehouse.fetcher.cut import Cut
from lakehouse.fetcher.errors import OptionError
from lakehouse.fetcher.node import Node
from lakehouse.fetcher.numbers import check_mark, find_number
from lakehouse.fetcher.reading import read, shown
from lakehouse.fetcher.values import Money, Unread, Unreadable

CODES = frozenset([
    "AED", "ARS", "AUD", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP", "HKD",
    "HRK", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW", "KZT", "MAD", "MXN", "MYR", "NGN", "NOK", "NZD",
    "PEN", "PHP", "PKR", "PLN", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "UYU",
    "VND", "ZAR",
])  # fmt: skip
SYMBOLS = {
    "US$": "USD", "CA$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD", "NZ$": "NZD", "HK$": "HKD", "NT$": "TWD",
    "S$": "SGD", "R$": "BRL", "MX$": "MXN", "€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY",
    "₴": "UAH", "₪": "ILS", "₫": "VND", "฿": "THB", "₱": "PHP", "₦": "NGN", "₸": "KZT", "zł": "PLN", "Kč": "CZK",
    "Ft": "HUF", "\u043b\u0432": "BGN", "lei": "RON", "Fr.": "CHF", "円": "JPY", "元": "CNY", "원": "KRW",
    "\u0440\u0443\u0431": "RUB",
}  # fmt: skip
SHARED = {"$": "USD", "¥": "JPY", "￥": "JPY", "kr": None}
"""Symbols of several currencies, with the one they stand for where the fetcher names none."""


def _token(symbol: str) -> str:
    """Return a pattern of a symbol; letters of it do not stand inside a word."""
    left = r"(?<![^\W\d_])" if symbol[0].isalpha() else ""
    right = r"(?![^\W\d_])" if symbol[-1].isalpha() else ""
    return left + re.escape(symbol) + right


TOKEN = re.compile("|".join(_token(symbol) for symbol in sorted([*CODES, *SYMBOLS, *SHARED], key=len, reverse=True)))


def money(
    node: Node,
    *selectors: str,
    decimal: str = ".",
    currency: str | None = None,
    free: tuple[str, ...] = (),
    **cut: Unpack[Cut],
) -> Money | Unread | None:
    """Return an amount; `currency` holds where the page names none for sure, a word of `free` is nothing to pay."""
    check_mark(decimal)
    if currency is not None and not re.fullmatch("[A-Z]{3}", currency):
        raise OptionError(f"the currency {currency!r} is no ISO code of three capitals.")
    words = {word.casefold() for word in free}
    return read("money", node, selectors, cut, lambda raw: find_money(raw, decimal, currency, words))


def find_money(raw: Any, decimal: str, currency: str | None, free: set[str]) -> Money:
    """Return the one amount that stands in a value; raises `Unreadable`."""
    if not isinstance(raw, str):
        return Money(find_number(raw, decimal), currency)
    text = shown(raw)
    if text.casefold() in free:
        return Money(find_number(0, decimal), currency)
    return Money(find_number(TOKEN.sub(" ", text).strip(), decimal), find_currency(text, currency))


def find_currency(text: str, named: str | None) -> str | None:
    """Return the currency that a text names, else the one that the fetcher names; raises `Unreadable` on several."""
    tokens = TOKEN.findall(text)
    sure = {SYMBOLS.get(token) or str(token) for token in tokens if token not in SHARED}
    if len(sure) > 1:
        raise Unreadable(f"several currencies are there: {', '.join(sorted(sure))}")
    if sure:
        return sure.pop()
    return named or next((SHARED[token] for token in tokens), None)
