"""Rows as a sandbox gives them, for any contract and with anything in them."""

from __future__ import annotations

from datetime import UTC, date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from lakehouse.contract import Contract
from lakehouse.fetcher import Money, Unread

EVERY_TYPE = Contract.model_validate(
    {
        "key": ["id"],
        "fields": {
            "id": {"type": "text", "pattern": "[a-z]+"},
            "n": {"type": "integer", "minimum": 0, "maximum": 9},
            "fee": {"type": "money", "minimum": 1},
            "rate": {"type": "decimal", "maximum": 5},
            "filed": {"type": "date", "required": True, "minimum": date(2000, 1, 1)},
            "seen": "datetime",
            "link": "url",
            "open": "boolean",
            "tags": {"type": "list", "choices": ["a", "b"]},
        },
    }
)

_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "id": st.sampled_from(["a", "b", "c", "d"]),
    "n": st.integers(0, 9),
    "fee": st.sampled_from([Money(Decimal(3), "EUR"), Money(Decimal("1.5"))]),
    "rate": st.sampled_from([Decimal("0.1"), Decimal(5)]),
    "filed": st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    "seen": st.datetimes(timezones=st.just(UTC)),
    "link": st.sampled_from(["https://a.org/1", "http://b.org"]),
    "open": st.booleans(),
    "tags": st.lists(st.sampled_from(["a", "b"]), max_size=2),
}

ANYTHING = st.one_of(
    st.none(),
    st.text(max_size=5),
    st.sampled_from(["\udc80", "x" * 500, "https://", "2026-01-01", "12"]),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.decimals(),
    st.dates(),
    st.datetimes(),
    st.builds(Money, st.decimals(), st.none() | st.text(max_size=3)),
    st.builds(Unread, st.text(max_size=5), st.just("date"), st.just("no such day")),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=1),
)


@st.composite
def rows(draw: st.DrawFn, rounds: int = 1, broken: bool = True) -> list[dict[str, Any]]:
    """Return records in order of their rounds, most of them good, each with a number of its own."""
    records = []
    for number in range(draw(st.integers(0, 8))):
        record = {name: draw(values) for name, values in _VALUES.items()}
        if broken and draw(st.booleans()):
            record[draw(st.sampled_from([*_VALUES, "extra"]))] = draw(ANYTHING)
        records.append(
            {**record, "_capture": "c", "_release": 1, "_row": number, "_round": draw(st.integers(0, rounds - 1))}
        )
    return records
