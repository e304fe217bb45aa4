"""A real `dagster dev`, asked through GraphQL: a run from the UI, a new source after a reload, a backfill."""

from __future__ import annotations

import os
import re
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
from tests.books import source_yaml
from tests.dagster.test_definitions import GOLD
from tests.little_site import LittleSite

TODAY = datetime.now(UTC).date()
DAYS = [(TODAY - timedelta(days=n)).isoformat() for n in (1, 0)]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("dagster_dev")]


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lake: Lake) -> Iterator[dict[str, str]]:
    """Return the environment of a home in a folder of its own, over the store of the books."""
    monkeypatch.setenv("LAKEHOUSE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LAKEHOUSE_STORE", lake.address)
    settings.cache_clear()
    monkeypatch.setenv("DAGSTER_HOME", str(make_home()))
    yield dict(os.environ)
    settings.cache_clear()


@pytest.fixture
def dagster(environment: dict[str, str], registry: Registry, tmp_path: Path) -> Iterator[Dagster]:
    """Return a `dagster dev` that has loaded the workspace."""
    assert registry.sources() == ["books"]
    with dagster_dev(environment, tmp_path / "dev.log") as dagster:
        yield dagster


def test_a_day_runs_from_the_ui_and_a_new_source_appears_after_a_reload(
    dagster: Dagster, lake: Lake, registry: Registry, site: LittleSite
) -> None:
    assert dagster.assets() == {"fetcher/books", "bronze/books", "silver/books", *GOLD}
    run = dagster.launch("ingest", ["bronze/books", "silver/books"], {"dagster/partition": DAYS[1]})
    assert dagster.wait(run) == "SUCCESS"
    assert lake.table("silver/books").row_count(DAYS[1]) == 10
    registry.register(re.sub("name: books", "name: more_books", source_yaml(site)))
    assert reload_ui(dagster.url)
    assert "silver/more_books" in dagster.assets()


def test_a_backfill_from_the_command_line_reparses_days_without_asking_the_site(
    dagster: Dagster, environment: dict[str, str], lake: Lake, registry: Registry, site: LittleSite
) -> None:
    from lakehouse.engine import fetch_day

    assert "silver/books" in dagster.assets()  # its daemon takes the runs from the queue

    for day in DAYS:
        fetch_day(lake, registry, "books", day)
    asked = len(site.asked)
    job = ["-w", "workspace.yaml", "-j", "reparse", "--from", DAYS[0], "--to", DAYS[1], "--noprompt"]
    subprocess.run(
        [sys.executable, "-m", "dagster", "job", "backfill", *job],
        cwd=ROOT, env=environment, check=True, capture_output=True, timeout=200,
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and lake.table("silver/books__checks").days() != DAYS:
        time.sleep(0.5)
    assert lake.table("silver/books").days() == DAYS
    assert len(site.asked) == asked
