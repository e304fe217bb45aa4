"""When a known value and a value of the data say the same, and which records are known ones."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING

from lakehouse.agents.scout.formats.days import LONGEST as LONGEST_DAY
from lakehouse.agents.scout.formats.vote import FIGURE
from lakehouse.agents.scout.match import forms
from lakehouse.fetcher.amounts import TOKEN
from lakehouse.fetcher.dates import find_day, plain
from lakehouse.fetcher.months import months
from lakehouse.fetcher.numbers import find_number
from lakehouse.fetcher.values import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lakehouse.agents.doctor.case import Record
    from lakehouse.agents.doctor.repair.data_columns import Column

LONGEST = 300
SHORTEST = 3
"""Letters of a value from which on it can tell one record from others; "2" and "no" stand everywhere."""
MOST_OWNERS = 2
FEWEST = 3
FEWEST_FIGURES = 4
APART = 0.9
"""Share of a field's values that differ, from which on one of them tells its record."""
HALF = 0.5


@lru_cache(maxsize=100_000)
def said(text: str) -> frozenset[str]:
    """Return what a value says, in all forms in which it may be said again: words, address, day, number."""
    if len(text) > LONGEST:
        return frozenset({text.casefold()})
    return forms(text) | _figures(text) | _days(text)


def _figures(text: str) -> frozenset[str]:
    bare = TOKEN.sub("", text).strip()
    if not FIGURE.fullmatch(bare):
        return frozenset()
    return frozenset(f"number:{number.normalize():f}" for mark in ".," if (number := _number(bare, mark)) is not None)


def _days(text: str) -> frozenset[str]:
    """Return the days that a text may name, by whatever order, with or without a time beside it."""
    if len(text) > LONGEST_DAY or sum(map(str.isdigit, text)) < FEWEST_FIGURES:
        return frozenset()
    flat = plain(text)
    return frozenset(f"day:{day}" for order in ("YMD", "MDY", "DMY") if (day := _day(flat, order)) is not None)


def _day(text: str, order: str) -> dt.date | None:
    try:
        return find_day(text, order, months("en"))
    except Unreadable:
        return None


def _number(text: str, mark: str) -> Decimal | None:
    try:
        return find_number(text, mark)
    except (Unreadable, InvalidOperation):
        return None


def agree(one: str | None, other: str | None) -> bool:
    """Tell whether two printed values say the same."""
    return bool(one and other) and not said(str(one)).isdisjoint(said(str(other)))


def matched(columns: Sequence[Column], records: Sequence[Record]) -> dict[int, Record]:
    """Return the known record that stands in a row again, by the row's number.

    A row must have a value that only this record has, in a field that tells records apart, or else two that few have;
    and it must say at least half of what the record says, for single values meet by chance.
    """
    owners, telling = _owners(records), _telling(records)
    whole = [column for column in columns if not column.options]
    found: dict[int, Record] = {}
    for row in range(len(whole[0].raw) if whole else 0):
        there = frozenset(form for column in whole if (text := column.texts[row]) for form in said(text))
        hits = {hit for form in there for hit in owners.get(form, ())}
        votes = Counter(number for number, _ in hits)
        sure = {number for number, name in hits if name in telling or votes[number] > 1}
        best = max(sure, key=lambda number: (votes[number], -number), default=None)
        if best is not None and _share(records[best], there) >= HALF:
            found[row] = records[best]
    return found


def _share(record: Record, there: frozenset[str]) -> float:
    filled = [value for value in record.values() if value]
    return sum(not there.isdisjoint(said(value)) for value in filled) / len(filled)


def _telling(records: Sequence[Record]) -> frozenset[str]:
    """Return the fields whose values differ from record to record; none where few records cannot say so."""
    if len(records) < FEWEST:
        return frozenset()
    filled = {name: [record[name] for record in records if record.get(name)] for record in records for name in record}
    return frozenset(name for name, values in filled.items() if len(set(values)) >= APART * len(values) > 1)


def _owners(records: Sequence[Record]) -> Mapping[str, set[tuple[int, str]]]:
    """Return, for each form that few records have, which ones, and in which field."""
    owners: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for number, record in enumerate(records):
        for name, value in record.items():
            if len(value) >= SHORTEST:
                for form in said(value):
                    owners[form].add((number, name))
    return {form: each for form, each in owners.items() if len({number for number, _ in each}) <= MOST_OWNERS}


def agreement(column: Column, name: str, known: Mapping[int, Record]) -> float | None:
    """Return in which share of the matched rows a column says what the field said; None where none can tell."""
    pairs = _pairs(column, name, known)
    return sum(agree(text, value) for text, value in pairs) / len(pairs) if pairs else None


def correspondence(column: Column, name: str, known: Mapping[int, Record]) -> float | None:
    """Return in which share of the matched rows each word of a column stands for one known word; None as above."""
    pairs = [(text, value) for text, value in _pairs(column, name, known) if text]
    words = Counter(pairs)
    if len({text for text, _ in words}) < 2 or len({value for _, value in words}) < 2:
        return None
    best = {value: max((count, text) for (text, its), count in words.items() if its == value) for _, value in words}
    distinct = len({text for _, text in best.values()}) == len(best)
    return sum(count for count, _ in best.values()) / len(pairs) if distinct else 0.0


def _pairs(column: Column, name: str, known: Mapping[int, Record]) -> list[tuple[str | None, str]]:
    return [(column.texts[row], record[name]) for row, record in known.items() if record.get(name)]
