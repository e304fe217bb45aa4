"""Dagster's storage as a new home makes it, made once for all tests: its databases take seconds to set up.

Their schema is described by some ninety Python files, which alembic would run four times for each run of a job.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

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


@contextmanager
def schema_read_once() -> Iterator[None]:
    """Let alembic keep what it read of the description of each database."""
    read, known = ScriptDirectory.from_config, dict[str | None, ScriptDirectory]()

    def kept(config: Config) -> ScriptDirectory:
        location = config.get_main_option("script_location")
        if location not in known:
            known[location] = read(config)
        return known[location]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScriptDirectory, "from_config", kept)
        yield
