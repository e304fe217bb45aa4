"""How well a column of data fits a field: its values seen before, its look, its name, its kind."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import fmean, median
from typing import TYPE_CHECKING, Any

from lakehouse.agents.doctor.repair.data_kinds import FIGURES, TIMES, suits
from lakehouse.agents.doctor.repair.data_said import agreement, correspondence
from lakehouse.agents.doctor.repair.data_words import key_likeness, keys_of, words_of
from lakehouse.agents.doctor.repair.looks import FieldLook, look_of
from lakehouse.agents.scout.formats.days import MIDNIGHT
from lakehouse.agents.scout.plans import written
from lakehouse.fetcher.cut import Cut
from lakehouse.fetcher.data import show
from lakehouse.fetcher.datetimes import TIME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lakehouse.agents.blueprint import FieldPlan
    from lakehouse.agents.doctor.case import Case, Record
    from lakehouse.agents.doctor.repair.data_columns import Column
    from lakehouse.contract import FieldType

DATA = frozenset({"json", "csv", "feed", "sitemap", "embedded", "pdf"})
LOOK, NAME, KIND = 0.6, 0.3, 0.1
SURE_ROWS = 4
"""Matched rows from which on what they say counts fully."""
SEEN = 0.75
"""The share that known values have in a fit where rows are known."""
CUT = 0.08
"""What a cut costs that the field did not have before."""
FORM = 0.6
"""The look of a value of the right kind in another form."""
YEARS = 30
FAMILIAR = 0.5
"""What values count that are known ones, although of other records."""
IDLE = frozenset({"url", "uri", "href", "link", "permalink", "src", "file", "path", "address", "name"})
"""Words that tell no more of a value than that it is an address."""
STEADY = 0.8
TIMED = 0.85
BARE = 0.6


@dataclass(frozen=True)
class Wanted:
    """A field that is looked for: its kind, the look of its known values, and the names that it goes by."""

    name: str
    kind: FieldType
    look: FieldLook
    names: tuple[tuple[str, ...], ...]
    cut: Mapping[str, Any]
    needed: bool


def wanted(case: Case) -> list[Wanted]:
    """Return what is looked for, in the contract's order: the fields that known records fill."""
    plans = {plan.name: plan for plan in case.blueprint.fields}
    return [_wanted(case, name, plans.get(name)) for name in case.fields]


def _wanted(case: Case, name: str, plan: FieldPlan | None) -> Wanted:
    look = look_of(name, case.records)
    own = case.contract.fields[name]
    kinds: dict[str, FieldType] = {"date": "date", "url": "url", "list": "list"}
    return Wanted(
        name,
        kind=own.type if own.type != "text" else kinds.get(look.kind, "text"),
        look=look,
        names=tuple(dict.fromkeys(each for each in [words_of(name), *_old_names(case, plan)] if each)),
        cut=cut_of(plan),
        needed=own.required or name in case.contract.key or look.fill > 0.5,
    )


def cut_of(plan: FieldPlan | None) -> dict[str, Any]:
    """Return the cutting options of a field."""
    return {key: value for key, value in plan.options.items() if key in Cut.__annotations__} if plan else {}


def _old_names(case: Case, plan: FieldPlan | None) -> list[tuple[str, ...]]:
    if plan is None or (case.blueprint.rows.form not in DATA and case.blueprint.kind != "json"):
        return []
    return [words for selector in plan.selectors for words in _words(selector)]


def _words(selector: str) -> list[tuple[str, ...]]:
    keys = keys_of(selector)
    return [words_of("_".join(keys[-size:])) for size in (1, 2)][: len(keys)]


def fit_of(field: Wanted, column: Column, known: Mapping[int, Record]) -> float:
    """Return how well a column fits a field, 0 to 1; `known` are the records that stand in some rows again."""
    suitable = suits(column, field.kind)
    # What stands in every item of a list inside the record is no single value.
    if not suitable or (None in column.path and field.kind != "list"):
        return 0.0
    name = key_likeness(field.names, column.keys, IDLE if field.kind == "url" else frozenset())
    fit = LOOK * _look(field, column, suitable) + NAME * name + KIND * suitable
    fit *= _spread(field, column)
    if field.kind == "text":
        fit += FAMILIAR * (1 - fit) * field.look.overlap(column.filled)
    again = (correspondence if field.kind == "boolean" else agreement)(column, field.name, known)
    if again is not None:
        weight = SEEN * min(1.0, sum(bool(known[row].get(field.name)) for row in known) / SURE_ROWS)
        fit = (1 - weight) * fit + weight * again
    return max(0.0, fit - _cost(field, column) - 0.0001 * column.place)


