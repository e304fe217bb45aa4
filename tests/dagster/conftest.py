"""A lakehouse in Dagster: definitions over the books' store, and an instance of its own."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg
import pytest

from lakehouse.definitions import definitions_of
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from resources.store import Store


@pytest.fixture
def defs(lake: Lake, registry: Registry) -> dg.Definitions:
    """Return the definitions over a store in which `books` is released."""
    assert registry.sources() == ["books"]
    return definitions_of(Store(address=lake.address))


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    """Return an instance that keeps its runs in memory."""
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance
