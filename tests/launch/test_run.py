"""A run that was started from Python tells how it ended in sentences, and shows in the UI of its home."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from lakehouse.engine import fetch_day, parse_day
from lakehouse.errors import EarlyFetch, SourceError
from lakehouse.lake import Lake
from lakehouse.lake.bodies import body_key
from lakehouse.launch import RunOutcome, reparse_days, run_day, run_fetcher
from lakehouse.registry import Registry
from lakehouse.settings import settings
from tests.books import FETCHER, fetcher, source_yaml
from tests.conftest import release
from tests.dagster_storage import copy_storage
from tests.little_site import LittleSite

TODAY = datetime.now(UTC).date()
DAYS = [(TODAY - timedelta(days=n)).isoformat() for n in (2, 1, 0)]


@pytest.fixture(autouse=True)
def home(
    tmp_path: Path, lake: Lake, registry: Registry, monkeypatch: pytest.MonkeyPatch, dagster_storage: Path
) -> Iterator[Path]:
    """Return the home of a lakehouse in which `books` is released."""
    copy_storage(dagster_storage, tmp_path / "home")
    assert registry.sources() == ["books"]
    monkeypatch.setenv("LAKEHOUSE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LAKEHOUSE_STORE", lake.address)
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    settings.cache_clear()
    yield tmp_path / "home"
    settings.cache_clear()


def test_a_good_run_has_nothing_to_tell_and_shows_in_the_ui_of_the_home(home: Path, lake: Lake) -> None:
    outcome = run_day("books", DAYS[2])
    assert outcome == RunOutcome(outcome.run_id, (), {})
    assert outcome.good
    with dg.DagsterInstance.from_config(str(home / "dagster")) as instance:
        run = instance.get_run_by_id(outcome.run_id)
        assert run is not None
        assert run.status == dg.DagsterRunStatus.SUCCESS
        assert run.tags["lakehouse/source"] == "books"
        assert run.tags["dagster/partition"] == DAYS[2]


def test_an_error_is_our_sentence_without_the_name_of_its_class(site: LittleSite) -> None:
    del site.pages["/books"]
    [error] = run_day("books", DAYS[2]).errors
    assert error.startswith(f"books, {DAYS[2]}: a page failed: {site.url('/books')}: answered 404.")


def test_what_a_library_said_does_not_hide_our_sentence(lake: Lake) -> None:
    assert run_day("books", DAYS[2]).good
    lost = lake.table("bronze/books").read([DAYS[2]])["sha256"][0]
    lake.objects.delete(body_key(lost))
    [error] = reparse_days("books", DAYS[2:]).errors
    assert error == f"{lake.address}/{body_key(lost)}: there is nothing by this name."


def test_a_failed_check_names_the_days_and_what_it_saw(registry: Registry, site: LittleSite) -> None:
    assert run_day("books", DAYS[0]).good
    release(registry, fetcher(site, FETCHER.replace("li.book", "li.magazine")))
    outcome = run_day("books", DAYS[1])
    assert not outcome.good
    assert outcome.errors == ()
    assert outcome.failed_checks["volume"].startswith(f"{DAYS[1]}: No rows came")


def test_several_days_are_parsed_again_in_one_run_and_neither_the_site_nor_the_days_between_are_touched(
    registry: Registry, site: LittleSite, lake: Lake
) -> None:
    for day in DAYS:
        fetch_day(lake, registry, "books", day)
        parse_day(lake, registry, "books", day)
    release(registry, fetcher(site, FETCHER + "# better\n"))
    asked = len(site.asked)
    assert reparse_days("books", [DAYS[0], DAYS[2]]).good
    by = lake.table("silver/books").read().group_by("day").agg(pl.col("_release").first())
    assert dict(by.iter_rows()) == {DAYS[0]: 2, DAYS[1]: 1, DAYS[2]: 2}
    assert len(site.asked) == asked


def test_a_day_that_is_lost_does_not_stop_the_others_and_is_named(lake: Lake, registry: Registry) -> None:
    for day in DAYS:
        fetch_day(lake, registry, "books", day)
    pages = lake.table("bronze/books")
    pages.replace_day(DAYS[1], pages.read([DAYS[1]]).with_columns(sha256=pl.lit("0" * 64)))
    [error] = reparse_days("books", DAYS).errors
    assert "0" * 64 in error


def test_a_past_day_is_fetched_only_when_it_is_asked_for(registry: Registry, site: LittleSite) -> None:
    registry.register(source_yaml(site, late="refuse"))
    [error] = run_day("books", DAYS[0]).errors
    assert f"lakehouse run books --day {DAYS[0]} --late" in error
    assert run_day("books", DAYS[0], late=True).good


def test_a_day_that_is_no_partition_is_refused_before_a_run_begins(site: LittleSite, home: Path) -> None:
    with pytest.raises(EarlyFetch):
        run_day("books", (TODAY + timedelta(days=1)).isoformat())
    with pytest.raises(SourceError, match="first_day: 2019-12-31"):
        run_day("books", "2019-12-31")
    assert site.asked == []
    assert not (home / "dagster" / "dagster.yaml").exists()


def test_the_release_in_force_is_shown_by_a_run_of_its_own() -> None:
    assert run_fetcher("books").good
