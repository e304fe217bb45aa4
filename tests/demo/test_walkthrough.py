"""The demo runs from its first line to its last, and leaves a lakehouse that can be looked at."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
@pytest.mark.timeout(700)
@pytest.mark.xdist_group("dagster_dev")
def test_the_demo_ends_by_itself_and_its_next_commands_work(tmp_path: Path) -> None:
    environment = {**os.environ, "COLUMNS": "160"}
    environment.pop("LAKEHOUSE_HOME", None)
    lakehouse = str(Path(sys.executable).with_name("lakehouse"))
    shown = subprocess.run(
        [lakehouse, "demo"], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=680, check=False
    )
    assert shown.returncode == 0, shown.stdout + shown.stderr
    assert "refused: no code for a wall" in shown.stdout
    assert "accepted: nothing is wrong" in shown.stdout
    assert "were settled without a person" in shown.stdout
    assert "Traceback" not in shown.stderr
    environment["LAKEHOUSE_HOME"] = str(tmp_path / ".lakehouse" / "demo")
    status = subprocess.run(
        [lakehouse, "status", "--json"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert status.returncode == 1, "one source stands behind a wall, so not all is well"
    states = {each["name"]: each["state"] for each in json.loads(status.stdout)}
    assert states.pop("news") == "degraded"
    assert set(states.values()) == {"active"}
