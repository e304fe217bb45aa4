"""Data that stopped coming is fetched once more, and where that was in vain the healer is called."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.definitions.freshness import FreshnessState, FreshnessStateChange

from lakehouse.definitions import definitions_of
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from resources.store import Store
from sensors import stale
from tests.books import source_yaml
from tests.dagster.watching import Watch
from tests.little_site import LittleSite

TODAY = datetime.now(UTC).date().isoformat()


@pytest.fixture
def watch(lake: Lake, registry: Registry, dagster_storage: Path, tmp_path: Path) -> Iterator[Watch]:
    """Return sensors over an instance that keeps the states of freshness, as an ephemeral one does not."""
    from tests.dagster_storage import copy_storage

    copy_storage(dagster_storage, tmp_path / "home")
    assert registry.sources() == ["books"]
    home = tmp_path / "home" / "dagster"
    (home / "dagster.yaml").write_text("telemetry: {enabled: false}\n")
    with dg.DagsterInstance.from_config(str(home)) as instance:
        yield Watch(definitions_of(Store(address=lake.address)), instance)


def grow(watch: Watch, name: str, state: FreshnessState) -> None:
    """Let Dagster's own daemon say how fresh the pages of a source are."""
    change = FreshnessStateChange(
        key=dg.AssetKey(["bronze", name]),
        new_state=state,
        previous_state=FreshnessState.UNKNOWN,
        state_change_timestamp=datetime.now(UTC).timestamp(),
    )
    watch.instance._report_runless_asset_event(change)


def test_what_is_fresh_or_was_never_fetched_is_left_alone(watch: Watch) -> None:
    assert watch.tick("stale_assets") == []
    grow(watch, "books", FreshnessState.WARN)
    assert watch.tick("stale_assets") == []


def test_what_is_stale_is_fetched_once_more(watch: Watch) -> None:
    grow(watch, "books", FreshnessState.FAIL)
    [again] = watch.tick("stale_assets")
    assert (again.job_name, again.tags["dagster/partition"]) == ("ingest", TODAY)
    assert watch.run("stale_assets", again).success
    assert watch.tick("stale_assets") == []


def test_what_stays_stale_is_the_healers_once(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(watch, "books", FreshnessState.FAIL)
    [again] = watch.tick("stale_assets")
    watch.run("stale_assets", again)
    grow(watch, "books", FreshnessState.FAIL)
    monkeypatch.setattr(stale, "SETTLED", timedelta())
    [call] = watch.tick("stale_assets")
    assert call.job_name == "healer"
    assert call.run_config["ops"]["fetcher__books"]["config"]["trigger"] == "stale"


def test_a_source_that_was_added_a_moment_ago_is_watched_as_well(
    watch: Watch, lake: Lake, registry: Registry, site: LittleSite
) -> None:
    registry.register(source_yaml(site, name="more_books"))
    later = Watch(definitions_of(Store(address=lake.address)), watch.instance, watch.cursors)
    grow(later, "more_books", FreshnessState.FAIL)
    assert [request.tags["lakehouse/source"] for request in later.tick("stale_assets")] == ["more_books"]


def test_a_paused_source_may_grow_stale(watch: Watch, registry: Registry) -> None:
    registry.note("books", "paused", author="person", reason="for the holidays")
    grow(watch, "books", FreshnessState.FAIL)
    assert watch.tick("stale_assets") == []
