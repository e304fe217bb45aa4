"""A registry on a folder, with one source, and small fetchers to release."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lakehouse.lake import Lake
from lakehouse.registry import Registry, Release, Staged

SOURCE = """\
name: opinions
start: https://courts.example.gov/opinions
contract:
  fields:
    title: text
    docket: text
  key: [docket]
"""

FETCHER = '''"""Fetcher of opinions."""
from lakehouse.fetcher import Request, text


def start():
    yield Request("https://courts.example.gov/opinions")


def parse(page):
    for row in page.select("table tr"):
        yield {"title": text(row, "TITLE"), "docket": text(row, "td")}
'''


@pytest.fixture(scope="session")
def source_yaml() -> str:
    return SOURCE


@pytest.fixture(scope="session")
def code() -> Callable[[str], str]:
    """Give the code of a fetcher that reads titles from a selector."""
    return lambda title: FETCHER.replace("TITLE", title)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.open(str(tmp_path / "store"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of the source `opinions` in the store."""
    return tmp_path / "store" / "registry" / "opinions"


@pytest.fixture
def registry(lake: Lake) -> Registry:
    registry = Registry(lake)
    registry.register(SOURCE)
    return registry


@pytest.fixture
def stage(registry: Registry, code: Callable[[str], str]) -> Callable[[str], Staged]:
    """Stage a fetcher that reads titles from a selector."""
    return lambda title: registry.stage("opinions", code(title), {"rows": "table tr"}, {"verdict": "release"})


@pytest.fixture
def release(registry: Registry, stage: Callable[[str], Staged]) -> Callable[[str], Release]:
    """Stage and release a fetcher that reads titles from a selector."""
    return lambda title: registry.release(stage(title), f"Titles stand in {title}.")
