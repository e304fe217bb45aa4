"""Dagster's storage as a new home makes it, made once for all tests: its databases take seconds to set up."""

from __future__ import annotations

import shutil
from pathlib import Path

import dagster as dg

from lakehouse.home import DAGSTER_YAML


def make_storage(folder: Path) -> Path:
    """Let Dagster set up its databases in a folder and return it, without the settings."""
    (folder / "dagster.yaml").write_text(DAGSTER_YAML)
    with dg.DagsterInstance.from_config(str(folder)) as instance:
        instance.get_run_by_id("none")
    (folder / "dagster.yaml").unlink()
    return folder


def copy_storage(storage: Path, home: Path) -> None:
    """Give a home that is about to be made the databases of another one."""
    shutil.copytree(storage, home / "dagster", dirs_exist_ok=True)
