"""The heads of columns whose cells span others, and rows that have heads of their own."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.extract import extract
from lakehouse.agents.scout import scout
from lakehouse.agents.scout.table_heads import head_of
from lakehouse.agents.scout.tidy import tidy
from lakehouse.fetcher import Page
from lakehouse.fetcher.html import HtmlNode

CAPTION = "<tr><th colspan=3>Prices of the week</tr>"
PLAIN = "<tr><th>Fruit<th>Price<th>Stock</tr>"
GROUPED = "<tr><th rowspan=2>Fruit<th colspan=2>Today</tr><tr><th>Price<th>Stock</tr>"
FRUIT = {"Apples": ("1.20", "12"), "Pears": ("2.40", "40"), "Plums": ("3.10", "8"), "Figs": ("9.10", "18")}


def rows(first: str = "<td>") -> str:
    """Give the rows of a table of fruit."""
    return "".join(f"<tr>{first}{name}<td>{price}<td>{stock}</tr>" for name, (price, stock) in FRUIT.items())


def page(table: str) -> Page:
    """Return a page with a table between its words."""
    return Page("https://market.example/", f"<html><body><p>Market.</p><table>{table}</table></body></html>".encode())


def heads(table: str, row: str) -> list[str]:
    """Give what heads each cell of a row."""
    return [head_of(cell) for cell in page(table).select(f"{row} > *") if isinstance(cell, HtmlNode)]


@pytest.mark.parametrize("head", [PLAIN, CAPTION + PLAIN, GROUPED, CAPTION + GROUPED])
@pytest.mark.parametrize("inside", ["{head}{rows}", "<thead>{head}</thead><tbody>{rows}</tbody>"])
@pytest.mark.parametrize("first", ["<td>", "<th>", "<th scope=row>"])
def test_columns_are_called_by_the_heads_right_above_them(head: str, inside: str, first: str) -> None:
    seen = page(inside.format(head=head, rows=rows(first)))
    records = extract(tidy(scout(seen), seen), seen)
    assert records == [
        {"fruit": name, "price": Decimal(price), "stock": Decimal(stock)} for name, (price, stock) in FRUIT.items()
    ]


def test_columns_that_share_a_name_are_told_apart_by_their_groups() -> None:
    groups = "<tr><th rowspan=2>Fruit<th colspan=2>March<th colspan=2>April</tr>"
    head = groups + "<tr><th>Sold<th>Left<th>Sold<th>Left</tr>"
    named = heads(head + "<tr class=row><td>Figs<td>1<td>2<td>3<td>4</tr>", ".row")
    assert named == ["Fruit", "March Sold", "March Left", "April Sold", "April Left"]


def test_a_title_above_all_columns_names_none() -> None:
    assert heads(CAPTION + "<tr class=row><td>Figs<td>1<td>2</tr>", ".row") == ["", "", ""]


def test_an_empty_corner_says_nothing() -> None:
    assert heads("<tr><td><th>Price</tr><tr class=row><th>Figs<td>1</tr>", ".row") == ["", "Price"]


def test_rows_of_records_above_a_row_are_no_heads() -> None:
    assert heads(PLAIN + "<tr><th>Apples<td>1<td>2</tr><tr class=row><th>Figs<td>1<td>2</tr>", ".row") == [
        "Fruit",
        "Price",
        "Stock",
    ]


spans = st.sampled_from(["", " colspan=2", " rowspan=2", " rowspan=9", " colspan=0", " colspan=x", " rowspan=100000"])
cells = st.lists(st.tuples(st.sampled_from(["th", "td"]), spans, st.sampled_from(["A", "B", ""])), max_size=5)


@given(table=st.lists(cells, max_size=6))
def test_any_table_gives_each_cell_a_text_of_its_heads(table: list[list[tuple[str, str, str]]]) -> None:
    written = "".join(f"<tr>{''.join(f'<{tag}{span}>{text}' for tag, span, text in row)}</tr>" for row in table)
    assert set(heads(written, "tr")) <= {"", "A", "B", "A B", "B A"}
