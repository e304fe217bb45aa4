"""A table: days are replaced whole, other days stay as they are, columns may come, types may not change quietly."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from lakehouse.errors import NotInStore, SchemaConflict
from lakehouse.lake import CAPTURE_SCHEMA, Lake, Table

MONEY = pl.Struct({"amount": pl.Decimal(38, 10), "currency": pl.String})
TYPES = {
    "text": pl.String,
    "on": pl.Date,
    "at": pl.Datetime("us", "UTC"),
    "count": pl.Int64,
    "share": pl.Decimal(38, 10),
    "fee": MONEY,
    "open": pl.Boolean,
    "tags": pl.List(pl.String),
}
amounts = st.decimals(-(10**20), 10**20, places=10)
values = st.fixed_dictionaries(
    {
        "text": st.none() | st.text(max_size=20),
        "on": st.none() | st.dates(),
        "at": st.none() | st.datetimes(timezones=st.just(UTC)),
        "count": st.none() | st.integers(-(2**63), 2**63 - 1),
        "share": st.none() | amounts,
        "fee": st.none() | st.fixed_dictionaries({"amount": amounts, "currency": st.sampled_from(["EUR", "USD"])}),
        "open": st.none() | st.booleans(),
        "tags": st.none() | st.lists(st.none() | st.text(max_size=5), max_size=3),
    }
)


@pytest.fixture
def table(lake: Lake) -> Table:
    """Return a table with two days of books."""
    table = lake.table("silver/books")
    table.replace_day("2026-01-01", pl.DataFrame({"title": ["A", "B"], "pages": [10, 20]}))
    table.replace_day("2026-01-02", pl.DataFrame({"title": ["C"], "pages": [30]}))
    return table


def files(table: Table, day: str) -> dict[str, tuple[int, bytes]]:
    """Return name, modification time and content of a day's files."""
    paths = Path(table.address, f"day={day}").iterdir()
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in paths}


def test_a_day_is_read_as_it_was_written(table: Table) -> None:
    assert table.read(days=["2026-01-01"], columns=["title", "pages"]).rows() == [("A", 10), ("B", 20)]
    assert table.read(columns=["title"])["title"].sort().to_list() == ["A", "B", "C"]
    assert table.scan(["2026-01-02"]).select("title").collect().item() == "C"
    assert table.read(days=[]).height == 0


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(values, max_size=4))
def test_whatever_a_contract_allows_comes_back_exactly(lake: Lake, rows: list[dict[str, object]]) -> None:
    frame = pl.DataFrame(rows, schema=TYPES)
    table = lake.table("silver/everything")
    table.replace_day("2026-01-01", frame)
    assert_frame_equal(table.read(days=["2026-01-01"], columns=list(TYPES)), frame)
    assert table.row_count("2026-01-01") == len(rows)


def test_writing_a_day_again_replaces_it_and_leaves_the_files_of_others_alone(table: Table) -> None:
    before = files(table, "2026-01-01")
    table.replace_day("2026-01-02", pl.DataFrame({"title": ["D", "E"], "pages": [1, 2]}))
    assert table.read(days=["2026-01-02"], columns=["title"])["title"].to_list() == ["D", "E"]
    assert files(table, "2026-01-01") == before


def test_a_day_may_be_replaced_by_nothing(table: Table) -> None:
    table.replace_day("2026-01-01", pl.DataFrame(schema={"title": pl.String, "pages": pl.Int64}))
    assert table.days() == ["2026-01-02"]
    assert table.row_count("2026-01-01") == 0
    table.replace_day("2026-01-02", pl.DataFrame())
    assert table.days() == []
    assert table.read().columns == ["day", "title", "pages"]


def test_a_table_may_begin_with_an_empty_day(lake: Lake) -> None:
    captures = lake.table("bronze/books")
    captures.replace_day("2026-01-01", pl.DataFrame(schema=CAPTURE_SCHEMA))
    assert captures.exists()
    assert captures.days() == []
    assert captures.schema() == CAPTURE_SCHEMA
    assert captures.read().is_empty()


def test_appended_rows_stand_beside_the_others(table: Table) -> None:
    table.append(pl.DataFrame({"day": ["2026-01-02", "2026-01-03"], "title": ["D", "E"], "pages": [1, 2]}))
    assert table.days() == ["2026-01-01", "2026-01-02", "2026-01-03"]
    assert [table.row_count(day) for day in table.days()] == [2, 2, 1]


def test_appending_nothing_makes_no_version(table: Table) -> None:
    version = table.version()
    table.append(pl.DataFrame(schema={"day": pl.String, "title": pl.String}))
    assert table.version() == version


def test_each_write_is_one_version(table: Table) -> None:
    version = table.version()
    table.replace_day("2026-01-05", pl.DataFrame({"title": ["X"]}))
    table.append(pl.DataFrame({"day": ["2026-01-06", "2026-01-07"], "title": ["Y", "Z"]}))
    assert table.version() == version + 2


