"""The UI shows a table as it is, and what a page wrote stays text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.preview import LONGEST_CELL, column_schema, rows_table
from lakehouse.contract import Contract


def cell(value: object) -> str:
    table = rows_table(pl.DataFrame({"a": pl.Series([value], dtype=pl.Object)}))
    return table.splitlines()[2].removeprefix("| ").removesuffix(" |")


def test_a_table_has_a_head_a_rule_and_a_line_for_each_row() -> None:
    frame = pl.DataFrame({"title": ["Dune", "Emma"], "price": [Decimal("9.50"), None]})
    assert rows_table(frame).splitlines() == [
        "| title | price |",
        "| --- | --- |",
        "| Dune | 9.50 |",
        "| Emma |  |",
    ]


def test_a_table_without_rows_still_shows_its_columns() -> None:
    assert rows_table(pl.DataFrame(schema={"title": pl.String})).splitlines() == ["| title |", "| --- |"]


def test_columns_of_provenance_and_the_day_are_left_out() -> None:
    frame = pl.DataFrame({"day": ["2026-11-18"], "title": ["Dune"], "_capture": ["c"], "_release": [1]})
    assert rows_table(frame).splitlines()[0] == "| title |"
    assert rows_table(frame).splitlines()[2] == "| Dune |"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a|b", "a&#124;b"),
        ("<script>", "&lt;script&gt;"),
        ("&lt;", "&amp;lt;"),
        ("[here](http://evil.example)", "&#91;here](http://evil.example)"),
        ("`code`", "&#96;code&#96;"),
        ("one\ntwo\r\n\tthree", "one two three"),
        ("\u2028| forged |", "&#124; forged &#124;"),
    ],
)
def test_marks_in_the_text_of_a_page_are_disarmed(written: str, shown: str) -> None:
    assert cell(written) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (False, "False"), (date(2026, 11, 18), "2026-11-18"), ("", ""), (["a", "b"], "&#91;'a', 'b']")],
)
def test_values_that_are_no_text_are_shown_and_zero_is_not_nothing(value: object, shown: str) -> None:
    assert cell(value) == shown


def test_a_value_that_fits_is_whole_and_a_longer_one_is_cut_with_a_sign() -> None:
    assert cell("x" * LONGEST_CELL) == "x" * LONGEST_CELL
    assert cell("x" * (LONGEST_CELL + 1)) == "x" * (LONGEST_CELL - 1) + "…"


def test_a_mark_at_the_cut_is_never_half_an_entity() -> None:
    assert cell("<" * 200) == "&lt;" * (LONGEST_CELL - 1) + "…"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=100), min_size=1, max_size=5))
def test_no_text_adds_a_line_or_a_column(texts: list[str]) -> None:
    lines = rows_table(pl.DataFrame({"a": texts})).splitlines()
    assert len(lines) == 2 + len(texts)
    assert all(line.count("|") == 2 for line in lines)
    assert not any(mark in line for line in lines for mark in "<>`[")


def test_a_schema_tells_the_type_and_the_meaning_of_every_field() -> None:
    contract = Contract.model_validate(
        {"fields": {"title": {"type": "text", "description": "As it is printed."}, "fee": "money"}}
    )
    title, fee = column_schema(contract).columns
    assert (title.name, title.type, title.description) == ("title", "text", "As it is printed.")
    assert (fee.name, fee.type, fee.description) == ("fee", "money", None)


def test_a_required_field_cannot_be_null() -> None:
    contract = Contract.model_validate({"fields": {"title": {"type": "text", "required": True}, "note": "text"}})
    assert [column.constraints.nullable for column in column_schema(contract).columns] == [False, True]


@pytest.mark.parametrize(("key", "unique"), [("a", [True, False]), (["a", "b"], [False, False]), ([], [False, False])])
def test_a_field_is_unique_only_where_it_is_the_whole_key(key: str | list[str], unique: list[bool]) -> None:
    contract = Contract.model_validate({"key": key, "fields": {"a": "text", "b": "text"}})
    assert [column.constraints.unique for column in column_schema(contract).columns] == unique
