"""What tests of several rooms share: a site of books, a lake, a source that is registered and released."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.books import fetcher, source_yaml, stock
from tests.little_site import LittleSite

# A busy machine is no failure: no test is timed. HYPOTHESIS_PROFILE=thorough looks ten times as long for what breaks.
hypothesis.settings.register_profile("suite", deadline=None, max_examples=50)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=500)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the slow ones begin, so that no worker waits at the end for a last one of minutes."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def dagster_storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder with Dagster's databases, to be copied."""
    from tests.dagster_storage import make_storage, schema_read_once

    with schema_read_once():
        yield make_storage(tmp_path_factory.mktemp("storage"))


@pytest.fixture
def site() -> Iterator[LittleSite]:
    """Return a running site with two pages of five books."""
    with LittleSite() as site:
        stock(site)
        yield site


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Return an empty lake in a folder of its own."""
    return Lake.open(str(tmp_path / "store"))


@pytest.fixture
def registry(lake: Lake, site: LittleSite) -> Registry:
    """Return a registry in which `books` is registered and released."""
    registry = Registry(lake)
    registry.register(source_yaml(site))
    release(registry, fetcher(site))
    return registry


def release(registry: Registry, code: str, name: str = "books") -> int:
    """Release code for a source and return its number."""
    return registry.release(registry.stage(name, code, {}, {}), reason="test").number
