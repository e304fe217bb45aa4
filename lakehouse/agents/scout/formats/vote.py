"""Which reader suits a column: a vote over its values, so that one odd value does not decide."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from lakehouse.agents.scout.formats.days import day_reading
from lakehouse.agents.scout.formats.readable import is_readable
from lakehouse.fetcher.amounts import TOKEN, find_money
from lakehouse.fetcher.booleans import FALSE, TRUE
from lakehouse.fetcher.numbers import find_number

if TYPE_CHECKING:
    from collections.abc import Sequence

IDENTIFIES = re.compile(
    r"(^|_)(id|ids|uuid|guid|key|no|nr|num|number|code|zip|postal|postcode|phone|tel|fax|isbn|ean|sku|docket|case|version)$"
)
TELLS_TIME = re.compile(
    r"(^|_)(date|day|time|datetime|timestamp|created|updated|published|modified|posted|filed|issued|expires|epoch|since|until|at|on)(_|$)"
)
ADDRESS = re.compile(r"(https?:)?//[^\s/]+\S*", re.IGNORECASE)
PATH = re.compile(r"\.{0,2}/[^\s/]\S*")
POINTS = re.compile(r"(^|_)(url|uri|href|link|permalink|src|file|path|image|pdf)(_|$)")
FIGURE = re.compile(r"[-+\u2212(]?\s?\d[\d.,'\u2019\u00a0\u202f ]*\s?[%)]?")
EPOCHS = ((10**8, 5 * 10**9), (10**11, 5 * 10**12))
LONGEST_FIGURE = 15
COMMA = re.compile(r",\d{1,2}(?!\d)|,\d{4,}|\.\d{3},\d|\d[ \u00a0\u202f]\d{3},\d")
POINT = re.compile(r"\.\d{1,2}(?!\d)|\.\d{4,}|,\d{3}\.\d|(?<!\d)0\.\d|\d[ \u00a0\u202f]\d{3}\.\d")
UNSURE = re.compile(r"(?<!\d)\d{1,3}(?:\.\d{3})+(?!\d)")


class Reading(NamedTuple):
    """A reader of the fetcher language and its options."""

    reader: str
    options: dict[str, Any]


TEXT = Reading("text", {})


def vote(values: Sequence[Any], name: str = "") -> Reading:
    """The reader that reads nearly all of a column's values; `name`, in snake case, tells what values alone do not."""
    present = [value for value in values if value not in (None, "", [], {})]
    judges = (_list, _truth, _count, _address, _written_day, _amount, _figure)
    return next((reading for judge in judges if present and (reading := judge(present, name))), TEXT)


def _list(values: Sequence[Any], name: str) -> Reading | None:
    del name
    return Reading("items", {}) if any(isinstance(value, list) for value in values) else None


def _truth(values: Sequence[Any], name: str) -> Reading | None:
    del name
    words = {str(value).casefold() for value in values} - {"0", "1"}
    known = {*TRUE, *FALSE} - {"0", "1"}
    sure = len(words) > 1 or any(isinstance(value, bool) for value in values)
    return (
        Reading("boolean", {})
        if sure and words <= known and all(isinstance(value, bool | str) for value in values)
        else None
    )


def _count(values: Sequence[Any], name: str) -> Reading | None:
    if not all(isinstance(value, int | float | Decimal) and not isinstance(value, bool) for value in values):
        return None
    if TELLS_TIME.search(name) and any(all(low < value < high for value in values) for low, high in EPOCHS):
        return Reading("datetime", {})
    too_large = not is_readable(values, lambda value: find_number(str(value), ".") is not None)
    return TEXT if too_large or IDENTIFIES.search(name) else Reading("number", {})


def _address(values: Sequence[Any], name: str) -> Reading | None:
    absolute = is_readable(values, lambda value: _matches(ADDRESS, value))
    # "/2" may be anything; what is called a link and looks like a path is one.
    relative = POINTS.search(name) and is_readable(
        values, lambda value: _matches(ADDRESS, value) or _matches(PATH, value)
    )
    return Reading("link", {}) if absolute or relative else None


def _matches(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value.strip()) is not None


def _written_day(values: Sequence[Any], name: str) -> Reading | None:
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) < len(values) or (all(text.isdigit() for text in texts) and not TELLS_TIME.search(name)):
        return None
    found = day_reading(texts)
    return Reading(*found) if found else None


def _amount(values: Sequence[Any], name: str) -> Reading | None:
    del name
    if not is_readable(values, lambda value: isinstance(value, str) and _is_amount(value)):
        return None
    mark = decimal_mark([str(value) for value in values])
    if mark is None or not is_readable(values, lambda value: find_money(value, mark, None, set()) is not None):
        return None
    return Reading("money", {"decimal": mark} if mark == "," else {})


def _is_amount(text: str) -> bool:
    return bool(TOKEN.search(text)) and FIGURE.fullmatch(TOKEN.sub("", text, count=1).strip()) is not None


def _figure(values: Sequence[Any], name: str) -> Reading | None:
    if IDENTIFIES.search(name) or not is_readable(values, _is_figure):
        return None
    mark = decimal_mark([str(value) for value in values])
    if mark is None or not is_readable(values, lambda value: find_number(value, mark) is not None):
        return None
    return Reading("number", {"decimal": mark} if mark == "," else {})


def _is_figure(value: Any) -> bool:
    text = str(value).strip()
    digits = re.sub(r"\D", "", text)
    padded = len(digits) > 1 and digits[0] == "0" and not re.match(r"\W*0[.,]", text)
    return FIGURE.fullmatch(text) is not None and len(digits) <= LONGEST_FIGURE and not padded


def decimal_mark(texts: Sequence[str]) -> str | None:
    """The mark before fractions, learned from all figures of a column; None where "1.234" could be either."""
    commas, points = (sum(bool(mark.search(text)) for text in texts) for mark in (COMMA, POINT))
    if commas != points:
        return "," if commas > points else "."
    return None if commas or any(UNSURE.search(text) for text in texts) else "."
