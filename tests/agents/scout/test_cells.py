"""Cells of a table are parts of its records, unless each of them is a record of its own."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from lakehouse.agents.extract import extract
from lakehouse.agents.scout import scout
from lakehouse.agents.scout.tidy import tidy
from lakehouse.fetcher import Page

HEAD = "<tr><th>Fruit<th>Price<th>Picked</tr>"
ROWS = "<tr><td>Apples<td>1.20<td>2026-01-02</tr><tr><td>Pears<td>2.40<td>2026-01-03</tr>"
APPLES, PEARS = ("Apples", Decimal("1.20"), dt.date(2026, 1, 2)), ("Pears", Decimal("2.40"), dt.date(2026, 1, 3))


def page(table: str) -> Page:
    """Return a page with a table between its words."""
    words = "<h1>Market prices</h1><p>Prices of the day.</p>"
    return Page(
        "https://market.example/", f"<html><body>{words}<table>{table}</table><p>Ask us.</p></body></html>".encode()
    )


def records(table: str) -> list[dict[str, object]]:
    """Give the records that become of a table."""
    seen = page(table)
    return extract(tidy(scout(seen), seen), seen)


def said(table: str) -> list[set[object]]:
    """Give what each record says, whatever its fields are called."""
    return [set(record.values()) for record in records(table)]


@pytest.mark.parametrize("table", [HEAD + ROWS, f"<thead>{HEAD}</thead><tbody>{ROWS}</tbody>", ROWS])
def test_a_table_of_two_rows_has_two_records(table: str) -> None:
    assert said(table) == [set(APPLES), set(PEARS)]


def test_the_fields_of_two_rows_are_named_by_the_header() -> None:
    assert records(HEAD + ROWS)[0] == dict(zip(("fruit", "price", "picked"), APPLES, strict=True))


def test_a_header_tells_records_from_cells_where_all_columns_are_words() -> None:
    words = "<tr><th>Town<th>River<th>Region</tr><tr><td>Alder<td>Ouse<td>North</tr><tr><td>Birch<td>Tamar<td>West</tr>"
    assert said(words) == [{"Alder", "Ouse", "North"}, {"Birch", "Tamar", "West"}]


def test_what_two_records_agree_on_is_kept() -> None:
    rows = ROWS.replace("<td>1.20", "<td>winter<td>1.20").replace("<td>2.40", "<td>winter<td>2.40")
    assert [record["crop"] for record in records(HEAD.replace("<th>Price", "<th>Crop<th>Price") + rows)] == [
        "winter"
    ] * 2


def test_first_cells_that_head_their_rows_are_fields_too() -> None:
    headed = HEAD + ROWS.replace("<tr><td>", "<tr><th scope=row>")
    assert said(headed) == [set(APPLES), set(PEARS)]


def test_cells_that_are_cards_are_records() -> None:
    cards = "".join(
        f"<td><h3><a href=/{n}>Cake of the house {n}</a></h3><p>Baked on {n} May 2026.</p></td>{'</tr><tr>' * (n == 2)}"
        for n in range(1, 5)
    )
    assert len(records(f"<tr>{cards}</tr>")) == 4


def test_days_of_a_calendar_are_records_though_the_days_of_the_week_stand_above() -> None:
    days = "<tr><th>Monday<th>Tuesday<th>Wednesday</tr>"
    weeks = "".join(
        "<tr>"
        + "".join(f"<td class=event><b>{n}</b> <a href=/e{n}>Concert of choir {n}</a>" for n in (w, w + 1, w + 2))
        for w in (1, 8, 15)
    )
    assert len(records(days + weeks)) == 9
