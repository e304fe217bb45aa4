"""A contract may change while its table lives: fields come, go and get other types, and no day is lost by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import polars as pl
import pytest

from lakehouse.contract import FIELD_TYPES
from lakehouse.engine import fetch_day, parse_day, parse_days
from lakehouse.engine.types import changed_fields
from lakehouse.errors import NotInStore, SchemaConflict
from lakehouse.lake import Lake
from lakehouse.lake.bodies import body_key
from lakehouse.registry import Registry
from tests.books import source_yaml
from tests.little_site import LittleSite

DAYS = [(datetime.now(UTC).date() - timedelta(days=n)).isoformat() for n in (2, 1, 0)]


def contract(fields: str, key: str = "title") -> str:
    return f"{{key: {key}, fields: {{{fields}}}}}"


def change(registry: Registry, site: LittleSite, fields: str, key: str = "title") -> None:
    text = source_yaml(site).partition("contract:")[0]
    registry.register(f"{text}contract: {contract(fields, key)}\n")


@pytest.fixture
def table(lake: Lake, registry: Registry) -> pl.DataFrame:
    """Return the silver table after three days of the old contract."""
    for day in DAYS:
        fetch_day(lake, registry, "books", day)
        parse_day(lake, registry, "books", day)
    return rows(lake)


def rows(lake: Lake) -> pl.DataFrame:
    return lake.table("silver/books").read().sort("day", "title")


def test_one_day_of_another_type_is_refused_before_anything_is_written(
    lake: Lake, registry: Registry, site: LittleSite, table: pl.DataFrame
) -> None:
    change(registry, site, "title: text, price: text, url: url")
    versions = {name: lake.table(f"silver/books{name}").version() for name in ("", "__rejects", "__checks")}
    with pytest.raises(SchemaConflict, match=r"`price` is text in the contract.*lakehouse run books --reparse"):
        parse_day(lake, registry, "books", DAYS[2])
    assert rows(lake).equals(table)
    assert versions == {name: lake.table(f"silver/books{name}").version() for name in versions}


def test_all_days_together_give_the_table_its_new_type(
    lake: Lake, registry: Registry, site: LittleSite, table: pl.DataFrame
) -> None:
    change(registry, site, "title: text, price: text, url: url")
    parsed = parse_days(lake, registry, "books", DAYS)
    assert parsed.errors == {}
    assert all(report.passed for report in parsed.reports.values())
    assert lake.table("silver/books").schema()["price"] == pl.String()
    assert rows(lake)["title"].to_list() == table["title"].to_list()
    assert parse_day(lake, registry, "books", DAYS[2]).passed
    assert changed_fields(lake, registry.source("books")) == []


def test_a_part_of_the_days_is_not_enough_for_a_new_type(
    lake: Lake, registry: Registry, site: LittleSite, table: pl.DataFrame
) -> None:
    change(registry, site, "title: text, price: text, url: url")
    with pytest.raises(SchemaConflict):
        parse_days(lake, registry, "books", DAYS[1:])
    assert rows(lake).equals(table)


def test_a_day_that_cannot_be_parsed_leaves_the_table_with_its_old_types(
    lake: Lake, registry: Registry, site: LittleSite, table: pl.DataFrame
) -> None:
    change(registry, site, "title: text, price: text, url: url")
    lake.objects.delete(body_key(lake.table("bronze/books").read([DAYS[2]])["sha256"][0]))
    with pytest.raises(NotInStore):
        parse_days(lake, registry, "books", DAYS)
    assert rows(lake).equals(table)


def test_a_table_of_one_day_takes_its_new_type_with_that_day(lake: Lake, registry: Registry, site: LittleSite) -> None:
    fetch_day(lake, registry, "books", DAYS[2])
    parse_day(lake, registry, "books", DAYS[2])
    change(registry, site, "title: text, price: money, url: url")
    assert parse_day(lake, registry, "books", DAYS[2]).rows == 10
    assert rows(lake)["price"][0] == {"amount": Decimal("1.5"), "currency": None}


def test_days_without_pages_are_named_and_the_others_parsed(lake: Lake, registry: Registry, site: LittleSite) -> None:
    for day in (DAYS[0], DAYS[2]):
        fetch_day(lake, registry, "books", day)
    parsed = parse_days(lake, registry, "books", DAYS)
    assert list(parsed.reports) == [DAYS[0], DAYS[2]]
    assert "no pages to parse" in str(parsed.errors[DAYS[1]])
    change(registry, site, "title: text, price: text, url: url")
    again = parse_days(lake, registry, "books", DAYS)
    assert list(again.reports) == [DAYS[0], DAYS[2]]
    assert list(again.errors) == [DAYS[1]]


def test_a_new_field_is_empty_on_the_days_before_and_a_removed_one_on_those_after(
    lake: Lake, registry: Registry, site: LittleSite, table: pl.DataFrame
) -> None:
    change(registry, site, "title: text, url: url, pages: integer")
    assert parse_day(lake, registry, "books", DAYS[2]).rows == 10
    new = rows(lake)
    assert new.filter(pl.col("day") == DAYS[2])["price"].null_count() == 10
    assert new.filter(pl.col("day") == DAYS[0])["price"].null_count() == 0
    assert new["pages"].null_count() == 30
    assert lake.sql("select count(*) as n from books")["n"][0] == 10


def test_another_key_tells_other_rows_apart(
    lake: Lake, registry: Registry, site: LittleSite, table: pl.DataFrame
) -> None:
    change(registry, site, "title: text, price: decimal, url: url", key="[title, price]")
    assert parse_day(lake, registry, "books", DAYS[2]).rows == 10
    assert lake.sql("select count(*) as n from books")["n"][0] == 10
    assert lake.sql("select count(*) as n from books_changes")["n"][0] == 0


def test_every_type_comes_back_from_the_table_as_the_contract_has_it(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    fields = ", ".join(f"f_{kind}: {kind}" for kind in FIELD_TYPES)
    change(registry, site, f"title: text, {fields}")
    fetch_day(lake, registry, "books", DAYS[2])
    parse_day(lake, registry, "books", DAYS[2])
    assert changed_fields(lake, registry.source("books")) == []
    assert set(lake.table("silver/books").schema()) >= {f"f_{kind}" for kind in FIELD_TYPES}
