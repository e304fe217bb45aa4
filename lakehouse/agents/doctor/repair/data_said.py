"""When a known value and a value of the data say the same, and which records are known ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING

from lakehouse.agents.scout.formats.vote import FIGURE
from lakehouse.agents.scout.match import forms
from lakehouse.fetcher.amounts import TOKEN
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
APART = 0.9
"""Share of a field's values that differ, from which on one of them tells its record."""


@lru_cache(maxsize=100_000)
def said(text: str) -> frozenset[str]:
    """Return what a value says, in all forms in which it may be said again: words, address, day, number."""
    if len(text) > LONGEST:
        return frozenset({text.casefold()})
    return forms(text) | _figures(text)


def _figures(text: str) -> frozenset[str]:
    bare = TOKEN.sub("", text).strip()
    if not FIGURE.fullmatch(bare):
        return frozenset()
    return frozenset(f"number:{number.normalize():f}" for mark in ".," if (number := _number(bare, mark)) is not None)


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

    A row must have a value that only this record has, in a field that tells records apart; where too few records are
    known to say which fields do, it must have two.
    """
    owners, telling = _owners(records), _telling(records)
    found: dict[int, Record] = {}
    for row in range(len(columns[0].raw) if columns else 0):
        hits = _hits([column.texts[row] for column in columns if not column.options], owners)
        votes = Counter(number for number, _ in hits)
        sure = {number for number, name in hits if name in telling}
        sure |= {number for number, count in votes.items() if count > 1 and not telling}
        if sure:
            found[row] = records[max(sure, key=lambda number: votes[number])]
    return found


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


def _hits(texts: Sequence[str | None], owners: Mapping[str, set[tuple[int, str]]]) -> set[tuple[int, str]]:
    return {hit for text in texts if text for form in said(text) for hit in owners.get(form, ())}


def agreement(column: Column, name: str, known: Mapping[int, Record]) -> float | None:
    """Return in which share of the matched rows a column says what the field said; None where none can tell."""
    pairs = [(column.texts[row], record[name]) for row, record in known.items() if record.get(name)]
    return sum(agree(text, value) for text, value in pairs) / len(pairs) if pairs else None
