"""Where commands find the lake and the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.settings import settings

if TYPE_CHECKING:
    from lakehouse.lake import Lake
    from lakehouse.registry import Registry


def open_lake() -> Lake:
    """Return the lake that the settings name."""
    from lakehouse.lake import Lake

    return Lake.open(settings().store_address)


def open_registry() -> Registry:
    """Return the registry of that lake."""
    from lakehouse.registry import Registry

    return Registry(open_lake())
