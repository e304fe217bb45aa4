"""A real `dagster dev` on the settings of a home, asked through GraphQL as its own UI does."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lakehouse.errors import DagsterDown

ROOT = Path(__file__).parents[2]

ASSETS = "{ assetNodes { assetKey { path } } }"
LAUNCH = """
mutation ($params: ExecutionParams!) {
  launchPipelineExecution(executionParams: $params) {
    __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message }
  }
}"""
RUN = "query ($id: ID!) { runOrError(runId: $id) { ... on Run { status } } }"
ENDED = frozenset({"SUCCESS", "FAILURE", "CANCELED"})


@dataclass
class Dagster:
    """A running `dagster dev`; `patience` is how many seconds it may take to answer, as on a busy machine."""

    url: str
    patience: float = 60

    def ask(self, query: str, **variables: Any) -> Any:
        """Return the data of a GraphQL query."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/graphql", body, headers)  # noqa: S310 (an address of ours)
        with urllib.request.urlopen(request, timeout=self.patience) as answer:  # noqa: S310 (an address of ours)
            return json.load(answer)["data"]

    def assets(self) -> set[str]:
        """Return the keys of all assets that the UI shows."""
        return {"/".join(node["assetKey"]["path"]) for node in self.ask(ASSETS)["assetNodes"]}

    def launch(self, job: str, assets: list[str], tags: Mapping[str, str]) -> str:
        """Launch a job as the UI does and return the id of the run."""
        selector = {
            "repositoryLocationName": "lakehouse",
            "repositoryName": "__repository__",
            "pipelineName": job,
            "assetSelection": [{"path": asset.split("/")} for asset in assets],
        }
        told = [{"key": key, "value": value} for key, value in tags.items()]
        params = {"selector": selector, "mode": "default", "executionMetadata": {"tags": told}}
        launched = self.ask(LAUNCH, params=params)["launchPipelineExecution"]
        if launched["__typename"] != "LaunchRunSuccess":
            raise DagsterDown(f"{job} was not launched: {launched.get('message', launched['__typename'])}")
        return launched["run"]["runId"]

    def wait(self, run_id: str, patience: float = 120) -> str:
        """Return the status that a run ends with."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            status = self.ask(RUN, id=run_id)["runOrError"]["status"]
            if status in ENDED:
                return status
            time.sleep(0.3)
        return "TIMEOUT"


@contextlib.contextmanager
def dagster_dev(environment: Mapping[str, str], log: Path, patience: float = 120) -> Iterator[Dagster]:
    """Start `dagster dev` on a free port and wait until it shows assets; it is stopped with its children at the end.

    The environment names the home in absolute paths; what Dagster says goes to `log`.
    """
    port = _free_port()
    command = [sys.executable, "-m", "dagster", "dev", "-w", "workspace.yaml", "--host", "127.0.0.1"]
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, "--port", str(port)],
            cwd=ROOT,
            env=dict(environment),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield _up(Dagster(f"http://127.0.0.1:{port}"), process, patience, log)
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    # A run that is at work outlives the server that started it.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _up(dagster: Dagster, process: subprocess.Popen[bytes], patience: float, log: Path) -> Dagster:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):  # nobody listens on the port yet
            if dagster.assets():
                return dagster
        time.sleep(0.5)
    raise DagsterDown(f"dagster dev did not come up within {patience:g} s.", hint=f"Its words are in {log}.")
