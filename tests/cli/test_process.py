"""The installed command, as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

LAKEHOUSE = str(Path(sys.executable).with_name("lakehouse"))


def test_a_user_error_ends_the_process_with_1_and_one_line(tmp_path: Path) -> None:
    environment = {**os.environ, "LAKEHOUSE_STORE": str(tmp_path / "store"), "LAKEHOUSE_HOME": str(tmp_path)}
    done = subprocess.run(
        [LAKEHOUSE, "diff", "nothing"], env=environment, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("Error: ")


def test_help_needs_no_store(tmp_path: Path) -> None:
    environment = {**os.environ, "LAKEHOUSE_STORE": str(tmp_path / "no" / "such" / "store")}
    done = subprocess.run(
        [LAKEHOUSE, "--help"], env=environment, capture_output=True, text=True, timeout=100, check=True
    )
    assert "rollback" in done.stdout
    assert not (tmp_path / "no").exists()
