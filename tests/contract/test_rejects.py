"""The raw values of a reject are JSON text that a person can read, whatever the fetcher gave."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.contract.columns import QUOTED, quoted
from lakehouse.contract.rejects import raw_text, reject_table
from lakehouse.fetcher import Money, Unread
from tests.contract.values import ANYTHING


@pytest.mark.parametrize(
    ("value", "raw"),
    [
        (None, None),
        ("ä \u2028", "ä \u2028"),
        (True, True),
        (12, 12),
        (0.5, 0.5),
        (float("inf"), "inf"),
        (Decimal("1.50"), "1.50"),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, tzinfo=UTC), "2026-01-02T00:00:00+00:00"),
        (Money(Decimal(3), None), {"amount": "3", "currency": None}),
        (Unread("soon", "date", "YMD"), "soon"),
        (["a", Decimal(1)], ["a", "1"]),
        ({"a": [None, float("nan")]}, {"a": [None, "nan"]}),
    ],
)
def test_a_value_stands_there_as_it_was_printed(value: Any, raw: Any) -> None:
    assert json.loads(raw_text({"x": value})) == {"x": raw}


@given(st.dictionaries(st.text(max_size=5), ANYTHING, max_size=4))
def test_any_record_becomes_json_that_can_be_stored(record: dict[str, Any]) -> None:
    text = raw_text(record)
    assert set(json.loads(text)) <= {name.encode("utf-8", "backslashreplace").decode() for name in record} | set(record)
    assert text.encode("utf-8").decode() == text
    assert "NaN" not in json.dumps(json.loads(text)) or "NaN" in str(record)


def test_provenance_is_no_part_of_the_raw_values() -> None:
    assert raw_text({"a": 1, "_capture": "c", "_release": 1, "_row": 2, "_round": 3}) == '{"a": 1}'


def test_rejects_stand_in_the_order_of_their_rows() -> None:
    rows = [{"a": number, "_row": number, "_release": 1, "_capture": "c"} for number in range(3)]
    table = reject_table(rows, {2: ["a: x"], 0: ["a: y", "b: z"]})
    assert table["_row"].to_list() == [0, 2]
    assert table["reasons"].to_list() == [["a: y", "b: z"], ["a: x"]]


@given(st.text(max_size=2 * QUOTED))
def test_a_quoted_value_is_never_longer_than_it_may_be(text: str) -> None:
    shown = quoted(text)
    assert shown[0] == shown[-1] == '"'
    assert len(shown) <= QUOTED + 2
    assert shown.encode("utf-8")
