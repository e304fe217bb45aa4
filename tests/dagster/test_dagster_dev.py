"""A real `dagster dev`, asked through GraphQL: a run from the UI, a new source after a reload, a backfill."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lakehouse.home import make_home
from lakehouse.lake import Lake
from lakehouse.launch.dagster_dev import ROOT, Dagster, dagster_dev
from lakehouse.registry import Registry
from lakehouse.reload import reload_ui
from lakehouse.settings import settings
from tests.books import FETCHER, fetcher, source_yaml, stock
from tests.conftest import release
from tests.dagster.test_definitions import GOLD
from tests.dagster_storage import copy_storage
from tests.little_site import LittleSite

TODAY = datetime.now(UTC).date()
DAYS = [(TODAY - timedelta(days=n)).isoformat() for n in (1, 0)]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("dagster_dev")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that the store, the home and the log of all tests here lie in."""
    return tmp_path_factory.mktemp("dagster_dev")


@pytest.fixture(scope="module")
def site() -> Iterator[LittleSite]:
    """Return a running site with two pages of five books."""
    with LittleSite() as site:
        stock(site)
        yield site


@pytest.fixture(scope="module")
def lake(folder: Path) -> Lake:
    """Return the lake that `dagster dev` works on."""
    return Lake.open(str(folder / "store"))


@pytest.fixture(scope="module")
def registry(lake: Lake, site: LittleSite) -> Registry:
    """Return a registry in which `books` is registered and released."""
    registry = Registry(lake)
    registry.register(source_yaml(site))
    release(registry, fetcher(site))
    return registry


@pytest.fixture(scope="module")
def environment(folder: Path, lake: Lake, dagster_storage: Path) -> dict[str, str]:
    """Return the environment of a home in a folder of its own, over the store."""
    copy_storage(dagster_storage, folder / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAKEHOUSE_HOME", str(folder / "home"))
        patch.setenv("LAKEHOUSE_STORE", lake.address)
        settings.cache_clear()
        patch.setenv("DAGSTER_HOME", str(make_home()))
        environment = dict(os.environ)
    settings.cache_clear()
    return environment


@pytest.fixture(scope="module")
def dagster(environment: dict[str, str], registry: Registry, folder: Path) -> Iterator[Dagster]:
    """Return a `dagster dev` that has loaded the workspace; it takes as long to start as a test takes."""
    assert registry.sources() == ["books"]
    with dagster_dev(environment, folder / "dev.log") as dagster:
        yield dagster


def test_a_day_runs_from_the_ui_and_a_new_source_appears_after_a_reload(
    dagster: Dagster, folder: Path, lake: Lake, registry: Registry, site: LittleSite
) -> None:
    assert dagster.assets() == {"fetcher/books", "bronze/books", "silver/books", *GOLD}
    run = dagster.launch("ingest", ["bronze/books", "silver/books"], {"dagster/partition": DAYS[1]})
    assert dagster.wait(run) == "SUCCESS"
    assert lake.table("silver/books").row_count(DAYS[1]) == 10
    registry.register(re.sub("name: books", "name: more_books", source_yaml(site)))
    assert reload_ui(dagster.url)
    assert "silver/more_books" in dagster.assets()
    shutil.rmtree(folder / "store" / "registry" / "more_books")
    assert reload_ui(dagster.url)


def test_a_backfill_from_the_command_line_reparses_days_without_asking_the_site(
    dagster: Dagster, environment: dict[str, str], lake: Lake, registry: Registry, site: LittleSite
) -> None:
    from lakehouse.engine import fetch_day

    assert "silver/books" in dagster.assets()  # its daemon takes the runs from the queue

    for day in DAYS:
        fetch_day(lake, registry, "books", day)
    asked = len(site.asked)
    number = release(registry, fetcher(site, FETCHER + "# better\n"))
    job = ["-w", "workspace.yaml", "-j", "reparse", "--from", DAYS[0], "--to", DAYS[1], "--noprompt"]
    subprocess.run(
        [sys.executable, "-m", "dagster", "job", "backfill", *job],
        cwd=ROOT, env=environment, check=True, capture_output=True, timeout=200,
    )  # fmt: skip
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline and parsed_by(lake) != {day: {number} for day in DAYS}:
        time.sleep(0.5)
    assert parsed_by(lake) == {day: {number} for day in DAYS}
    assert len(site.asked) == asked


def parsed_by(lake: Lake) -> dict[str, set[int]]:
    """Return the releases that each checked day of `books` was parsed with."""
    days = lake.table("silver/books__checks").days()
    return {day: set(lake.table("silver/books").read([day])["_release"]) for day in days}
