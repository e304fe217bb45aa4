"""The contract that a blueprint's records keep, as far as its page shows."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Any

from lakehouse.contract import Contract, Field, FieldType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lakehouse.agents.blueprint import Blueprint, FieldPlan

TYPES: dict[str, FieldType] = {
    "text": "text",
    "link": "url",
    "date": "date",
    "datetime": "datetime",
    "money": "money",
    "boolean": "boolean",
    "items": "list",
    "page_url": "url",
}
ADDRESSES = ("page_url", "link")
PROVING = 300
"""Records that prove "always filled": none empty of so many means, by the rule of three, under one in a hundred."""


def contract_of(blueprint: Blueprint, records: Sequence[dict[str, Any]]) -> Contract:
    """Return types from the readers, a key from what tells records apart, and what is required.

    Required is the key, or else the first field that is always filled; others only where many records prove it, for a
    required field that is empty once costs a record, while a field that turns empty is seen by its check anyway.
    """
    plans = blueprint.of_records.fields
    filled = [field.name for field in plans if all(_says(record[field.name]) for record in records)]
    key = blueprint.key or key_of(plans, records, frozenset(filled))
    required = frozenset(filled) if len(records) >= PROVING else frozenset(key or filled[:1])
    fields = {field.name: Field(type=_type(field, records), required=field.name in required) for field in plans}
    return Contract(fields=fields, key=key)


def _says(value: Any) -> bool:
    return value is not None and value not in ("", [])


def key_of(fields: Sequence[FieldPlan], records: Sequence[dict[str, Any]], filled: frozenset[str]) -> tuple[str, ...]:
    """Return the fields that tell every record from the others: one if one does, else two, else none.

    An address comes first, since sites need it to be unique themselves; then short values, as identifiers are.
    """
    candidates = [field for field in fields if field.name in filled and field.reader != "items"]
    candidates.sort(key=lambda field: (field.reader not in ADDRESSES, _length(field, records)))
    for names in _groups([field.name for field in candidates]):
        if len({tuple(str(record[name]) for name in names) for record in records}) == len(records) > 1:
            return names
    return ()


def _groups(names: list[str]) -> Iterator[tuple[str, ...]]:
    for size in (1, 2):
        yield from combinations(names, size)


def _length(field: FieldPlan, records: Sequence[dict[str, Any]]) -> float:
    return sum(len(str(record[field.name])) for record in records) / max(1, len(records))


def _type(field: FieldPlan, records: Sequence[dict[str, Any]]) -> FieldType:
    if field.reader != "number":
        return TYPES[field.reader]
    values = [value for record in records if isinstance(value := record[field.name], Decimal)]
    return "integer" if values and all(value == value.to_integral_value() for value in values) else "decimal"
