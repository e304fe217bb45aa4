"""A blueprint is run as it is: every form of rows, every reader, and only rows that have what they need."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.extract import extract, read_field, resolve, rows_of
from lakehouse.fetcher import CODE, DATE, Page, SelectorError

URL = "https://shed.example/tools"
HTML = """<html><body><div class=shed><h2>Rip</h2><p>3.50 EUR</p><h2>Fret</h2><p>4 EUR</p></div>
<div class=notes>first<br>second<br>third</div><table><tr><td>Ann<td>x<tr><td>Bo<td></table></body></html>"""
CELLS = st.text(alphabet="abcdefgh ", max_size=6).map(str.strip)


def page(body=HTML, content_type="text/html; charset=utf-8"):
    return Page(URL, body.encode(), content_type)


def blueprint(rows, *fields):
    return Blueprint(kind="listing", start=URL, rows=rows, fields=fields)


@pytest.mark.parametrize(
    ("rows", "texts"),
    [
        (Rows(form="select", selector="h2"), ["Rip", "Fret"]),
        (Rows(form="runs", selector="h2"), ["Rip 3.50 EUR", "Fret 4 EUR"]),
        (Rows(form="segments", selector="div.notes", name="br"), ["first", "second", "third"]),
        (Rows(form="one", selector="div.notes"), ["first second third"]),
    ],
)
def test_rows_of_html_are_found_in_each_form(rows, texts):
    assert [" ".join(node.text.split()) for node in rows_of(page(), rows)] == texts


def test_rows_of_data_are_found_by_paths_and_options():
    data = page('{"tools": [{"name": "Rip"}, {"name": "Fret"}]}', "application/json")
    table = page("name;price\nRip;3\nFret;4\n", "text/csv")
    name = FieldPlan(name="name", selectors=("name",))
    expected = [{"name": "Rip"}, {"name": "Fret"}]
    assert extract(blueprint(Rows(form="json", selector="tools[*]"), name), data) == expected
    assert extract(blueprint(Rows(form="csv", options={"delimiter": ";"}), name), table) == expected


@pytest.mark.parametrize(
    ("reader", "options", "value"),
    [
        ("text", {}, "May 3, 2024: 1,200 tools"),
        ("text", {"after": ": ", "before": " tools"}, "1,200"),
        ("text", {"pattern": "{DATE}"}, "May 3, 2024"),
        ("date", {"pattern": "{DATE}", "order": "MDY"}, datetime.date(2024, 5, 3)),
        ("number", {"after": ": "}, Decimal(1200)),
        ("link", {}, "https://shed.example/1"),
        ("items", {}, ["May 3, 2024: 1,200 tools"]),
    ],
)
def test_a_field_is_read_by_its_reader_with_its_options(reader, options, value):
    row = page("<p><a href=/1>May 3, 2024: 1,200 tools</a>").one("p")
    assert read_field(row, FieldPlan(name="x", reader=reader, selectors=("a",), options=options)) == value


def test_the_first_selector_that_answers_is_read():
    row = page("<p><i></i><b>Rip</b><u>Fret</u>").one("p")
    assert read_field(row, FieldPlan(name="x", selectors=("h1", "i", "b", "u"))) == "Rip"


def test_a_selector_that_is_no_css_is_an_error_and_no_empty_field():
    with pytest.raises(SelectorError):
        extract(blueprint(Rows(form="select", selector="h2["), FieldPlan(name="x")), page())


def test_marks_are_written_by_name_and_all_else_stays():
    assert resolve({"after": "{DATE}", "pattern": "{CODE}", "before": "{", "part": -1}) == {
        "after": DATE,
        "pattern": CODE,
        "before": "{",
        "part": -1,
    }


@settings(max_examples=50)
@given(st.lists(st.tuples(CELLS, CELLS), max_size=6), st.sampled_from([(), ("a",), ("b",), ("a", "b")]))
def test_records_are_the_rows_that_have_all_they_need(cells, needs):
    body = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in cells)
    rows = Rows(form="select", selector="tr", needs=needs)
    plan = blueprint(rows, *(FieldPlan(name=n, selectors=(f"td:nth-child({i})",)) for i, n in enumerate("ab", 1)))
    everything = [{"a": " ".join(a.split()) or None, "b": " ".join(b.split()) or None} for a, b in cells]
    found = extract(plan, page(f"<table>{body}</table>"))
    assert found == [record for record in everything if all(record[name] for name in needs)]
    stored = Blueprint.model_validate_json(plan.model_dump_json())
    assert extract(stored, page(f"<table>{body}</table>")) == found