def _look(field: Wanted, column: Column, suitable: float) -> float:
    like = field.look.likeness(column.texts)
    if field.kind in TIMES:
        return max(like, FORM * suitable) * _near_years(field.look.values, column.filled) * _hours(field, column)
    if field.kind in FIGURES or field.kind == "boolean":
        return max(like, FORM * suitable)
    if field.kind == "url":
        steps = _common_steps(field.look.values, column.filled)
        return max(0.6 * like + 0.4 * steps, 0.5 * FORM * suitable) * _reach(field.look.values, column.filled)
    return like


def _hours(field: Wanted, column: Column) -> float:
    """Return less than 1 for times of the day where days alone were known."""
    times = [_has_hours(show(value)) for value in column.raw if value]
    return TIMED if 2 * sum(times) > len(times) and not any(map(_has_hours, field.look.values)) else 1.0


def _has_hours(text: str) -> bool:
    found = TIME.search(text)
    return found is not None and not MIDNIGHT.fullmatch(found[0].strip())


def _reach(known: Sequence[str], now: Sequence[str]) -> float:
    """Return less than 1 for bare names of files where the known addresses have a path."""
    there, here = (sum("/" in text for text in texts) / len(texts) for texts in (known, now))
    return BARE if there > 0.5 > here else 1.0


def _common_steps(known: Sequence[str], now: Sequence[str]) -> float:
    """Return which share of the words that nearly all known addresses have stand in nearly all of these."""
    there, here = _steady(known), _steady(now)
    return len(there & here) / len(there) if there else 0.5


def _steady(addresses: Sequence[str]) -> frozenset[str]:
    counts = Counter(
        word for address in addresses for word in dict.fromkeys(words_of(address.partition("//")[2] or address))
    )
    return frozenset(word for word, count in counts.items() if count >= STEADY * len(addresses) and word.isalpha())


def _near_years(known: Sequence[str], now: Sequence[str]) -> float:
    there, here = _years(known), _years(now)
    if not there or not here:
        return 1.0
    return 1.0 if abs(median(there) - median(here)) <= YEARS else 0.3


def _years(texts: Sequence[str]) -> list[int]:
    return [int(match[0]) for text in texts if (match := re.search(r"(?<!\d)\d{4}(?!\d)", text))]


def _spread(field: Wanted, column: Column) -> float:
    """Return less than 1 for a column that is empty or the same where the field is full and different."""
    filled = column.filled
    lacking = max(0.0, field.look.fill - column.fill)
    idle = len(filled) > 3 and len(set(filled)) == 1 and field.look.distinct > 0.5 and len(field.look.values) > 3
    return (1 - 0.5 * lacking) * (0.5 if idle else 1.0)


def _cost(field: Wanted, column: Column) -> float:
    if not column.options and not field.cut:
        return 0.0
    return 0.0 if written(column.options) == dict(field.cut) else CUT


def related(fields: Sequence[Wanted], records: Sequence[Record]) -> list[tuple[str, str]]:
    """Return the pairs of fields of which the first one's values stand inside the second one's."""
    found = []
    for part in fields:
        for whole in fields:
            pairs = [(a, b) for record in records if (a := record.get(part.name)) and (b := record.get(whole.name))]
            if part is not whole and len(pairs) > 1 and fmean(holds(b, a) for a, b in pairs) > 0.8:
                found.append((part.name, whole.name))
    return found


def holds(whole: str, part: str) -> bool:
    """Tell whether a text stands inside a longer one, whatever marks part its words."""
    plain = "".join(letter for letter in part.casefold() if letter.isalnum())
    around = "".join(letter for letter in whole.casefold() if letter.isalnum())
    return len(plain) > 2 and plain in around and len(plain) < len(around)
