"""How well the columns of a region fit the fields of a source, and which column each field gets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log
from statistics import fmean
from typing import TYPE_CHECKING

from lakehouse.agents.doctor.repair.cutting import cut_columns
from lakehouse.agents.doctor.repair.data_assign import assign_best
from lakehouse.agents.doctor.repair.view import stand_together
from lakehouse.agents.scout.selectors import cost
from lakehouse.fetcher.marks import DATE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lakehouse.agents.doctor.repair.looks import FieldLook
    from lakehouse.agents.doctor.repair.view import View
    from lakehouse.agents.scout.columns import Column

NUMBERED = re.compile(r":nth-of-type\(\d+\)")
PLACE = re.compile(r"(?:line|own|label|preceding)\(")
MANDATORY = 0.6
"""Share of the known records that have a field from which on a region must have it too."""
LEAST = 0.25
"""Likeness under which a column is no candidate for a field."""
MOST = 24
"""So many of the best columns of each field are kept."""
FEW = 3
CONSTANT = 0.15
"""Doubt about a column that says the same in all rows, where known records do not."""
FILE = 0.3
"""Hint that a column leads to files where known addresses did, whatever its own look like."""
SAME = 0.9
SHORT = 40


@dataclass(eq=False)
class Candidate:
    """A column that a field may have: how much it looks like it, and with what else speaks for it."""

    column: Column
    likeness: float
    rating: float


@dataclass(eq=False)
class Fit:
    """A region with the column of each field that has one, and how well all of it fits."""

    view: View
    chosen: Mapping[str, Candidate]
    score: float


def fit(view: View, looks: Sequence[FieldLook], companions: Mapping[str, str]) -> Fit:
    """Return the best assignment of a region's columns to fields.

    `companions` has for fields of addresses the field whose element they stood on.
    """
    columns = [*view.columns, *cut_columns(view.slots, looks)]
    candidates = {look.name: _candidates(view, look, columns) for look in looks}
    chosen = {name: _whole(each, candidates[name]) for name, each in _assigned(candidates).items()}
    for name, other in companions.items():
        if name in chosen and other in chosen:
            chosen[name] = _beside(view, candidates[name], chosen[other])
    return Fit(view, chosen, _score(view, looks, chosen))


def _candidates(view: View, look: FieldLook, columns: Sequence[Column]) -> list[Candidate]:
    found = [
        Candidate(column, likeness, likeness)
        for column in columns
        if _may_be(look, column) and (likeness := look.likeness(column.values)) > LEAST
    ]
    # What the page says around a column costs a look at the page: only the best are worth it.
    best = sorted(found, key=lambda each: -each.likeness)[: 2 * MOST]
    for candidate in best:
        column = candidate.column
        candidate.rating += _hints(view, look, column) - _doubts(look, column) - 0.015 * view.distance(column.slot)
    return sorted(best, key=lambda each: -each.rating)[:MOST]


def _may_be(look: FieldLook, column: Column) -> bool:
    attribute = column.slot.attribute
    if column.fill < 0.3 or (look.kind == "url") != column.is_address:
        return False
    if look.kind == "url":
        return (look.setting.attribute in ("src", "data-src")) == (attribute in ("src", "data-src"))
    if _is_heading(column) and look.kind != "date" and look.distinct > 0.5:
        return False
    if look.kind == "date" and column.options:
        # Only a pattern is sure to give no other text where a row is printed in another way.
        return column.options.get("pattern") is DATE
    return not column.options or (look.kind != "list" and (_is_frame(column) or not _cuts_at_words(column)))


def _hints(view: View, look: FieldLook, column: Column) -> float:
    slot = column.slot
    labelled = not look.setting.labels.isdisjoint(view.labels(slot))
    named = not look.setting.names.isdisjoint(view.names(slot))
    file = look.address.file if look.address is not None else ""
    return 0.1 * labelled + 0.08 * named + (FILE * view.speaks_of(slot, file) if file else 0.0)


def _doubts(look: FieldLook, column: Column) -> float:
    doubt = 0.01 * max(0.0, cost(column.slot.selectors[0])) + 0.06 * _is_heading(column)
    if len(column.values) >= FEW and len(set(column.values)) == 1 < len(set(look.values)):
        doubt += CONSTANT
    if not column.options:
        return doubt
    if column.options.get("pattern") is DATE:
        return doubt + 0.02 + (0.05 if _is_heading(column) else 0.15) * _left_over(column)
    if len(column.options) == 1 and look.pattern is not None and column.options.get("pattern") == look.pattern.pattern:
        return doubt + 0.02
    if _is_frame(column):
        return doubt + 0.02
    return doubt + 0.02 * len(column.options) + 0.02 + 0.1 * look.setting.whole


def _is_heading(column: Column) -> bool:
    """Tell whether a column stands above its rows, where more may be said than the value."""
    return column.slot.selectors[0].startswith("preceding(")


def _is_frame(column: Column) -> bool:
    """Tell whether what is cut away is the same in all rows: then it is no part of the value."""
    pairs = [(whole, part) for whole, part in zip(column.slot.values, column.values, strict=True) if whole and part]
    away = {tuple(whole.split(part, 1)) for whole, part in pairs}
    return len(away) == 1 and len(pairs) >= FEW


def _cuts_at_words(column: Column) -> bool:
    """Tell whether a column is cut at a word, which may be a word of the value as well."""
    marks = [mark for name, mark in column.options.items() if name in ("after", "before", "separator")]
    return any(isinstance(mark, str) and mark.strip()[-1:].isalpha() for mark in marks)


def _left_over(column: Column) -> float:
    """Return the mean share of the text around a column's values."""
    pairs = [(whole, part) for whole, part in zip(column.slot.values, column.values, strict=True) if whole and part]
    return fmean(1 - len(part) / max(len(part), len(whole)) for whole, part in pairs) if pairs else 0.0


