"""Packages that load what is asked of them, and nothing before."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def on_demand(package: str, **homes: tuple[str, ...]) -> Callable[[str], Any]:
    """Return the `__getattr__` of a package whose names live in its modules `homes` (PEP 562).

    Dagster imports the definitions anew for every source that is added; what only a run needs is not read then.
    """
    found = {name: module for module, names in homes.items() for name in names}
    # Once it was imported, a module stands in the way of a name of its package.
    if hidden := found.keys() & homes.keys():
        raise ValueError(f"{', '.join(sorted(hidden))} in {package} is the name of a module too")

    def load(name: str) -> Any:
        if name not in found:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{found[name]}"), name)

    return load
