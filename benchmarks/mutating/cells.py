"""Values that change their form or their place in a row."""

from __future__ import annotations

import re
from datetime import date

from lxml import html

from benchmarks.mutating.sheet import Sheet
from benchmarks.redate import FORMATS
from benchmarks.tree import Slot
from lakehouse.agents.scout.match import bare, days

DECIMAL = re.compile(r"(?<=\d)\.(?=\d\d?(?!\d))")
ISO, LONG = "%Y-%m-%d", "%d %B %Y"


def delete_field(sheet: Sheet) -> bool:
    """Take one field out of all rows, its elements too where they are left empty."""
    for name in reversed(sheet.fields[1:]):
        if _stands_apart(sheet, name):
            spots = [sheet.spot(place, name) for place in range(len(sheet.rows))]
            said = frozenset(bare(record[name]) for record in sheet.records if record.get(name))
            if sheet.rewrite(name, [""] * len(sheet.rows)):
                _without_empty([spot for spot in spots if spot])
                sheet.deleted = name
                sheet.gone = said
                for record in sheet.records:
                    record.pop(name, None)
                return True
    return False


def _stands_apart(sheet: Sheet, name: str) -> bool:
    """Tell whether no other field's value has one of this field's in it."""
    return not any(
        bare(record.get(name, "")) in bare(value)
        for record in sheet.records
        for n, value in record.items()
        if n != name
    )


def _without_empty(spots: list[Slot]) -> None:
    for spot in spots:
        element = spot.element
        if (
            not spot.is_tail
            and not len(element)
            and element.tag not in ("td", "th")
            and element.getparent() is not None
        ):
            element.drop_tree()


def split_field(sheet: Sheet) -> bool:
    """Part the longest field that is the whole text of an element into two elements."""
    for name in _longest_first(sheet):
        spots = [sheet.spot(place, name) for place in range(len(sheet.rows))]
        fit = [spot for spot in spots if spot and not spot.is_tail and " " in spot.text.strip()]
        if len(fit) >= sheet.enough:
            for spot in fit:
                _split(spot)
            return True
    return False


def _longest_first(sheet: Sheet) -> list[str]:
    return sorted(sheet.fields, key=lambda name: -sum(len(record.get(name, "")) for record in sheet.records))


def _split(spot: Slot) -> None:
    first, _, rest = spot.text.strip().partition(" ")
    spot.put("")
    for place, text in enumerate((first, rest)):
        part = html.Element("span")
        part.text, part.tail = text, " " if place == 0 else None
        spot.element.insert(place, part)


def merge_fields(sheet: Sheet) -> bool:
    """Write two fields that have an element each into one text."""
    names = sheet.fields
    return any(_merged(sheet, one, other) for one in names for other in names if one != other)


def _merged(sheet: Sheet, one: str, other: str) -> bool:
    found = [(sheet.spot(place, one), sheet.spot(place, other)) for place in range(len(sheet.rows))]
    pairs = [(a, b) for a, b in found if a and b and _can_merge(a, b)]
    if len(pairs) < sheet.enough:
        return False
    for first, second in pairs:
        first.put(f"{first.text.strip()} | {second.text.strip()}")
        second.put("")
    return True


def _can_merge(one: Slot, other: Slot) -> bool:
    own = other.element
    return not one.is_tail and not other.is_tail and own is not one.element and own.tag != "a" and not len(own)


def change_dates(sheet: Sheet) -> bool:
    """Print one field's days another way."""
    return any(_redated(sheet, name) for name in sheet.fields)


def _redated(sheet: Sheet, name: str) -> bool:
    values = [record.get(name, "") for record in sheet.records]
    made = next((made for made in FORMATS if sum(_in_format(value, made) for value in values) >= sheet.enough), None)
    if made is None:
        return False
    new = LONG if made == ISO else ISO
    return sheet.rewrite(name, [_reprinted(value, made, new) for value in values])


def _in_format(value: str, made: str) -> bool:
    return _reprinted(value, made, made) is not None


def _reprinted(value: str, made: str, new: str) -> str | None:
    bare_value = " ".join(value.split()).casefold()
    found = (each for each in map(date.fromisoformat, days(value)) if each.strftime(made).casefold() == bare_value)
    return next((each.strftime(new) for each in found), None)


def change_decimals(sheet: Sheet) -> bool:
    """Write decimal commas in place of points."""
    for name in sheet.fields:
        values = [record.get(name, "") for record in sheet.records]
        others = [DECIMAL.sub(",", value) if DECIMAL.search(value) and len(value) < 20 else None for value in values]
        if sum(other is not None for other in others) >= sheet.enough and sheet.rewrite(name, others):
            return True
    return False
