"""A contract that contradicts itself is refused, with the key and the line in its source.yaml."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from lakehouse.contract import FIELD_TYPES, Contract, Field, polars_schema
from lakehouse.errors import SourceError
from lakehouse.source import load_source


def refusal(contract: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        load_source(f"name: a\nstart: https://a.org\ncontract:\n{contract}")
    return caught.value


@pytest.mark.parametrize(
    ("field", "key", "said"),
    [
        ("{type: txt}", "type", "did you mean text?"),
        ("{type: string}", "type", "allowed are text, url, date"),
        ("{}", "type", "missing"),
        ("{type: text, minimum: 1}", "minimum", "a text field has no minimum"),
        ("{type: boolean, maximum: 1}", "maximum", "a boolean field has no minimum or maximum"),
        ("{type: integer, minimum: 1.5}", "minimum", "whole number"),
        ("{type: integer, minimum: true}", "minimum", "is a number"),
        ("{type: decimal, minimum: .nan}", "minimum", "is a number"),
        ("{type: decimal, minimum: 2026-01-01}", "minimum", "is a number"),
        ("{type: date, minimum: 3}", "minimum", "such as 2026-11-20"),
        ("{type: date, minimum: 2026-01-01 08:00:00}", "minimum", "such as 2026-11-20"),
        ("{type: datetime, maximum: 3}", "maximum", "a date or a time"),
        ("{type: integer, minimum: 9, maximum: 3}", "minimum", "above the maximum 3"),
        ("{type: date, minimum: 2026-02-01, maximum: 2026-01-01}", "minimum", "above the maximum"),
        ("{type: text, pattern: '('}", "pattern", "unclosed group"),
        ("{type: text, pattern: '(?=x)'}", "pattern", "look-around"),
        ("{type: date, pattern: x}", "pattern", "a date field has no pattern"),
        ("{type: money, choices: [a]}", "choices", "a money field has no choices"),
        ("{type: text, choices: [yes]}", "choices", "quotes"),
        ("{type: integer, choices: [a]}", "choices", "whole numbers"),
        ("{type: text, required: 1}", "required", "true or false"),
        ("{type: text, lenght: 3}", "lenght", "unknown"),
    ],
)
def test_a_field_that_contradicts_itself_is_refused(field: str, key: str, said: str) -> None:
    error = refusal(f"  fields:\n    ok: text\n    x: {field}\n")
    assert (error.key, error.line) == (f"contract.fields.x.{key}" if field != "{}" else "contract.fields.x.type", 6)
    assert said in str(error)


@pytest.mark.parametrize(
    ("contract", "key", "line", "said"),
    [
        ("  key: [b]\n  fields: {a: text}\n", "contract.key.0", 4, "no field; the fields are a"),
        ("  key: [a, a]\n  fields: {a: text}\n", "contract.key", 4, "twice"),
        ("  key: a\n  fields:\n    a: list\n", "contract.key.0", 4, "list field"),
        ("  key: a\n  fields:\n    a: {type: text, required: false}\n", "contract.fields.a.required", 6, "required"),
        ("  fields: {}\n", "contract.fields", 4, "at least one"),
        ("  fields: [a]\n", "contract.fields", 4, "mapping"),
        ("  fields: {Title: text}\n", "contract.fields.Title", 4, "a to z"),
        ("  fields: {_row: text}\n", "contract.fields._row", 4, "a to z"),
        ("  fields:\n    a: text\n    day: date\n", "contract.fields.day", 6, "every table has"),
        ("  fields: {first_seen: text}\n", "contract.fields.first_seen", 4, "every table has"),
        ("  fields: {a: 3}\n", "contract.fields.a", 4, "mapping"),
        ("  min_rows: -1\n  fields: {a: text}\n", "contract.min_rows", 4, "0"),
        ("  allow_empty: 3\n  fields: {a: text}\n", "contract.allow_empty", 4, "true or false"),
    ],
)
def test_a_contract_that_contradicts_itself_is_refused(contract: str, key: str, line: int, said: str) -> None:
    error = refusal(contract)
    assert (error.key, error.line) == (key, line)
    assert said in str(error)


def test_the_fields_of_the_key_are_required() -> None:
    contract = Contract.model_validate(
        {"key": "b", "fields": {"a": {"type": "text", "required": True}, "b": "text", "c": "text"}}
    )
    assert contract.required == ("a", "b")


def test_bounds_take_the_form_of_their_field() -> None:
    assert Field(type="integer", minimum=3.0).minimum == 3
    assert Field(type="decimal", minimum=0.1).minimum == Decimal("0.1")
    assert Field(type="money", maximum=5).maximum == Decimal(5)
    assert Field(type="date", minimum=date(2026, 1, 1)).minimum == date(2026, 1, 1)
    assert Field(type="datetime", minimum=date(2026, 1, 1)).minimum == datetime(2026, 1, 1, tzinfo=UTC)
    assert Field(type="datetime", minimum=datetime(2026, 1, 1, 8)).minimum == datetime(2026, 1, 1, 8, tzinfo=UTC)


def test_every_type_has_a_column() -> None:
    contract = Contract.model_validate({"fields": {f"a_{kind}": kind for kind in FIELD_TYPES}})
    shown = {name: str(kind) for name, kind in polars_schema(contract).items()}
    assert shown == {
        "a_text": "String",
        "a_url": "String",
        "a_date": "Date",
        "a_datetime": "Datetime(time_unit='us', time_zone='UTC')",
        "a_integer": "Int64",
        "a_decimal": "Decimal(precision=38, scale=10)",
        "a_money": "Struct({'amount': Decimal(precision=38, scale=10), 'currency': String})",
        "a_boolean": "Boolean",
        "a_list": "List(String)",
    }
