"""A self-healing lakehouse of web data: `Lakehouse`, `Scout` and `Builder` are its faces in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lakehouse.agents.builder import Builder
    from lakehouse.agents.lakehouse import Lakehouse
    from lakehouse.agents.scout.analyze import Scout
    from lakehouse.agents.wish import Wish

__all__ = ["Builder", "Lakehouse", "Scout", "Wish"]


def __getattr__(name: str) -> Any:
    # Only when asked for: the sandbox's workers import this package too, and must stay light.
    from importlib import import_module

    homes = {"Builder": "builder", "Lakehouse": "lakehouse", "Scout": "scout.analyze", "Wish": "wish"}
    if name not in homes:
        raise AttributeError(f"module 'lakehouse' has no attribute {name!r}")
    return getattr(import_module(f"lakehouse.agents.{homes[name]}"), name)
