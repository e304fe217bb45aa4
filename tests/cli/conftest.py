"""The command line, typed in a folder of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from lakehouse.cli import main
from lakehouse.settings import settings
from tests.books import fetcher, source_yaml
from tests.dagster_storage import copy_storage
from tests.little_site import LittleSite


@dataclass(frozen=True)
class Said:
    """What a command said, and the code that it ended with."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Said]


@pytest.fixture
def lakehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Return a function that runs `lakehouse` with arguments, in this process, since a new one costs seconds."""
    for name in ("LAKEHOUSE_HOME", "LAKEHOUSE_STORE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, **environment: str) -> Said:
        with monkeypatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["lakehouse", *arguments])
            settings.cache_clear()
            capfd.readouterr()
            with pytest.raises(SystemExit) as ended:
                main()
        said = capfd.readouterr()
        return Said(ended.value.code if isinstance(ended.value.code, int) else 0, said.out, said.err)

    yield run
    settings.cache_clear()


@pytest.fixture
def books(lakehouse: Run, tmp_path: Path, site: LittleSite, dagster_storage: Path) -> Run:
    """Return the same function where `books` is registered."""
    copy_storage(dagster_storage, tmp_path / ".lakehouse")
    (tmp_path / "source.yaml").write_text(source_yaml(site))
    (tmp_path / "fetcher.py").write_text(fetcher(site))
    done = lakehouse("register", "source.yaml", "fetcher.py")
    assert done.returncode == 0, done.stderr
    return lakehouse
