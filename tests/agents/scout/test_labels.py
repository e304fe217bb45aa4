"""A value is called what the page calls it: the head of its column, or the label that its cell carries."""

from __future__ import annotations

import pytest

from lakehouse.agents.scout import scout
from lakehouse.agents.scout.labels import label_at
from lakehouse.fetcher import Page

HEAD = "<tr><th>Vessel<th colspan=2>Arrival:<th>Berth</tr>"
ROWS = "<tr><td>Ida<td>Mon<td>8:00<td>North 4</tr><tr><td>Tove<td>Tue<td>9:30<td>South 1</tr>"


def nodes(table: str, rows: str = "tr:has(td:nth-child(4))"):
    return Page("https://port.example/", f"<table>{table}</table>".encode()).select(rows)


@pytest.mark.parametrize(
    ("cell", "label"), [("td:nth-child(1)", "Vessel"), ("td:nth-child(3)", "Arrival"), ("td:nth-child(4)", "Berth")]
)
def test_a_cell_is_called_what_heads_its_column(cell: str, label: str) -> None:
    assert label_at(nodes(HEAD + ROWS), [cell]) == label


def test_the_row_of_a_thead_next_to_the_records_counts() -> None:
    table = f"<thead><tr><th colspan=4>Port of Alder</tr>{HEAD}</thead><tbody>{ROWS}</tbody>"
    assert label_at(nodes(table), ["td:nth-child(1)"]) == "Vessel"


def test_a_first_row_in_bold_is_a_head() -> None:
    bold = "<tr><td><b>Vessel</b><td><b>Day</b><td><b>Hour</b><td><b>Berth</b></tr>"
    assert label_at(nodes(bold + ROWS)[1:], ["td:nth-child(4)"]) == "Berth"


def test_a_first_row_of_values_is_none() -> None:
    assert label_at(nodes(ROWS)[1:], ["td:nth-child(1)"]) == ""


def test_a_head_of_another_width_says_nothing() -> None:
    assert label_at(nodes("<tr><th>Ships in port</tr>" + ROWS), ["td:nth-child(2)"]) == ""


def test_a_cell_may_carry_its_label() -> None:
    cards = '<tr><td data-label="Vessel name">Ida<td>a<td>b<td>c</tr>'
    assert label_at(nodes(cards), ["td:nth-child(1)"]) == "Vessel name"


def test_what_fills_its_cell_is_called_like_it_and_what_is_a_part_of_it_is_not() -> None:
    table = HEAD + "<tr><td><a href=/ida>Ida</a><td>Mon<td>8:00<td>North 4 <small>quay</small></tr>"
    assert label_at(nodes(table), ["a"]) == "Vessel"
    assert label_at(nodes(table), ["a@href"]) == "Vessel"
    assert label_at(nodes(table), ["small"]) == ""


@pytest.mark.parametrize("selector", ["", "line(2)", "label(Vessel)", "preceding(h2)", "td own()", "td.gone"])
def test_a_place_that_is_no_element_has_no_label(selector: str) -> None:
    assert label_at(nodes(HEAD + ROWS), [selector]) == ""


def test_a_span_that_is_no_number_counts_as_one_column() -> None:
    odd = "<tr><th colspan=all>Vessel<th>Day<th>Hour<th>Berth</tr>"
    assert label_at(nodes(odd + ROWS), ["td:nth-child(2)"]) == "Day"


def test_the_fields_of_a_table_are_named_after_its_heads() -> None:
    days = ["2026-03-01", "2026-03-04", "2026-03-05", "2026-03-11"]
    lines = "".join(f"<tr><td>{day}<td>Ship {n}<td>{n * 40 + 12}" for n, day in enumerate(days))
    page = Page(
        "https://port.example/",
        f"<html><body><table><tr><th>Came in<th>Vessel<th>Crew</tr>{lines}</table></body></html>".encode(),
    )
    assert {field.name for field in scout(page).fields} >= {"came_in", "vessel", "crew"}
