"""The installed command, as a process of its own."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from lakehouse.engine import fetch_day, parse_day
from lakehouse.lake import Lake
from lakehouse.registry import Registry

PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1

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


def without_a_pass_key() -> None:
    """Make the process that is started next heed the rights of files, even if root starts it."""
    ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)


def test_a_read_only_store_is_told_in_one_sentence_and_left_as_it_was(
    lake: Lake, registry: Registry, tmp_path: Path
) -> None:
    today = datetime.now(UTC).date().isoformat()
    fetch_day(lake, registry, "books", today)
    parse_day(lake, registry, "books", today)
    everything = sorted(Path(lake.address).rglob("*"))
    for path in [Path(lake.address), *everything]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    environment = {**os.environ, "LAKEHOUSE_STORE": lake.address, "LAKEHOUSE_HOME": str(tmp_path / "home")}
    said = {
        arguments: subprocess.run(
            [LAKEHOUSE, *arguments],
            env=environment, capture_output=True, text=True, timeout=100, check=False, preexec_fn=without_a_pass_key,
        )
        for arguments in [("run", "books"), ("rollback", "books", "--to", "1"), ("status", "books")]
    }  # fmt: skip
    for path in [Path(lake.address), *everything]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    run, rollback, status = said.values()
    assert (run.returncode, rollback.returncode, status.returncode) == (1, 1, 0), said
    assert "the store is read-only for this user." in run.stderr
    assert "Traceback" not in run.stderr + rollback.stderr
    assert sorted(Path(lake.address).rglob("*")) == everything
