"""A contract as a dataframely schema, and its rules in words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl

from lakehouse.contract.column_types import COLUMN_TYPES
from lakehouse.contract.columns import quoted
from lakehouse.contract.field import Field, whole_match
from lakehouse.contract.model import Contract

if TYPE_CHECKING:
    import dataframely as dy

Check = Callable[[pl.Expr], pl.Expr]

_WEB_ADDRESS = r"^(?i:https?)://[^\s/?#]+[^\s]*$"


def schema_of(contract: Contract) -> type[dy.Schema]:
    """Return the schema whose `filter` finds the rows that break the contract; it keeps the column `_index`."""
    import dataframely as dy

    columns = {
        f"column_{number}": _column(name, field, required=name in contract.required)
        for number, (name, field) in enumerate(contract.fields.items())
    }
    return type("ContractSchema", (dy.Schema,), {"index": dy.UInt32(alias="_index"), **columns})


def _column(name: str, field: Field, *, required: bool) -> Any:
    import dataframely as dy

    common: dict[str, Any] = {"alias": name, "nullable": not required, "check": _checks(field)}
    amount = partial(dy.Decimal, 38, 10)
    match field.type:
        case "text" | "url":
            column = dy.String(**common)
        case "date":
            column = dy.Date(**common)
        case "datetime":
            column = dy.Datetime(time_zone="UTC", time_unit="us", **common)
        case "integer":
            column = dy.Int64(**common)
        case "decimal":
            column = amount(**common)
        case "money":
            inner = {"amount": amount(nullable=True), "currency": dy.String(nullable=True)}
            column = dy.Struct(inner, **common)
        case "boolean":
            column = dy.Bool(**common)
        case "list":
            column = dy.List(dy.String(nullable=True), **common)
    return column


def _checks(field: Field) -> dict[str, Check]:
    """Return the rules of one field by name; a null passes them all, for only `required` speaks of nulls."""
    checks: dict[str, Check] = {}
    if field.type == "url":
        checks["url"] = lambda column: column.str.contains(_WEB_ADDRESS)
    if field.minimum is not None:
        checks["minimum"] = lambda column: _comparable(column, field) >= _literal(field.minimum, field)
    if field.maximum is not None:
        checks["maximum"] = lambda column: _comparable(column, field) <= _literal(field.maximum, field)
    if field.pattern is not None:
        pattern = whole_match(field.pattern)
        checks["pattern"] = lambda column: _each(column, field, lambda text: text.str.contains(pattern))
    if field.choices:
        choices = pl.Series(list(field.choices), dtype=pl.Int64 if field.type == "integer" else pl.String)
        checks["choices"] = lambda column: _each(column, field, lambda value: value.is_in(choices.implode()))
    return checks


def _comparable(column: pl.Expr, field: Field) -> pl.Expr:
    return column.struct.field("amount") if field.type == "money" else column


def _literal(bound: Any, field: Field) -> pl.Expr:
    amount = field.type in ("money", "decimal")
    return pl.lit(bound, dtype=pl.Decimal(38, 10) if amount else COLUMN_TYPES[field.type])


def _each(column: pl.Expr, field: Field, check: Check) -> pl.Expr:
    """Apply a check to a text, or to each item of a list."""
    return column.list.eval(check(pl.element())).list.all() if field.type == "list" else check(column)


def broken(rule: str, name: str, field: Field, value: Any) -> str:
    """Return the reason that a row has for breaking `rule`, such as `docket: required, was empty`."""
    shown = _shown(value)
    match rule:
        case "nullability":
            said = "required, was empty"
        case "check__minimum":
            said = f"{shown} is below {field.minimum}"
        case "check__maximum":
            said = f"{shown} is above {field.maximum}"
        case "check__pattern":
            said = f"{shown} does not match {field.pattern}"
        case "check__choices":
            said = f"{shown} is none of {', '.join(map(str, field.choices))}"
        case _:
            said = f"{shown} is no web address"
    return f"{name}: {said}"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return _shown(value["amount"])
    return (
        f"{value.normalize():f}"
        if isinstance(value, Decimal)
        else quoted(value)
        if isinstance(value, str)
        else str(value)
    )