def _assigned(candidates: Mapping[str, Sequence[Candidate]]) -> dict[str, Candidate]:
    places: dict[Column, int] = {}
    for found in candidates.values():
        for candidate in found:
            places.setdefault(candidate.column, len(places))
    names = [name for name, found in candidates.items() if found]
    matrix = [[0.0] * len(places) for _ in names]
    for row, name in enumerate(names):
        for candidate in candidates[name]:
            matrix[row][places[candidate.column]] = candidate.rating
    taken = zip(names, assign_best(matrix), strict=True) if places else ()
    columns = list(places)
    return {
        name: next(each for each in candidates[name] if each.column is columns[place])
        for name, place in taken
        if place is not None
    }


def _whole(chosen: Candidate, found: Sequence[Candidate]) -> Candidate:
    """Return the candidate that is the whole text of a place where the chosen one only cuts out most of the same.

    Values that a cut does not know, a number of a new form, are then read as well.
    """
    if not chosen.column.options:
        return chosen
    return next((each for each in found if not each.column.options and _says_more(each, chosen)), chosen)


def _says_more(whole: Candidate, cut: Candidate) -> bool:
    pairs = list(zip(whole.column.values, cut.column.values, strict=True))
    given = [(mine, its) for mine, its in pairs if its]
    same = sum(mine == its for mine, its in given) >= SAME * len(given)
    short = sum(len(mine) < SHORT for mine, _ in pairs if mine) >= SAME * sum(bool(mine) for mine, _ in pairs)
    return same and short


def _beside(view: View, found: Sequence[Candidate], companion: Candidate) -> Candidate:
    """Return the candidate for an address that stands on the element of its companion, if one fits well enough."""
    its = view.elements(companion.column.slot)
    together = [0.12 * stand_together(view.elements(each.column.slot), its) for each in found]
    bonus, best = max(zip(together, found, strict=True), key=lambda pair: pair[0] + pair[1].rating)
    return Candidate(best.column, best.likeness, best.rating + bonus)


def _score(view: View, looks: Sequence[FieldLook], chosen: Mapping[str, Candidate]) -> float:
    needed = [look for look in looks if look.fill > MANDATORY] or list(looks)
    rated = [min(1.0, chosen[look.name].rating) for look in needed if look.name in chosen]
    if not rated:
        return 0.0
    mean = sum(rated) / len(needed) * (len(rated) / len(needed)) ** 0.6
    rows = len(view.region.rows)
    return mean + 0.04 * log(1 + rows) - 0.1 * (rows < FEW) - 0.25 * max(0.0, _repeated(view, looks, chosen) - 0.34)


def _repeated(view: View, looks: Sequence[FieldLook], chosen: Mapping[str, Candidate]) -> float:
    """Return the share of fields of which a row has several values: then a row holds several records."""
    by_name = {look.name: look for look in looks}
    return fmean(_comes_again(view, by_name[name], candidate) for name, candidate in chosen.items())


def _comes_again(view: View, look: FieldLook, candidate: Candidate) -> bool:
    column = candidate.column
    if pattern := column.options.get("pattern"):
        several = [len(set(re.findall(pattern, whole))) > 1 for whole in column.slot.values if whole]
        return sum(several) >= 0.5 * len(several)
    selector = NUMBERED.sub("", column.slot.selectors[0])
    if not selector or PLACE.search(selector) or column.options:
        return False
    second = [found[1].text if len(found := node.select(selector)) > 1 else None for node in view.nodes]
    return sum(map(bool, second)) >= 0.5 * len(second) and look.likeness(second) > 0.85 * candidate.likeness
