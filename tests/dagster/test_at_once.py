"""A heal and an ingest of one source at the same time: neither takes anything back from the other."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from lakehouse.engine import fetch_day, parse_day
from lakehouse.lake import Lake
from lakehouse.launch import heal, run_day
from lakehouse.registry import Registry
from lakehouse.settings import settings
from tests.books import stock
from tests.dagster_storage import copy_storage
from tests.little_site import LittleSite

TODAY = datetime.now(UTC).date()
DAYS = [(TODAY - timedelta(days=n)).isoformat() for n in range(3, -1, -1)]
GOOD, MISSED = DAYS[:2], DAYS[2:]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(autouse=True)
def home(
    tmp_path: Path, lake: Lake, registry: Registry, monkeypatch: pytest.MonkeyPatch, dagster_storage: Path
) -> Iterator[Path]:
    """Return the home of a lakehouse in which `books` has good days, and missed ones since a redesign."""
    copy_storage(dagster_storage, tmp_path / "home")
    monkeypatch.setenv("LAKEHOUSE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LAKEHOUSE_STORE", lake.address)
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    settings.cache_clear()
    yield tmp_path / "home"
    settings.cache_clear()


@pytest.fixture
def broken(lake: Lake, registry: Registry, site: LittleSite) -> Registry:
    """Return the registry after a redesign that cost two days."""
    for day in DAYS:
        stock(site, tag="b" if day in GOOD else "strong")
        fetch_day(lake, registry, "books", day)
        parse_day(lake, registry, "books", day)
    return registry


def good(lake: Lake) -> bool:
    table = lake.table("silver/books")
    return all(table.row_count(day) == 10 for day in DAYS)


def test_an_ingest_during_a_heal_ends_with_the_repaired_release_and_all_rows(broken: Registry, lake: Lake) -> None:
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        healed, ingested = pool.submit(heal, "books", MISSED), pool.submit(run_day, "books", DAYS[3])
        assert healed.result().good
        ingested.result()
    assert good(lake)
    assert set(lake.table("silver/books").read(MISSED)["_release"]) == {broken.in_force("books").number}
    assert broken.audit("books")[-1].kind == "healed"


def test_two_heals_at_once_leave_one_whole_release_in_force(broken: Registry, lake: Lake) -> None:
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        for each in [pool.submit(heal, "books", MISSED) for _ in range(2)]:
            each.result()
    assert good(lake)
    assert broken.in_force("books").number in {2, 3}
    assert [event.kind for event in broken.audit("books")].count("healed") == 1
