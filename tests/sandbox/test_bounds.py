"""The worker refuses what the engine would refuse: an honest fetcher on a hostile page is told which field it was."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.errors import FetcherRaised
from lakehouse.fetcher import Answer, Money, Unread
from lakehouse.sandbox import Limits, Worker
from lakehouse.sandbox.bounds import MAX_ANSWERS, MAX_DIGITS, MAX_FIELDS, MAX_ITEMS, MAX_NAME, MAX_SELECTORS, MAX_TEXT
from lakehouse.sandbox.decode import decode
from lakehouse.sandbox.inside import wire
from lakehouse.sandbox.inside.attribution import Attribution
from lakehouse.sandbox.inside.encode import NoRecord, Rows
from lakehouse.sandbox.model import Parsed
from tests.sandbox.cases import LIMITS, fetcher, page, parse_with

TOO_LONG = "x" * (MAX_TEXT + 1)
READERS = "from lakehouse.fetcher import items, link, number, text"

texts = st.one_of(st.text(max_size=5), st.sampled_from(["\ud800", "a\udfffb", "\0", "x" * MAX_TEXT, TOO_LONG]))
numbers = st.one_of(
    st.decimals(), st.integers(-400, 400).map(lambda power: Decimal(f"1e{power}")), st.just(Decimal("7" * 201))
)
moments = st.sampled_from([datetime(1, 1, 1), datetime(9999, 12, 31, 23)]).flatmap(
    lambda moment: st.sampled_from(
        [None, UTC, timezone(timedelta(hours=14)), timezone(-timedelta(hours=12, seconds=1))]
    ).map(lambda zone: moment.replace(tzinfo=zone))
)
wild: st.SearchStrategy[Any] = st.one_of(
    texts,
    numbers,
    moments,
    st.sampled_from([date.min, date.max, 2**63 - 1, 2**63, -(2**63), float("inf"), 1e308, True, None, (), b"", {}]),
    st.builds(Money, st.one_of(numbers, st.integers()), st.one_of(st.none(), texts, st.just("x" * 21))),
    st.builds(Unread, texts, texts, st.one_of(texts, st.just("x" * 2_001))),
    st.lists(st.one_of(texts, st.integers()), max_size=3),
    st.sampled_from([["a"] * MAX_ITEMS, ["a"] * (MAX_ITEMS + 1)]),
)
names = st.one_of(texts, st.sampled_from(["a" * MAX_NAME, "a" * (MAX_NAME + 1), "_a", ""]), st.integers())


def sent(record: Any, answers: list[Any] | None = None) -> Parsed:
    """Return what the engine reads of a record that a worker sent; raises `NoRecord`."""
    rows = Rows()
    rows.add(record)
    packed = wire.packed({"requests": [], "shapes": list(rows.shapes), "rows": rows.rows, "answers": answers or []})
    reply = decode(packed[wire.LENGTH.size :], Limits())
    assert isinstance(reply, Parsed)
    return reply


@given(st.dictionaries(names, wild, min_size=1, max_size=3))
def test_whatever_a_worker_lets_out_the_engine_takes(record: dict[Any, Any]) -> None:
    with contextlib.suppress(NoRecord):
        assert len(sent(record).records[0]) == len(record)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (TOO_LONG, "a text of more than"),
        (["a", TOO_LONG], "a text of more than"),
        (["a"] * (MAX_ITEMS + 1), "a list of more than"),
        (Decimal("1" * (MAX_DIGITS + 1)), "a number of more than"),
        (Decimal("1e300"), "a number of more than"),
        (Money(Decimal("1e-300"), "EUR"), "a number of more than"),
        (Money(Decimal(1), "x" * 21), "a text of more than 20"),
        (Unread("a", "b", "c" * 2_001), "a text of more than 2000"),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1))), "outside the calendar"),
    ],
)
def test_a_value_past_a_bound_is_named_with_its_field(value: Any, said: str) -> None:
    with pytest.raises(NoRecord, match=f"record 1, field 'b': .*{said}"):
        sent({"a": 1, "b": value})


def test_names_and_numbers_of_fields_have_bounds_too() -> None:
    assert sent({"a" * MAX_NAME: 1}).records == [{"a" * MAX_NAME: 1}]
    assert len(sent({f"f{number}": 1 for number in range(MAX_FIELDS)}).records[0]) == MAX_FIELDS
    for record in ({"a" * (MAX_NAME + 1): 1}, {"\ud800": 1}, {f"f{number}": 1 for number in range(MAX_FIELDS + 1)}):
        with pytest.raises(NoRecord, match="record 1 has"):
            sent(record)


@pytest.mark.parametrize(
    ("body", "given_page"),
    [
        ("yield {'a': 1}\nyield {'b': text(page.one())}", b"x" * (MAX_TEXT + 1)),
        ("yield {'a': 1}\nyield {'b': items(page.one(), 'i')}", b"<i>x</i>" * (MAX_ITEMS + 1)),
        ("yield {'a': 1}\nyield {'b': page.one().first('n').value}", b'{"n": 1e5000}'),
        ("yield {'a': 1}\nyield {'b': page.one().first('n').value}", b'{"n": 99999999999999999999}'),
    ],
    ids=["text", "items", "decimal", "integer"],
)
def test_a_page_that_is_too_much_is_an_exception_of_the_fetcher_and_the_worker_goes_on(
    body: str, given_page: bytes
) -> None:
    with Worker(fetcher(body, READERS), "case/0001", LIMITS) as worker:
        with pytest.raises(FetcherRaised, match="record 2, field 'b'"):
            worker.parse(page(given_page))
        with pytest.raises(FetcherRaised, match="record 2, field 'b'"):
            worker.parse(page(given_page))


def test_a_reader_makes_a_reject_of_one_value_and_keeps_the_row() -> None:
    body = "for row in page.select('p'):\n    yield {'n': number(row), 'url': link(row, 'a')}"
    given_page = page(b"<p>1</p><p>" + b"9" * 300 + b"</p><p><a href='//[" + b"x" * 5_000 + b"'>7</a></p>")
    first, second, third = parse_with(fetcher(body, READERS), given_page).records
    assert first == {"n": Decimal(1), "url": None}
    assert isinstance(second["n"], Unread)
    assert isinstance(third["url"], Unread)


def test_selectors_that_are_none_are_not_counted() -> None:
    name = "Ada" + str(1)
    wrong: list[Any] = [(None,), (5, "b"), tuple(["td"] * (MAX_SELECTORS + 1))]
    for selectors in wrong:
        attribution = Attribution([Answer("text", selectors, 0, name)])
        attribution.add({"name": name})
        assert attribution.counts() == []


def test_as_many_answers_are_counted_as_the_engine_takes() -> None:
    values = [f"value {number}" for number in range(MAX_ANSWERS + 10)]
    attribution = Attribution([Answer("text", (f"#n{number}",), 0, value) for number, value in enumerate(values)])
    for value in values:
        attribution.add({"name": value})
    assert len(attribution.counts()) == MAX_ANSWERS
    assert len(sent({"a": 1}, attribution.counts()).answers) == MAX_ANSWERS


def test_a_reader_without_a_selector_of_text_still_gives_its_value() -> None:
    parsed = parse_with(fetcher("yield {'a': text(page.one(), None), 'b': text(page.one(), 'p')}", READERS))
    assert parsed.records == [{"a": "hello", "b": "hello"}]
    assert [answers.field for answers in parsed.answers] == ["b"]
