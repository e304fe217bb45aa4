"""The three views of a source say what a plain reading of its days says."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.errors import QueryFailed
from lakehouse.lake import Lake
from tests.lake.histories import register, write_days

History = dict[str, list[dict[str, str | None]]]

DAYS = ("2026-01-01", "2026-01-02", "2026-01-05")
records = st.fixed_dictionaries(
    {"docket": st.sampled_from("123"), "title": st.none() | st.sampled_from(["x", "y"])},
)
histories = st.dictionaries(st.sampled_from(DAYS), st.lists(records, min_size=1, max_size=4), min_size=1)


def last_of_each_day(history: History) -> dict[str, dict[str, str | None]]:
    """Return for each key the title that it had on each day, in the order of days; the last one of a day counts."""
    seen: dict[str, dict[str, str | None]] = {}
    for day in sorted(history):
        for record in history[day]:
            seen.setdefault(str(record["docket"]), {})[day] = record["title"]
    return seen


@settings(max_examples=12, deadline=None)
@given(history=histories)
def test_views_agree_with_a_plain_reading_of_the_days(
    tmp_path_factory: pytest.TempPathFactory, history: History
) -> None:
    lake = Lake.open(str(tmp_path_factory.mktemp("store")))
    register(lake)
    write_days(lake, history)
    seen = last_of_each_day(history)

    latest = lake.sql("SELECT docket, title, first_seen, last_seen FROM opinions ORDER BY docket")
    assert latest.rows() == [(key, seen[key][max(seen[key])], min(seen[key]), max(seen[key])) for key in sorted(seen)]

    daily = lake.sql("SELECT day, docket, title FROM opinions_daily ORDER BY day, _row")
    assert daily.rows() == [(day, row["docket"], row["title"]) for day in sorted(history) for row in history[day]]

    changes = lake.sql("SELECT docket, field, old, new, from_day, to_day FROM opinions_changes ORDER BY docket, to_day")
    expected = []
    for key in sorted(seen):
        days = sorted(seen[key])
        for before, after in pairwise(days):
            if seen[key][before] != seen[key][after]:
                expected.append((key, "title", seen[key][before], seen[key][after], before, after))
    assert changes.rows() == expected


@pytest.fixture
def opinions(lake: Lake) -> Lake:
    """Return a lake with two days of opinions, in which every kind of field changed once."""
    register(lake)
    euros = {"amount": Decimal("12.50"), "currency": "EUR"}
    first = {"docket": "1", "title": "A", "fee": euros, "share": Decimal(100), "tags": ["a", "b"]}
    second = {
        "docket": "1",
        "title": None,
        "fee": euros | {"amount": Decimal(1300)},
        "share": Decimal("0.5"),
        "tags": ["a, b"],
    }
    gone = {"docket": "2", "title": "B"}
    write_days(lake, {"2026-01-01": [first, gone], "2026-01-02": [second]})
    return lake


def test_changes_are_printed_as_a_person_would_write_them(opinions: Lake) -> None:
    rows = opinions.sql("SELECT field, old, new FROM opinions_changes ORDER BY field").rows()
    assert rows == [
        ("fee", "12.5 EUR", "1300 EUR"),
        ("share", "100", "0.5"),
        ("tags", '["a","b"]', '["a, b"]'),
        ("title", "A", None),
    ]


def test_changes_name_the_key_and_both_days(opinions: Lake) -> None:
    changes = opinions.sql("SELECT * FROM opinions_changes WHERE field = 'title'")
    assert changes.columns == ["docket", "field", "old", "new", "from_day", "to_day"]
    assert changes.row(0) == ("1", "title", "A", None, "2026-01-01", "2026-01-02")


def test_a_record_that_went_away_stays_in_the_latest_view_with_its_last_day(opinions: Lake) -> None:
    rows = opinions.sql("SELECT docket, first_seen, last_seen FROM opinions ORDER BY docket").rows()
    assert rows == [("1", "2026-01-01", "2026-01-02"), ("2", "2026-01-01", "2026-01-01")]


def test_from_a_latest_record_one_gets_to_its_capture_and_release(opinions: Lake) -> None:
    row = opinions.sql("SELECT _capture, _release, _row FROM opinions WHERE docket = '2'").row(0)
    assert row == ("c-2026-01-01", 1, 1)


def test_lineage_and_fields_that_left_the_contract_do_not_count_as_changes(lake: Lake) -> None:
    register(lake)
    write_days(lake, {"2026-01-01": [{"docket": "1", "_release": 1}], "2026-01-02": [{"docket": "1", "_release": 2}]})
    assert lake.sql("SELECT * FROM opinions_changes").is_empty()


def test_a_key_of_several_fields_tells_records_apart(lake: Lake) -> None:
    register(lake, key="key: [docket, title]")
    write_days(lake, {"2026-01-01": [{"docket": "1", "title": "A"}, {"docket": "1", "title": "B"}]})
    assert lake.sql("SELECT count(*) FROM opinions").item() == 2
    assert lake.sql("SELECT * FROM opinions_changes").columns[:2] == ["docket", "title"]


def test_a_source_without_key_shows_its_last_day(lake: Lake) -> None:
    register(lake, key="min_rows: 1")
    write_days(lake, {"2026-01-01": [{"docket": "1"}], "2026-01-02": [{"docket": "2"}, {"docket": "2"}]})
    assert lake.sql("SELECT docket FROM opinions").rows() == [("2",), ("2",)]
    with pytest.raises(QueryFailed, match="opinions has no key") as caught:
        lake.sql("SELECT * FROM opinions_changes")
    assert "contract.key" in caught.value.hint
