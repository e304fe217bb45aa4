"""Everything that works in a folder works on S3 by the same calls."""

from __future__ import annotations

import uuid

import polars as pl
import pytest

from lakehouse.errors import AlreadyInStore, ChangedInStore, NotInStore
from lakehouse.lake import Lake
from tests.lake.conftest import BUCKET


@pytest.fixture
def lake(s3_options: dict[str, str]) -> Lake:
    """Return a lake under a prefix of its own."""
    return Lake.open(f"s3://{BUCKET}/{uuid.uuid4().hex}/deep/", s3_options)


def test_objects_come_back_and_are_listed_beneath_the_prefix(lake: Lake) -> None:
    lake.objects.put("registry/a/source.yaml", b"one")
    lake.objects.put("registry/b/source.yaml", b"two")
    assert lake.objects.get("registry/b/source.yaml") == b"two"
    assert lake.objects.list("registry") == ["registry/a/source.yaml", "registry/b/source.yaml"]
    assert lake.objects.folders("registry") == ["a", "b"]
    assert lake.objects.exists("registry/a/source.yaml")
    assert not lake.objects.exists("registry/c/source.yaml")


def test_an_object_is_created_once_and_replaced_only_by_who_read_it_last(lake: Lake) -> None:
    lake.objects.create("current.json", b"1")
    with pytest.raises(AlreadyInStore):
        lake.objects.create("current.json", b"2")
    _, version = lake.objects.get_versioned("current.json")
    lake.objects.replace("current.json", b"3", version)
    with pytest.raises(ChangedInStore, match="changed it meanwhile"):
        lake.objects.replace("current.json", b"4", version)
    assert lake.objects.get("current.json") == b"3"


def test_a_deleted_object_is_gone_and_deleting_it_again_is_no_error(lake: Lake) -> None:
    lake.objects.put("x", b"1")
    lake.objects.delete("x")
    lake.objects.delete("x")
    with pytest.raises(NotInStore):
        lake.objects.get("x")


def test_bodies_are_kept_once(lake: Lake) -> None:
    assert lake.bodies.put(b"page" * 1000) == lake.bodies.put(b"page" * 1000)
    assert lake.bodies.get(lake.bodies.put(b"page" * 1000)) == b"page" * 1000
    assert len(lake.objects.list("raw")) == 1


def test_tables_are_written_merged_read_and_asked(lake: Lake) -> None:
    table = lake.table("bronze/books")
    table.replace_day("2026-01-01", pl.DataFrame({"title": ["A", "B"]}))
    table.replace_day("2026-01-02", pl.DataFrame({"title": ["C"], "pages": [3]}))
    table.replace_day("2026-01-01", pl.DataFrame({"title": ["D"]}))
    table.merge(pl.DataFrame({"day": ["2026-01-02"], "title": ["C"], "pages": [4]}), key=["title"])
    rows = lake.sql("SELECT day, title, pages FROM bronze.books WHERE title <> 'Z' ORDER BY day")
    assert rows.rows() == [("2026-01-01", "D", None), ("2026-01-02", "C", 4)]
    assert table.days() == ["2026-01-01", "2026-01-02"]
    assert table.row_count("2026-01-02") == 1
    assert lake.tables() == ["bronze.books"]


def test_a_table_that_is_not_there_is_said_to_be_missing(lake: Lake) -> None:
    assert not lake.table("bronze/none").exists()
    with pytest.raises(NotInStore):
        lake.table("bronze/none").read()
