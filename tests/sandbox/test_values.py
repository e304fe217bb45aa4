"""Records cross the pipe unchanged, and nothing that comes over it is believed."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import Money, Request, Unread
from lakehouse.sandbox.decode import Failed, Raised, decode
from lakehouse.sandbox.inside import wire
from lakehouse.sandbox.inside.encode import NoRecord, Rows, is_field_name, plain, request
from lakehouse.sandbox.model import Limits, Parsed
from lakehouse.sandbox.values import Malformed

LIMITS = Limits(records=50, requests=20)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
values = st.one_of(
    st.none(),
    st.booleans(),
    texts,
    st.integers(-(2**63) + 1, 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    decimals,
    st.dates(),
    st.datetimes(),
    st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=zones),
    st.builds(Money, decimals, st.none() | st.text("ABC", min_size=3, max_size=3)),
    st.lists(texts, max_size=4),
    st.builds(Unread, texts, texts, texts),
)
records = st.lists(st.dictionaries(texts.filter(is_field_name), values, min_size=1, max_size=6), max_size=8)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)


def frame(answer: Any) -> bytes:
    return json.dumps(answer).encode("utf-8", "surrogatepass")


def answer(**changed: Any) -> bytes:
    """Return a good answer of one record with some of its parts changed."""
    whole = {"requests": [], "shapes": [["a"]], "rows": [[0, "x"]], "answers": [["a", ["td"], [1], 0]]}
    return frame({**whole, **changed})


@given(records)
def test_records_arrive_as_they_left(given_records: list[dict[str, Any]]) -> None:
    rows = Rows()
    for record in given_records:
        rows.add(record)
    sent = {"requests": [], "shapes": list(rows.shapes), "rows": rows.rows, "answers": []}
    parsed = decode(wire.packed(sent)[4:], LIMITS)
    assert isinstance(parsed, Parsed)
    assert parsed.records == given_records
    assert [list(map(type, record.values())) for record in parsed.records] == [
        list(map(type, record.values())) for record in given_records
    ]


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=zones))
def test_moments_arrive_in_utc(moment: datetime) -> None:
    rows = Rows()
    rows.add({"at": moment})
    sent = {"requests": [], "shapes": list(rows.shapes), "rows": rows.rows, "answers": []}
    parsed = decode(wire.packed(sent)[4:], LIMITS)
    assert isinstance(parsed, Parsed)
    at = parsed.records[0]["at"]
    assert isinstance(at, datetime)
    assert at.tzinfo is UTC


@given(st.binary(max_size=300))
def test_arbitrary_bytes_give_a_reply_or_are_malformed(sent: bytes) -> None:
    try:
        reply = decode(sent, LIMITS)
    except Malformed:
        return
    assert isinstance(reply, Parsed | Raised | Failed)


@given(st.sampled_from(["requests", "shapes", "rows", "answers"]), anything)
def test_a_good_answer_with_one_part_of_anything_gives_a_reply_or_is_malformed(part: str, value: Any) -> None:
    try:
        parsed = decode(answer(**{part: value}), LIMITS)
    except Malformed:
        return
    assert isinstance(parsed, Parsed)
    assert all(isinstance(record, dict) for record in parsed.records)


@given(anything)
def test_a_value_of_anything_is_a_value_or_malformed(value: Any) -> None:
    kinds = (str, int, float, bool, Decimal, date, Money, Unread, list, type(None))
    try:
        parsed = decode(answer(rows=[[0, value]]), LIMITS)
    except Malformed:
        return
    assert isinstance(parsed, Parsed)
    assert isinstance(parsed.records[0]["a"], kinds)


@pytest.mark.parametrize(
    "value",
    [
        2**63,
        float("inf"),
        ["float", 1.0],
        ["decimal", "NaN"],
        ["decimal", "1e999999"],
        ["decimal", "x"],
        ["decimal", "1", "2"],
        ["date", "2026-02-30"],
        ["date", "2026-11-20T10:00"],
        ["datetime", "9999-12-31T23:59:59-10:00"],
        ["datetime", 0],
        ["money", "1"],
        ["money", "1", 2],
        ["list", "ab"],
        ["list", [1]],
        ["list", ["x"] * 10_001],
        ["unread", "a", "b", None],
        ["\ud800"],
        "\ud800",
        [],
        {},
        ["list", [["list", ["a"]]]],
    ],
)
def test_a_value_of_another_kind_than_its_tag_says_is_malformed(value: Any) -> None:
    with pytest.raises(Malformed):
        decode(answer(rows=[[0, value]]), LIMITS)


@pytest.mark.parametrize(
    "changed",
    [
        {"rows": [[0, "x"]] * 51},
        {"rows": [[1, "x"]]},
        {"rows": [[-1, "x"]]},
        {"rows": [[True, "x"]]},
        {"rows": [[0]]},
        {"rows": [[0, "x", "y"]]},
        {"rows": [{}]},
        {"shapes": [["a", "a"]], "rows": []},
        {"shapes": [[""]], "rows": []},
        {"shapes": [["_release"]], "rows": []},
        {"shapes": [[]], "rows": []},
        {"shapes": [["a" * 201]], "rows": []},
        {"answers": [["a", ["td"], [1], -1]]},
        {"answers": [["a", ["td"], [1, 2], 0]]},
        {"answers": [["a", "td", "x", 0]]},
        {"requests": [["https://a.example", "GET", {}, None, {}]] * 21},
        {"requests": [["https://a.example", "GET", {}, None]]},
        {"requests": [["https://a.example", "BREW", {}, None, {}]]},
        {"requests": [["", "GET", {}, None, {}]]},
        {"requests": [["h" * 70_000, "GET", {}, None, {}]]},
        {"requests": [["https://a.example", "GET", {"a": "b\r\nc: d"}, None, {}]]},
        {"requests": [["https://a.example", "GET", {"a b": "c"}, None, {}]]},
        {"requests": [["https://a.example", "GET", {}, 7, {}]]},
        {"requests": [["https://a.example", "GET", {}, None, {"a": [[[[[[[[[1]]]]]]]]]}]]},
        {"requests": [["https://a.example", "GET", {}, None, {"a": "x" * 300_000}]]},
        {"requests": [["https://a.example", "GET", {}, None, {"a": 1e999}]]},
    ],
)
def test_an_answer_that_no_worker_of_ours_sends_is_malformed(changed: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        decode(answer(**changed), LIMITS)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"[" * 100_000,
        b"[]," * 3_000_000,
        b"1" * 5_000,
        b'{"rows": NaN}',
        b"\xff",
        frame({"failed": "everything"}),
        frame({"raised": {"kind": "a b", "text": "", "traceback": ""}}),
        frame({"raised": {"kind": "A", "text": 1, "traceback": ""}}),
    ],
    ids=range(9),
)
def test_what_is_no_answer_at_all_is_malformed(sent: bytes) -> None:
    with pytest.raises(Malformed):
        decode(sent, LIMITS)


def test_half_a_surrogate_pair_leaves_the_worker_as_a_question_mark() -> None:
    rows = Rows()
    rows.add({"a": "x\ud800y"})
    sent = {"requests": [], "shapes": list(rows.shapes), "rows": rows.rows, "answers": []}
    parsed = decode(wire.packed(sent)[4:], LIMITS)
    assert isinstance(parsed, Parsed)
    assert parsed.records == [{"a": "x?y"}]


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ([1], "record 1 is a list"),
        ({}, "a record is a dict with at least one field"),
        ({1: 2}, "record 1 has 1 for a name"),
        ({"_release": "9"}, "and begin without _"),
        ({"a": (1,)}, "field 'a': a tuple cannot leave"),
        ({"a": [1]}, "a int where text belongs"),
        ({"a": Decimal("NaN")}, "is no number"),
        ({"a": Money("1")}, "is no number"),  # pyright: ignore[reportArgumentType]
        ({"a": Unread(1, "", "")}, "a int where text belongs"),  # pyright: ignore[reportArgumentType]
        ({"a": type("Text", (str,), {})()}, "a Text cannot leave"),
    ],
)
def test_what_is_no_record_is_named(record: Any, said: str) -> None:
    with pytest.raises(NoRecord, match=said):
        Rows().add(record)


def test_decimals_in_meta_become_numbers_that_json_has() -> None:
    asked = Request("https://a.example", meta={"price": Decimal("1.5"), "ids": [Decimal(7)], "x": {"y": None}})
    assert request(asked, 1)[4] == {"price": 1.5, "ids": [7], "x": {"y": None}}
    assert type(plain(Decimal("1e30"))) is float


@pytest.mark.parametrize("meta", [{"a": {1, 2}}, {1: 2}, {"a": (1,)}, [1], {"a": float("nan")}])
def test_meta_that_is_no_json_is_no_request(meta: Any) -> None:
    with pytest.raises(NoRecord, match="request 3 cannot be made"):
        request(Request("https://a.example", meta=meta), 3)
