"""Whether the values of a column can be what a field wants: days, addresses, figures, yes and no."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lakehouse.agents.doctor.repair.data_columns import Column
from lakehouse.agents.doctor.repair.looks import FILE
from lakehouse.agents.scout.formats.days import LONGEST as LONGEST_DAY
from lakehouse.agents.scout.formats.vote import EPOCHS, FIGURE
from lakehouse.agents.scout.match import ADDRESS
from lakehouse.fetcher.amounts import TOKEN
from lakehouse.fetcher.booleans import FALSE, TRUE
from lakehouse.fetcher.dates import find_day, plain
from lakehouse.fetcher.months import NAMES, months
from lakehouse.fetcher.values import Unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.contract import FieldType

MOST = 60
ENOUGH = 0.8
TIMES = frozenset({"date", "datetime"})
FIGURES = frozenset({"integer", "decimal", "money"})
LOCALES = ("en", *sorted(set(NAMES) - {"en"}))
WORDS = 4
"""Words for yes, no and unknown that a field of yes and no may have."""


def suits(column: Column, kind: FieldType) -> float:
    """Return 1 where a column's values can be of a kind, 0 where not, between where they may be after a change."""
    if not column.filled:
        return 0.0
    if kind in ("text", "list"):
        return 1.0 if column.is_many == (kind == "list") else 0.6
    pairs = [(value, text) for value, text in zip(column.raw, column.texts, strict=True) if text][:MOST]
    if kind == "boolean":
        return _truth(pairs)
    share = sum(_suits(kind, value, text) for value, text in pairs) / len(pairs)
    return share if share >= ENOUGH else 0.0


def suits_texts(texts: Sequence[str], kind: FieldType) -> float:
    """Return the same for texts alone."""
    return suits(Column((), tuple(texts), (), 0), kind)


def _suits(kind: FieldType, value: Any, text: str) -> bool:
    if kind in TIMES:
        return is_day(value, text)
    return is_figure(text) if kind in FIGURES else is_address(text)


def is_address(text: str) -> bool:
    """Tell whether a text is an address, absolute or relative, or the name of a file."""
    return bool(ADDRESS.match(text) or (FILE.search(text) and "," not in text))


def is_day(value: Any, text: str) -> bool:
    """Tell whether a value can be read as one day, in some order and language, or as an epoch."""
    if isinstance(value, int | float | Decimal):
        return any(low < value < high for low, high in EPOCHS)
    return len(text) <= LONGEST_DAY and any(map(str.isdigit, text)) and can_be_day(text)


@lru_cache(maxsize=50_000)
def can_be_day(text: str) -> bool:
    """Tell whether some order and language read one day in a text."""
    flat = plain(text)
    locales = LOCALES if any(map(str.isalpha, flat)) else LOCALES[:1]
    return any(_reads(flat, order, locale) for locale in locales for order in ("YMD", "MDY", "DMY"))


def _reads(text: str, order: str, locale: str) -> bool:
    try:
        find_day(text, order, months(locale))
    except Unreadable:
        return False
    return True


def is_figure(text: str) -> bool:
    """Tell whether a text is one figure, perhaps with the sign of a currency."""
    return FIGURE.fullmatch(TOKEN.sub("", text).strip()) is not None


def _truth(pairs: Sequence[tuple[Any, str]]) -> float:
    words = {text.casefold() for _, text in pairs}
    if all(isinstance(value, bool) for value, _ in pairs) or words <= {*TRUE, *FALSE}:
        return 1.0
    return 0.6 if len(words) <= WORDS and len(pairs) > len(words) else 0.0
