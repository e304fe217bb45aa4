"""When two printed values say the same: forms under which they meet."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from lakehouse.fetcher.dates import find_day
from lakehouse.fetcher.marks import DATE
from lakehouse.fetcher.months import months
from lakehouse.fetcher.references import unescaped
from lakehouse.fetcher.values import Unreadable

QUOTES = str.maketrans(
    "\u2018\u2019\u201a`\u00b4\u201c\u201d\u201e\u2010\u2011\u2012\u2013\u2014\u2212",
    "'''''\"\"\"------",
    "\u00ad\u200b\u200c\u200d\ufeff",
)
EDGES = ".,;:|-*•·"
ADDRESS = re.compile(
    r"^(?:[a-z]+:)?//\S|^\.{0,2}/\S|^\S+\.(?:pdf|html?|aspx?|docx?|php|jpe?g|png|webp)(?:[?#]\S*)?$", re.IGNORECASE
)


@lru_cache(maxsize=100_000)
def bare(value: str) -> str:
    """The value without white space, case, entities, kinds of quotes and marks at its edges."""
    plain = "".join(unescaped(value).translate(QUOTES).split()).casefold()
    return plain.strip(EDGES) or plain


@lru_cache(maxsize=100_000)
def forms(value: str) -> frozenset[str]:
    """What the value says, as text, as an address and as a day."""
    found = {bare(value)}
    if ADDRESS.match(value.strip()):
        found.add("url:" + address_key(value))
    if len(value) < 48 and any(map(str.isdigit, value)):
        found.update(f"day:{day}" for day in days(value))
    return frozenset(found)


def likeness(one: str | None, other: str | None) -> float:
    """1 for values that say the same in the same words, a little less in other words, 0 for different ones."""
    if not one or not other:
        return 0.0
    if bare(one) == bare(other):
        return 1.0
    return 0.95 if forms(one) & forms(other) else 0.0


def agree(one: str | None, other: str | None) -> bool:
    """Whether two values say the same."""
    return bool(one and other) and bool(forms(str(one)) & forms(str(other)))


def address_key(value: str) -> str:
    """The end of an address, by which relative and absolute ones meet."""
    path = unquote(unquote(unescaped(value).strip())).replace("\\", "/").split("#")[0]
    path = "".join(path.split()).casefold()
    path, _, query = path.partition("?")
    last = path.rstrip("/").rpartition("/")[2]
    return f"{last}?{query}" if query else last


def days(value: str) -> set[str]:
    """The days that a value may name, whatever the order of its parts; empty where it is more than a day."""
    match = DATE.search(value) or re.search(r"\d{4}-\d\d-\d\d", value)
    if match is None and not re.search(r"\d{4}", value):
        return set()
    if match is not None and len(match[0]) < 0.6 * len(value.strip()):
        return set()
    return {day for order in ("MDY", "DMY", "YMD") if (day := _day(value, order))}


def _day(value: str, order: str) -> str | None:
    try:
        return find_day(value, order, months("en")).isoformat()
    except Unreadable:
        return None
