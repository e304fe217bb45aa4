"""Records become good rows or rejects with reasons; nothing is lost, nothing is altered."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings

from lakehouse.contract import PROVENANCE, REJECT_SCHEMA, Contract, Split, polars_schema, split
from lakehouse.fetcher import Money, Unread
from tests.contract.values import EVERY_TYPE, rows

GOOD = {"id": "a", "filed": date(2026, 1, 1)}


def record(number: int = 0, fetched: int = 0, **values: Any) -> dict[str, Any]:
    return {**GOOD, **values, "_capture": f"page-{number}", "_release": 3, "_row": number, "_round": fetched}


def reasons(*records: dict[str, Any], contract: Contract = EVERY_TYPE) -> list[list[str]]:
    return split(records, contract).rejects["reasons"].to_list()


def numbers(parts: Split) -> tuple[list[int], list[int]]:
    return parts.good["_row"].to_list(), parts.rejects["_row"].to_list()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"id": None}, "id: required, was empty"),
        ({"filed": "  "}, "filed: required, was empty"),
        ({"id": "A1"}, 'id: "A1" does not match [a-z]+'),
        ({"id": "a\n"}, 'id: "a\n" does not match [a-z]+'),
        ({"n": 10}, "n: 10 is above 9"),
        ({"n": "-1"}, "n: -1 is below 0"),
        ({"n": "1.5"}, 'n: cannot read "1.5" as integer'),
        ({"n": 2**70}, f'n: cannot read "{2**70}" as integer'),
        ({"fee": Money(Decimal("0.50"), "EUR")}, "fee: 0.5 is below 1"),
        ({"rate": Decimal("5.01")}, "rate: 5.01 is above 5"),
        ({"filed": date(1999, 12, 31)}, "filed: 1999-12-31 is below 2000-01-01"),
        ({"filed": Unread("31.02.2026", "date", "DMY")}, 'filed: cannot read "31.02.2026" as date (DMY)'),
        ({"link": "ftp://a.org"}, 'link: "ftp://a.org" is no web address'),
        ({"link": "https://"}, 'link: "https://" is no web address'),
        ({"link": "https://a b"}, 'link: "https://a b" is no web address'),
        ({"open": "perhaps"}, 'open: cannot read "perhaps" as boolean'),
        ({"tags": ["a", "z"]}, "tags: ['a', 'z'] is none of a, b"),
        ({"id": "\udc80"}, 'id: cannot read "\\udc80" as text'),
    ],
)
def test_a_reject_says_what_is_wrong_with_it(values: dict[str, Any], reason: str) -> None:
    assert reasons(record(**values)) == [[reason]]


def test_every_reason_of_a_row_is_told_once_in_the_order_of_the_fields() -> None:
    assert reasons(record(filed=Unread("x", "date", "YMD"), n=99, id=None)) == [
        ["id: required, was empty", "n: 99 is above 9", 'filed: cannot read "x" as date (YMD)']
    ]


def test_good_rows_have_the_contracts_columns_and_their_provenance() -> None:
    parts = split([record(7, n="3", fee=Money(Decimal("9.99"), "EUR"), tags=["a"], open=True)], EVERY_TYPE)
    assert parts.good.schema == pl.Schema(polars_schema(EVERY_TYPE) | PROVENANCE)
    row = parts.good.row(0, named=True)
    assert (row["n"], row["fee"], row["tags"], row["open"]) == (
        3,
        {"amount": Decimal("9.99"), "currency": "EUR"},
        ["a"],
        True,
    )
    assert (row["_capture"], row["_release"], row["_row"]) == ("page-7", 3, 7)


def test_one_value_that_does_not_fit_spoils_no_other_of_its_column() -> None:
    values = [1, 2**64, 3, "4", "\udc80", True]
    parts = split([record(number, id="abcdef"[number], n=value) for number, value in enumerate(values)], EVERY_TYPE)
    assert dict(parts.good.select("_row", "n").iter_rows()) == {0: 1, 2: 3, 3: 4}
    assert parts.rejects["_row"].to_list() == [1, 4, 5]


def test_no_records_give_two_empty_tables_of_the_right_columns() -> None:
    parts = split([], EVERY_TYPE)
    assert parts.good.schema == pl.Schema(polars_schema(EVERY_TYPE) | PROVENANCE)
    assert parts.rejects.schema == pl.Schema(REJECT_SCHEMA)
    assert parts.good.height == parts.rejects.height == 0


def test_rejects_keep_their_raw_values_and_their_provenance() -> None:
    bad = record(
        4,
        id=None,
        fee=Money(Decimal("1.50"), None),
        filed=Unread("soon", "date", "YMD"),
        extra={"x": [1, float("nan")]},
    )
    row = split([bad], EVERY_TYPE).rejects.row(0, named=True)
    assert json.loads(row["raw"]) == {
        "id": None,
        "filed": "soon",
        "fee": {"amount": "1.50", "currency": None},
        "extra": {"x": [1, "nan"]},
    }
    assert (row["_capture"], row["_release"], row["_row"]) == ("page-4", 3, 4)


def test_a_long_value_is_cut_in_the_reason_and_whole_in_the_raw_values() -> None:
    row = split([record(n="x" * 5_000)], EVERY_TYPE).rejects.row(0, named=True)
    assert len(row["reasons"][0]) < 300
    assert json.loads(row["raw"])["n"] == "x" * 5_000


def test_fields_that_the_contract_does_not_name_are_counted_and_not_stored() -> None:
    parts = split([record(0, colour="red"), record(1, id="b", colour="blue", size=3)], EVERY_TYPE)
    assert parts.unknown == {"colour": 2, "size": 1}
    assert parts.good.height == 2
    assert "colour" not in parts.good.columns


def test_identical_rows_are_one_row() -> None:
    parts = split([record(0, n=1), record(1, n=1), record(2, n="1")], EVERY_TYPE)
    assert numbers(parts) == ([2], [])
    assert parts.duplicates == 2


def test_of_one_key_with_different_values_the_last_stays_and_the_former_is_a_reject() -> None:
    parts = split([record(0, n=1), record(1, n=2)], EVERY_TYPE)
    assert numbers(parts) == ([1], [0])
    assert parts.rejects["reasons"].to_list() == [["key: the same id twice with different values"]]


def test_what_is_said_twice_before_other_values_of_its_key_is_one_reject() -> None:
    parts = split([record(0, n=1), record(1, n=1), record(2, n=2)], EVERY_TYPE)
    assert (numbers(parts), parts.duplicates) == (([2], [1]), 1)


def test_a_bad_row_does_not_replace_a_good_one_of_its_key() -> None:
    assert numbers(split([record(0, n=1), record(1, n=99)], EVERY_TYPE)) == ([0], [1])


def test_of_several_rounds_the_last_wins_silently() -> None:
    parts = split([record(0, 0, n=1), record(1, 1, n=2), record(2, 0, id="b")], EVERY_TYPE)
    assert numbers(parts) == ([1, 2], [])
    assert parts.superseded == 1


def test_a_reject_that_a_later_round_mends_is_gone() -> None:
    assert numbers(split([record(0, 0, n=99), record(1, 1, n=9)], EVERY_TYPE)) == ([1], [])


def test_a_good_row_that_a_later_round_breaks_stays_beside_its_reject() -> None:
    assert numbers(split([record(0, 0, n=9), record(1, 1, n=99)], EVERY_TYPE)) == ([0], [1])


def test_the_same_reject_in_every_round_is_one_reject() -> None:
    same = [record(number, number // 2, id=None) for number in range(6)]
    assert numbers(split(same, EVERY_TYPE)) == ([], [4, 5])


def test_without_a_key_whole_rows_are_compared() -> None:
    contract = Contract.model_validate({"fields": {"id": "text", "filed": "date"}})
    parts = split([record(0), record(1), record(2, id="b"), record(3, 1)], contract)
    assert numbers(parts) == ([2, 3], [])


def test_a_field_may_have_the_name_of_a_method_of_the_schema_library() -> None:
    contract = Contract.model_validate(
        {"fields": dict.fromkeys(("filter", "columns", "validate", "index", "cast"), "integer")}
    )
    parts = split([{"filter": 1, "columns": "x", "_row": 0}, {"filter": 2, "index": 4, "_row": 1}], contract)
    assert numbers(parts) == ([1], [0])


@settings(max_examples=60, deadline=None)
@given(rows())
def test_every_record_is_a_good_row_a_reject_or_a_repetition_of_one(records: list[dict[str, Any]]) -> None:
    parts = split(records, EVERY_TYPE)
    good, rejects = numbers(parts)
    assert not set(good) & set(rejects)
    assert len(good) + len(rejects) + parts.duplicates == len(records)
    held = {row["_row"]: row for row in split_alone(records)}
    for number in set(range(len(records))) - set(good) - set(rejects):
        assert any(same_values(held[number], held[other]) for other in {*good, *rejects} & held.keys())


@settings(max_examples=40, deadline=None)
@given(rows(rounds=3))
def test_rounds_lose_nothing_either(records: list[dict[str, Any]]) -> None:
    parts = split(records, EVERY_TYPE)
    assert parts.good.height + parts.rejects.height + parts.duplicates + parts.superseded == len(records)
    assert parts.good["id"].n_unique() == parts.good.height
    last = {row["id"]: row["_round"] for row in sorted(split_alone(records), key=lambda row: row["_round"])}
    kept = {row["_row"]: records[row["_row"]]["_round"] for row in parts.good.iter_rows(named=True)}
    assert {row["id"]: kept[row["_row"]] for row in parts.good.iter_rows(named=True)} == last


@settings(max_examples=40, deadline=None)
@given(rows(broken=False))
def test_good_rows_are_split_no_further(records: list[dict[str, Any]]) -> None:
    good = split(records, EVERY_TYPE).good
    again = split([row | {"fee": money(row["fee"])} for row in good.to_dicts()], EVERY_TYPE)
    assert again.good.equals(good)
    assert again.rejects.height == again.duplicates == 0


def money(held: dict[str, Any] | None) -> Money | None:
    return Money(**held) if held else None


def split_alone(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows that are good when nothing stands beside them, with their rounds."""
    alone = [(each, split([each], EVERY_TYPE).good) for each in records]
    return [{**good.row(0, named=True), "_round": each["_round"]} for each, good in alone if good.height]


def same_values(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[name] == other[name] for name in EVERY_TYPE.fields)
