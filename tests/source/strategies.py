"""Any source that a person could write down."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from lakehouse.contract import Contract, Field
from lakehouse.source import Freshness, Limits, Politeness, Source

WORDS = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,12}x", fullmatch=True)
HOSTS = st.sampled_from(["a.org", "files.example.com", "127.0.0.1", "::1", "localhost"])

_BOUNDS: dict[str, st.SearchStrategy[Any]] = {
    "integer": st.integers(-(10**12), 10**12),
    "decimal": st.decimals(-1_000, 1_000, places=2).map(lambda number: Decimal(str(float(number)))),
    "money": st.integers(0, 10**6).map(Decimal),
    "date": st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    "datetime": st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
    ),
}


@st.composite
def fields(draw: st.DrawFn) -> Field:
    kind = draw(st.sampled_from(["text", "url", "list", "boolean", *_BOUNDS]))
    settings: dict[str, Any] = {"type": kind, "required": draw(st.booleans()), "description": draw(WORDS)}
    if kind in _BOUNDS and draw(st.booleans()):
        settings["minimum"], settings["maximum"] = sorted([draw(_BOUNDS[kind]), draw(_BOUNDS[kind])])
    if kind in ("text", "url", "list"):
        settings["pattern"] = draw(st.sampled_from([None, r"\d+-cv-\d+", "a|b", "[*&!]: #'\""]))
        settings["choices"] = tuple(draw(st.lists(WORDS, max_size=3)))
    return Field.model_validate({name: value for name, value in settings.items() if value not in (None, (), "", False)})


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    columns = draw(st.dictionaries(NAMES, fields(), min_size=1, max_size=5))
    usable = [name for name, field in columns.items() if field.type != "list"]
    key = draw(st.lists(st.sampled_from(usable), unique=True, max_size=2)) if usable else []
    return Contract(fields=columns, key=tuple(key), min_rows=draw(st.integers(0, 9)), allow_empty=draw(st.booleans()))


@st.composite
def sources(draw: st.DrawFn) -> Source:
    hours = draw(st.integers(1, 2_000))
    return Source(
        name=draw(NAMES),
        start=draw(st.sampled_from(["https://a.org/x?y=1&z=%20#f", "http://localhost:8000"])),
        description=draw(WORDS),
        cadence=draw(st.sampled_from(["daily", "hourly", "*/5 * * * *", "30 6 * * 1-5"])),
        first_day=draw(st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))),
        late=draw(st.sampled_from(["refuse", "allow"])),
        group=draw(st.sampled_from(["sources", "courts", "1", "no"])),
        owners=tuple(draw(st.lists(st.sampled_from(["a@b.ch", "team:x"]), max_size=2))),
        tags=draw(st.dictionaries(st.sampled_from(["kind", "no", "1"]), st.sampled_from(["a", "true", "1.0"]))),
        hosts=tuple(draw(st.lists(HOSTS, max_size=2))),
        private_hosts=tuple(draw(st.lists(HOSTS, max_size=2))),
        render=draw(st.booleans()),
        politeness=Politeness(delay=draw(st.floats(0, 60)), concurrency=draw(st.integers(1, 64))),
        limits=Limits(max_pages=draw(st.integers(1, 10**6)), max_bytes=draw(st.integers(1, 10**10))),
        freshness=Freshness(warn=timedelta(hours=hours), fail=timedelta(hours=draw(st.integers(hours, 3_000)))),
        contract=draw(contracts()),
    )
