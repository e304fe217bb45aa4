"""Which reader a column gets: by vote over its values, and text where they do not tell."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.blueprint import FieldPlan
from lakehouse.agents.extract import read_field
from lakehouse.agents.scout.formats.vote import decimal_mark, vote
from lakehouse.fetcher import Money, Page, Unread
from lakehouse.fetcher.data import DataNode


def read(value: Any, values: list[Any], name: str = "") -> Any:
    """Read a value by the reader that its column voted for."""
    reading = vote(values, name)
    return read_field(
        DataNode(Page("https://a.example/", b""), value),
        FieldPlan(name="x", reader=reading.reader, options=reading.options),
    )


@pytest.mark.parametrize(
    ("values", "reader"),
    [
        (["Smith", "Jones"], "text"),
        ([True, False], "boolean"),
        (["Yes", "No", "yes"], "boolean"),
        (["yes"], "text"),
        ([1, 2, 3.5], "number"),
        (["12", "1,205"], "number"),
        (["12 %", "7 %"], "number"),
        (["$12.50", "$1,205.00"], "money"),
        (["12,50 €", "1.205,00 €"], "money"),
        (["https://a.example/1", "https://a.example/2"], "link"),
        (["2024-01-31", "2024-02-01"], "date"),
        (["2024-01-31T10:00:00Z", "2024-02-01T11:30:00Z"], "datetime"),
        (["2024-01-31T00:00:00", "2024-02-01T00:00:00"], "date"),
        (["Mon, 01 Jan 2024 10:00:00 GMT", "Tue, 02 Jan 2024 10:00:00 +0100"], "datetime"),
        ([["a", "b"], ["c"]], "items"),
        ([], "text"),
        ([None, "", []], "text"),
    ],
)
def test_a_column_gets_the_reader_that_reads_it(values: list[Any], reader: str) -> None:
    assert vote(values).reader == reader


@pytest.mark.parametrize(
    ("values", "name"),
    [
        (["01234", "04567"], ""),
        (["12345678901234567890", "22345678901234567890"], ""),
        ([7, 8], "id"),
        (["7", "8"], "case_no"),
        (["20240131", "20240201"], "order_number"),
        (["Report of 2024-01-01 to the council", "Report of 2024-02-01 to the council"], ""),
        (["/a", "/b"], "grade"),
        (["1.234", "5.678"], ""),
        (["12-3", "12-4"], ""),
        (["5 of 10", "6 of 10"], ""),
    ],
)
def test_what_only_looks_like_a_value_stays_text(values: list[Any], name: str) -> None:
    assert vote(values, name).reader == "text"


@pytest.mark.parametrize(("value", "moment"), [(1706659200, 2024), (1706659200000, 2024)])
def test_a_large_number_is_a_time_only_where_its_name_says_so(value: int, moment: int) -> None:
    assert vote([value, value + 5], "created_at").reader == "datetime"
    assert vote([value, value + 5], "views").reader == "number"
    assert read(value, [value], "created_at").year == moment


def test_compact_digits_are_days_where_their_name_says_so() -> None:
    assert read("20240131", ["20240131", "20240201"], "filed_date") == dt.date(2024, 1, 31)


def test_a_path_is_a_link_where_its_name_says_so() -> None:
    assert read("/o/1", ["/o/1", "/o/2"], "detail_url") == "https://a.example/o/1"


def test_one_odd_value_in_many_does_not_decide() -> None:
    days = [f"2024-01-{day:02}" for day in range(1, 29)]
    assert vote([*days, "to be announced"]).reader == "date"
    assert vote([*days[:5], "to be announced"]).reader == "text"


def test_the_decimal_mark_is_learned_from_the_whole_column() -> None:
    assert read("1.234", ["1.234", "12,5", "7"]) == Decimal(1234)
    assert read("1,234", ["1,234", "12.5", "7"]) == Decimal(1234)


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["12,50"], ","),
        (["1.234,5"], ","),
        (["12.50"], "."),
        (["1,234.5"], "."),
        (["0.125"], "."),
        (["1,234"], "."),
        (["12"], "."),
        (["1.234"], None),
        (["12.50", "12,50"], None),
    ],
)
def test_the_decimal_mark_is_told_or_left_open(texts: list[str], mark: str | None) -> None:
    assert decimal_mark(texts) == mark


def test_money_keeps_amount_and_currency() -> None:
    assert read("1.205,00 €", ["12,50 €", "1.205,00 €"]) == Money(Decimal("1205.00"), "EUR")


@given(
    st.lists(st.dates(dt.date(1970, 1, 1), dt.date(2068, 12, 31)), min_size=3, max_size=12, unique=True),
    st.sampled_from(["%Y-%m-%d", "%B %d, %Y", "%d %b %Y", "%A, %d %B %Y"]),
)
def test_days_written_in_words_or_year_first_are_read_as_they_were(days: list[dt.date], form: str) -> None:
    texts = [day.strftime(form) for day in days]
    assert [read(text, texts) for text in texts] == days


@given(st.lists(st.decimals(-9_999_999, 9_999_999, places=2), min_size=1, max_size=12), st.sampled_from([".", ","]))
def test_numbers_in_either_notation_are_read_as_they_were(numbers: list[Decimal], mark: str) -> None:
    texts = [f"{number:,.2f}" for number in numbers]
    if mark == ",":
        texts = [text.translate(str.maketrans(",.", ".,")) for text in texts]
    assert [read(text, texts) for text in texts] == numbers


@given(
    st.lists(
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.floats(allow_nan=False, allow_infinity=False),
            st.text(max_size=30),
            st.lists(st.text(max_size=5), max_size=3),
        ),
        max_size=20,
    ),
    st.sampled_from(["", "id", "date", "url"]),
)
def test_the_reader_that_is_voted_for_reads_nearly_everything(values: list[Any], name: str) -> None:
    present = [value for value in values if value not in (None, "", [], {})]
    unread = [value for value in present if isinstance(read(value, values, name), Unread)]
    assert len(unread) <= max(0.05 * len(present), 0)


def test_a_text_that_no_reader_of_single_values_would_take_is_text() -> None:
    assert vote(["1 " + "lorem ipsum " * 1000, "2 " + "dolor sit " * 1200]).reader == "text"
