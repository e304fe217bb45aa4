"""A JSON table of lists is read by the names that its first list gives the columns."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import Page, PageError, number, text

CELLS = st.none() | st.integers(-99, 99) | st.text(max_size=5)


def page(document: Any) -> Page:
    return Page("https://api.example/prices", json.dumps(document).encode(), "application/json")


def values(document: Any, path: str = "") -> list[Any]:
    return [node.value for node in page(document).json(path, header=True)]


def test_rows_are_read_by_the_names_of_their_columns() -> None:
    rows = page({"data": [["fruit", "price (EUR)"], ["Figs", 9.5], ["Plums", 3]]}).json("data", header=True)
    assert [text(row, "fruit") for row in rows] == ["Figs", "Plums"]
    assert [str(number(row, "price (EUR)")) for row in rows] == ["9.5", "3"]


def test_columns_may_come_in_another_order() -> None:
    one, other = values([["a", "b"], [1, 2]]), values([["b", "a"], [2, 1]])
    assert one == other == [{"a": 1, "b": 2}]


@pytest.mark.parametrize("document", [[], [["fruit", "price"]]])
def test_a_table_without_rows_has_no_records(document: Any) -> None:
    assert values(document) == []


def test_names_that_are_missing_or_repeated_are_numbered_and_cells_without_a_name_kept() -> None:
    assert values([["a", None, "a"], [1, 2, 3, 4], [5]]) == [{"a": 1, "2": 2, "a_2": 3, "_extra": [4]}, {"a": 5}]


@pytest.mark.parametrize("document", [{"error": "late"}, [{"a": 1}, {"a": 2}], [["a"], {"a": 2}], "gone"])
def test_what_is_no_table_of_lists_is_said(document: Any) -> None:
    with pytest.raises(PageError, match="no table of lists"):
        values(document)


@given(names=st.lists(st.text("abc", min_size=1), min_size=1, max_size=4, unique=True), data=st.data())
def test_every_cell_comes_back_under_its_name(names: list[str], data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(names), max_size=len(names)), max_size=5))
    assert values([names, *rows]) == [dict(zip(names, row, strict=True)) for row in rows]
