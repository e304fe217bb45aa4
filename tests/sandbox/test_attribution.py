"""Answers of the readers find the field that they became, also where rows are left out or fields are reordered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import Answer
from lakehouse.sandbox.inside.attribution import Attribution

Row: TypeAlias = tuple[list[Answer], Mapping[str, Any] | None]


def attributed(rows: Iterable[Row]) -> dict[tuple[str, tuple[str, ...]], list[int]]:
    """Return the counts, the misses last, of rows of answers with the record that each made, or None."""
    answers: list[Answer] = []
    attribution = Attribution(answers)
    for given_answers, record in rows:
        answers += given_answers
        if record is not None:
            attribution.add(dict(record))
    return {(field, tuple(selectors)): [*counts, missed] for field, selectors, counts, missed in attribution.counts()}


def text(value: str | None, *selectors: str, index: int = 0) -> Answer:
    return Answer("text", selectors, index if value is not None else -1, value)


def test_each_field_counts_which_selector_answered() -> None:
    first, second = "Ada" + str(1), "Bob" + str(2)
    rows = [([text(first, "h1", "h2")], {"name": first}), ([text(second, "h1", "h2", index=1)], {"name": second})]
    assert attributed(rows) == {("name", ("h1", "h2")): [1, 1, 0]}


def test_a_miss_is_counted_for_its_field() -> None:
    name = "Ada" + str(1)
    rows = [([text(name, "h1"), text(None, "p")], {"name": name, "note": None})] * 3
    assert attributed(rows) == {("name", ("h1",)): [3, 0], ("note", ("p",)): [0, 3]}


def test_answers_of_rows_that_were_left_out_are_not_counted() -> None:
    name = "Ada" + str(1)
    rows = [([text(None, "h1")], None), ([text(name, "h1"), text(None, "p")], {"name": name, "note": None})]
    assert attributed(rows) == {("name", ("h1",)): [1, 0], ("note", ("p",)): [0, 1]}


def test_fields_may_stand_in_another_order_than_they_were_read() -> None:
    name, note = "Ada" + str(1), "note" + str(2)
    rows = [([text(name, "h1"), text(note, "p")], {"note": note, "name": name})]
    assert attributed(rows) == {("note", ("p",)): [1, 0], ("name", ("h1",)): [1, 0]}


def test_a_miss_out_of_order_is_taken_from_the_selectors_that_the_field_is_known_by() -> None:
    name, note = "Ada" + str(1), "note" + str(2)
    rows = [
        ([text(name, "h1"), text(note, "p")], {"note": note, "name": name}),
        ([text(name, "h1"), text(None, "p")], {"note": None, "name": name}),
    ]
    assert attributed(rows) == {("note", ("p",)): [1, 1], ("name", ("h1",)): [2, 0]}


def test_a_value_that_the_fetcher_made_itself_has_no_answer() -> None:
    assert attributed([([text("Ada", "h1")], {"name": "Ada " + str(1)})]) == {}


def test_records_that_are_made_after_all_reading_are_attributed_too() -> None:
    names = [f"name {number}" for number in range(5)]
    answers: list[Answer] = [text(name, "h1") for name in names]
    attribution = Attribution(answers)
    for name in names:
        attribution.add({"name": name})
    assert attribution.counts() == [["name", ("h1",), [5], 0]]


def test_a_reader_without_selectors_counts_as_the_node_itself() -> None:
    name = "Ada" + str(1)
    assert attributed([([text(name)], {"name": name})]) == {("name", ("",)): [1, 0]}


@given(st.lists(st.lists(st.none() | st.text(min_size=2, max_size=5), min_size=3, max_size=3), max_size=20))
def test_every_field_of_every_row_is_attributed_once_where_all_is_read_in_order(table: list[list[str | None]]) -> None:
    rows = []
    for cells in table:
        copies = [cell and "".join(cell) for cell in cells]
        answers = [text(cell, f"td:nth-child({number})") for number, cell in enumerate(copies)]
        rows.append((answers, dict(zip("abc", copies, strict=True))))
    counts = attributed(rows)
    for number, field in enumerate("abc" if table else ""):
        present = sum(cells[number] is not None for cells in table)
        assert counts[field, (f"td:nth-child({number})",)] == [present, len(table) - present]
