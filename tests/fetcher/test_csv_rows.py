"""Rows of comma-separated text."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import Page, text
from lakehouse.fetcher.csv_rows import sniff


def rows(body, **options):
    return [node.value for node in Page("https://a.example/x.csv", body.encode()).csv(**options)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_itself(delimiter):
    body = "\n".join(delimiter.join(row) for row in [["a", "b"], ["1, one; two", "2"], ["3", "4"]]).replace(
        "1, one; two", '"1, one; two"'
    )
    assert rows(body) == [{"a": "1, one; two", "b": "2"}, {"a": "3", "b": "4"}]


def test_a_decimal_comma_does_not_hide_the_semicolon():
    assert rows("name;price\nx;1,50\ny;2,50\n") == [{"name": "x", "price": "1,50"}, {"name": "y", "price": "2,50"}]


def test_a_named_delimiter_is_taken_as_it_is():
    assert rows("a:b\n1:2", delimiter=":") == [{"a": "1", "b": "2"}]


def test_quotes_may_hold_line_breaks_delimiters_and_quotes():
    assert rows('a,b\r\n"x\ny","say ""hi"", ok"\r\n') == [{"a": "x\ny", "b": 'say "hi", ok'}]


def test_the_byte_order_mark_is_no_part_of_the_first_name():
    page = Page("https://a.example/", "\ufeffa,b\n1,2".encode("utf-8"))
    assert text(page.csv()[0], "a") == "1"


def test_rows_that_are_too_long_or_too_short_lose_nothing():
    assert rows("a,b\n1\n1,2,3,4\n") == [{"a": "1"}, {"a": "1", "b": "2", "_extra": ["3", "4"]}]


def test_names_of_columns_are_unique_and_never_empty():
    assert rows("a, a ,,a\n1,2,3,4") == [{"a": "1", "a_2": "2", "3": "3", "a_3": "4"}]


def test_empty_lines_are_no_rows():
    assert rows("a,b\n\n1,2\n,\n") == [{"a": "1", "b": "2"}]


def test_lines_above_the_header_can_be_skipped_and_a_missing_header_given():
    assert rows("Report of the day\na,b\n1,2", skip=1) == [{"a": "1", "b": "2"}]
    assert rows("1,2\n3,4", columns=["a", "b"]) == [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]


@pytest.mark.parametrize("body", ["", "\n\n", "a,b\n"])
def test_a_table_without_rows_is_empty(body):
    assert rows(body) == []


def test_a_cell_may_be_long_and_hold_a_null():
    assert rows("a,b\n" + "x" * 200_000 + ",\0") == [{"a": "x" * 200_000, "b": "\0"}]


def test_a_column_with_an_odd_name_can_be_read():
    page = Page("https://a.example/", b"Case No.,a.b\n5,6")
    assert [text(page.csv()[0], name) for name in ("Case No.", "a.b", '["a.b"]')] == ["5", "6", "6"]


CELLS = st.text("abc ,;|\t\"'\n0", max_size=8)


@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS).filter(lambda row: any(c.strip() for c in row)), max_size=6),
    st.sampled_from(",;\t|"),
)
def test_written_rows_read_back(table, delimiter):
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows([("a", "b", "c"), *table])
    assert rows(file.getvalue(), delimiter=delimiter) == [dict(zip("abc", row, strict=True)) for row in table]


@given(st.text('ab,;|\t"\n', max_size=60))
def test_no_text_ever_raises(body):
    assert sniff(body) in ",;\t|"
    assert isinstance(rows(body), list)


@pytest.mark.parametrize(
    ("body", "row"),
    [
        (b"a,b\r\n1,2\r\n", {"a": "1", "b": "2"}),
        (b"a,b\r1,2\r", {"a": "1", "b": "2"}),
        (b'"a","b"\n"1","say ""hi"""\n', {"a": "1", "b": 'say "hi"'}),
        (b"a\tb\n1\t2,5\n", {"a": "1", "b": "2,5"}),
        (b"a|b\n1|2;3\n", {"a": "1", "b": "2;3"}),
        ("a,b\n1,2\n".encode("utf-16"), {"a": "1", "b": "2"}),
        ("a;b\n1;é\n".encode("cp1252"), {"a": "1", "b": "é"}),
        (b'a,b\n1,"2', {"a": "1", "b": "2"}),
        (b"  a  , b\tc \n1,2\n", {"a": "1", "b c": "2"}),
    ],
)
def test_dialects_that_offices_write(body, row):
    assert [node.value for node in Page("https://a.example/x.csv", body).csv()] == [row]


def test_a_wrong_delimiter_gives_one_column_and_loses_nothing():
    rows = Page("https://a.example/x.csv", b"a;b\n1;2\n").csv(delimiter=",")
    assert [row.value for row in rows] == [{"a;b": "1;2"}]
