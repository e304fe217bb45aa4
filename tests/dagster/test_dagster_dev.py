"""A real `dagster dev`, asked through GraphQL: a run from the UI, a new source after a reload, a backfill."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from lakehouse.home import make_home
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from lakehouse.reload import reload_ui
from lakehouse.settings import settings
from tests.books import source_yaml
from tests.little_site import LittleSite

ROOT = Path(__file__).parents[2]
TODAY = datetime.now(UTC).date()
DAYS = [(TODAY - timedelta(days=n)).isoformat() for n in (1, 0)]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("dagster_dev")]

ASSETS = "{ assetNodes { assetKey { path } } }"
LAUNCH = """
mutation ($params: ExecutionParams!) {
  launchPipelineExecution(executionParams: $params) {
    __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message }
  }
}"""
RUN = "query ($id: ID!) { runOrError(runId: $id) { ... on Run { status } } }"


@dataclass
class Dagster:
    """A running `dagster dev`."""

    url: str

    def ask(self, query: str, **variables: Any) -> Any:
        """Return the data of a GraphQL query."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(f"{self.url}/graphql", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["data"]

    def assets(self) -> set[str]:
        """Return the keys of all assets that the UI shows."""
        return {"/".join(node["assetKey"]["path"]) for node in self.ask(ASSETS)["assetNodes"]}

    def run(self, job: str, day: str, assets: list[str]) -> str:
        """Launch a job as the UI does and return the status that it ends with."""
        selector = {
            "repositoryLocationName": "lakehouse",
            "repositoryName": "__repository__",
            "pipelineName": job,
            "assetSelection": [{"path": asset.split("/")} for asset in assets],
        }
        tags = [{"key": "dagster/partition", "value": day}]
        params = {"selector": selector, "mode": "default", "executionMetadata": {"tags": tags}}
        launched = self.ask(LAUNCH, params=params)["launchPipelineExecution"]
        assert launched["__typename"] == "LaunchRunSuccess", launched
        return self._wait(launched["run"]["runId"])

    def _wait(self, run_id: str) -> str:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            status = self.ask(RUN, id=run_id)["runOrError"]["status"]
            if status in {"SUCCESS", "FAILURE", "CANCELED"}:
                return status
            time.sleep(0.3)
        return "TIMEOUT"


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
    """Return a `dagster dev` that has loaded the workspace; it is stopped with its children at the end."""
    assert registry.sources() == ["books"]
    port = _free_port()
    command = [sys.executable, "-m", "dagster", "dev", "-w", "workspace.yaml", "--host", "127.0.0.1"]
    with (tmp_path / "dev.log").open("w") as log:
        process = subprocess.Popen(
            [*command, "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield _up(Dagster(f"http://127.0.0.1:{port}"), process)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _up(dagster: Dagster, process: subprocess.Popen[bytes]) -> Dagster:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):  # nobody listens on the port yet
            if dagster.assets():
                return dagster
        time.sleep(0.5)
    raise AssertionError("dagster dev did not come up")


def test_a_day_runs_from_the_ui_and_a_new_source_appears_after_a_reload(
    dagster: Dagster, lake: Lake, registry: Registry, site: LittleSite
) -> None:
    assert dagster.assets() == {"fetcher/books", "bronze/books", "silver/books"}
    assert dagster.run("ingest", DAYS[1], ["bronze/books", "silver/books"]) == "SUCCESS"
    assert lake.table("silver/books").row_count(DAYS[1]) == 10
    registry.register(re.sub("name: books", "name: more_books", source_yaml(site)))
    assert reload_ui(dagster.url)
    assert "silver/more_books" in dagster.assets()


def test_a_backfill_from_the_command_line_reparses_days_without_asking_the_site(
    environment: dict[str, str], lake: Lake, registry: Registry, site: LittleSite
) -> None:
    from lakehouse.engine import fetch_day

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