def test_a_table_that_was_never_written_has_no_days(lake: Lake) -> None:
    table = lake.table("silver/none")
    assert not table.exists()
    assert table.days() == []
    assert table.row_count("2026-01-01") == 0
    for ask in (table.read, table.scan, table.version, table.schema, table.compact, table.vacuum):
        with pytest.raises(NotInStore, match="silver/none"):
            ask()


def test_a_new_column_is_null_on_older_days(table: Table) -> None:
    table.replace_day("2026-01-03", pl.DataFrame({"title": ["D"], "isbn": ["x"]}))
    rows = table.read(columns=["title", "pages", "isbn"]).sort("title").rows()
    assert rows == [("A", 10, None), ("B", 20, None), ("C", 30, None), ("D", None, "x")]


def test_a_changed_type_is_refused_and_nothing_is_written(table: Table) -> None:
    version = table.version()
    with pytest.raises(SchemaConflict, match="the column `pages` holds Int64 in the table and String in the new rows"):
        table.replace_day("2026-01-02", pl.DataFrame({"title": ["C"], "pages": ["thirty"]}))
    assert table.version() == version
    assert table.read(days=["2026-01-02"], columns=["pages"]).item() == 30


def test_deriving_all_days_again_gives_the_table_its_new_types(table: Table) -> None:
    version = table.version()
    days = {"2026-01-01": pl.DataFrame({"pages": ["ten"]}), "2026-01-02": pl.DataFrame({"pages": ["x"], "isbn": [1]})}
    table.replace_all(days)
    assert table.schema() == {"day": pl.String, "pages": pl.String, "isbn": pl.Int64}
    assert table.read(columns=["day", "pages", "isbn"]).sort("day").rows() == [
        ("2026-01-01", "ten", None),
        ("2026-01-02", "x", 1),
    ]
    assert table.version() == version + 1
    table.replace_day("2026-01-02", pl.DataFrame({"pages": ["thirty"]}))
    assert table.row_count("2026-01-01") == 1


def test_a_table_cannot_be_made_anew_from_nothing(table: Table) -> None:
    with pytest.raises(SchemaConflict, match="no frame"):
        table.replace_all({})
    assert table.days() == ["2026-01-01", "2026-01-02"]


def test_an_older_version_can_be_put_back_with_its_columns(table: Table) -> None:
    version = table.version()
    table.replace_all({"2026-01-09": pl.DataFrame({"other": [1]})})
    table.restore(version)
    assert table.read(columns=["title", "pages"]).sort("title").rows() == [("A", 10), ("B", 20), ("C", 30)]
    assert table.version() == version + 2


def test_compacting_makes_one_file_a_day_and_changes_no_row(table: Table) -> None:
    for title in "DEF":
        table.append(pl.DataFrame({"day": ["2026-01-02"], "title": [title], "pages": [1]}))
    before = table.read().sort("title")
    table.compact()
    assert_frame_equal(table.read().sort("title"), before)
    assert table.row_count("2026-01-02") == 4
    table.replace_day("2026-01-02", pl.DataFrame({"title": ["Z"]}))
    assert table.read(days=["2026-01-02"])["title"].to_list() == ["Z"]


@pytest.mark.parametrize("day", ["2026-1-1", "yesterday", "2026-01-01' OR '1'='1", ""])
def test_a_day_that_is_no_day_is_refused(table: Table, day: str) -> None:
    for rows in (pl.DataFrame({"title": ["X"]}), pl.DataFrame()):
        with pytest.raises(SchemaConflict, match="YYYY-MM-DD"):
            table.replace_day(day, rows)
    assert table.days() == ["2026-01-01", "2026-01-02"]


def test_rows_of_another_day_are_refused(table: Table) -> None:
    with pytest.raises(SchemaConflict, match="rows of other days than 2026-01-02"):
        table.replace_day("2026-01-02", pl.DataFrame({"day": ["2026-01-01"], "title": ["X"]}))


def test_rows_without_a_day_are_refused(table: Table) -> None:
    for write in (table.append, lambda rows: table.merge(rows, key=["title"])):
        with pytest.raises(SchemaConflict, match="no column `day`"):
            write(pl.DataFrame({"title": ["X"]}))


def test_captures_have_a_type_for_every_column(lake: Lake) -> None:
    capture = dict.fromkeys(CAPTURE_SCHEMA) | {
        "day": "2026-01-01",
        "capture_id": "c1",
        "status": 200,
        "fetched_at": datetime(2026, 1, 1, 12, tzinfo=UTC),
    }
    table = lake.table("bronze/books")
    table.append(pl.DataFrame([capture], schema=CAPTURE_SCHEMA))
    assert table.schema() == CAPTURE_SCHEMA
    assert table.read().row(0, named=True) == capture


def test_a_date_as_day_is_taken_as_its_text(lake: Lake) -> None:
    table = lake.table("gold/repairs")
    table.append(pl.DataFrame({"day": [date(2026, 1, 1)], "cost": [Decimal("1.5")]}))
    assert table.days() == ["2026-01-01"]
