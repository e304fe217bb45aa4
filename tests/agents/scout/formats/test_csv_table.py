"""Tables of comma-separated text, with and without a header, under lines of other text, and what is no table."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.extract import extract
from lakehouse.agents.scout.formats.csv_table import csv_findings, shape_of
from lakehouse.fetcher import Page

CASES = "Case No.,Fee,Filed\n12-3,5.00,2024-01-31\n12-4,7.25,2024-02-01\n12-5,1.00,2024-02-02\n"


def page(text: str, url: str = "https://a.example/cases.csv", content_type: str = "") -> Page:
    """Give a page of text."""
    return Page(url, text.encode(), content_type)


def test_a_table_is_read_by_its_header() -> None:
    table = page(CASES)
    finding = csv_findings(table)[0]
    assert extract(finding, table)[0] == {"case_no": "12-3", "fee": Decimal("5.00"), "filed": dt.date(2024, 1, 31)}
    assert finding.key == ("case_no",)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_found(delimiter: str) -> None:
    table = page(CASES.replace(",", delimiter))
    finding = csv_findings(table)[0]
    assert finding.rows.options["delimiter"] == delimiter
    assert len(extract(finding, table)) == 3


def test_lines_above_the_header_are_skipped() -> None:
    table = page(f"Cases of the harbour court\nas of today\n\n{CASES}")
    finding = csv_findings(table)[0]
    assert finding.rows.options["skip"] == 2
    assert extract(finding, table)[0]["case_no"] == "12-3"


def test_a_table_without_a_header_gets_numbered_columns() -> None:
    table = page("12-3,5.00,2024-01-31\n12-4,7.25,2024-02-01\n12-5,1.00,2024-02-02\n")
    finding = csv_findings(table)[0]
    assert [field.name for field in finding.fields] == ["column_1", "column_2", "column_3"]
    assert len(extract(finding, table)) == 3


def test_a_header_of_words_over_words_is_one() -> None:
    finding = csv_findings(page("name,city\nRoe,Rome\nDoe,Oslo\nPoe,Rome\n"))[0]
    assert [field.name for field in finding.fields] == ["name", "city"]


@pytest.mark.parametrize("rows", [CASES, "name,city\nRoe,Rome\nDoe,Oslo\nPoe,Rome\n"])
def test_commas_at_the_ends_of_lines_do_not_hide_the_header(rows: str) -> None:
    finding, plain = csv_findings(page(rows.replace("\n", ",,\n")))[0], csv_findings(page(rows))[0]
    assert [field.name for field in finding.fields] == [field.name for field in plain.fields]


def test_a_short_row_does_not_break_the_reading() -> None:
    table = page(f"{CASES}12-6,3.00\n")
    assert extract(csv_findings(table)[0], table)[-1]["filed"] is None


def test_a_content_type_is_enough_for_a_table_of_one_row() -> None:
    assert csv_findings(page("a,b\n1,2\n", url="https://a.example/x", content_type="text/csv"))
    assert not csv_findings(page("a,b\n1,2\n", url="https://a.example/x"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one line, with a comma",
        "Dear reader,\nthis is a letter, with commas, here and there.\nIt has lines\nand more, lines.\nYours, R.",
        "<html><p>a,b\n<p>c,d\n<p>e,f</html>",
        '[{"a": 1, "b": 2}]',
        "word\nword\nword\n",
    ],
)
def test_what_is_no_table_is_no_finding(text: str) -> None:
    assert csv_findings(page(text, url="https://a.example/x", content_type="text/plain")) == []


CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=8
).filter(str.strip)


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=4, max_size=8)
    ),
    st.sampled_from(",;\t|"),
)
def test_whatever_is_written_as_a_table_keeps_its_width(rows: list[list[str]], delimiter: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    shape = shape_of(written.getvalue(), declared=True)
    assert shape is not None
    assert shape.skip == 0
    assert shape.columns is None or len(shape.columns) == len(rows[0])
