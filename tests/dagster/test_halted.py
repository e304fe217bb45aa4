"""A schedule leaves out what a person paused or retired, and takes it up again when it is resumed."""

from __future__ import annotations

from datetime import UTC, datetime

import dagster as dg
import pytest
from dagster import DagsterInstance

from lakehouse.definitions import definitions_of
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from resources.store import Store
from tests.books import fetcher, source_yaml
from tests.conftest import release
from tests.little_site import LittleSite

AT = datetime(2026, 11, 20, 4, tzinfo=UTC)


def tick(lake: Lake, instance: DagsterInstance) -> tuple[list[str], str]:
    """Return the sources that the only schedule starts, and why it starts none."""
    store = Store(address=lake.address)
    repository = definitions_of(store).get_repository_def()
    [schedule] = repository.schedule_defs
    with dg.build_schedule_context(
        instance=instance, scheduled_execution_time=AT, repository_def=repository, resources={"store": store}
    ) as context:
        told = schedule.evaluate_tick(context)
    return [request.tags["lakehouse/source"] for request in told.run_requests or []], told.skip_message or ""


@pytest.mark.parametrize("kind", ["paused", "retired"])
def test_a_source_that_was_halted_is_not_run_until_it_is_resumed(
    kind: str, lake: Lake, registry: Registry, instance: DagsterInstance
) -> None:
    assert tick(lake, instance) == (["books"], "")
    registry.note("books", kind, author="anna", reason="They asked us to wait.")
    assert tick(lake, instance) == ([], f"books: it is {kind} by anna: They asked us to wait")
    registry.note("books", "resumed", author="anna", reason="They are fine with it.")
    assert tick(lake, instance) == (["books"], "")


def test_others_of_the_same_cadence_run_on(
    lake: Lake, registry: Registry, instance: DagsterInstance, site: LittleSite
) -> None:
    registry.register(source_yaml(site, name="more_books"))
    release(registry, fetcher(site), "more_books")
    registry.note("books", "paused", author="anna", reason="They asked us to wait.")
    assert tick(lake, instance) == (["more_books"], "")


def test_a_source_in_quarantine_is_still_fetched_so_that_no_day_is_lost(
    lake: Lake, registry: Registry, instance: DagsterInstance
) -> None:
    registry.note("books", "incident opened", author="doctor", reason="volume failed", incident="0001")
    for _ in range(3):
        registry.note("books", "attempted", author="doctor", reason="No.", incident="0001", verdict="refuse")
    assert tick(lake, instance) == (["books"], "")


def test_a_log_that_cannot_be_read_starts_nothing_and_says_so(
    lake: Lake, registry: Registry, instance: DagsterInstance
) -> None:
    assert registry.sources() == ["books"]
    lake.objects.put("registry/books/audit/29990101T000000.000000Z-0.json", b"{")
    started, why = tick(lake, instance)
    assert started == []
    assert "29990101T000000.000000Z-0.json is damaged" in why
