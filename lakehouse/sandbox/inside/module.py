"""The fetcher as a module: compiled once, run afresh for every page, so that nothing is carried from page to page."""

from __future__ import annotations
import __future__

import builtins
import importlib
import re
import urllib.parse
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from lakehouse.sandbox.vocabulary import BUILTINS, IMPORTS

ASKED_BY_PYTHON = frozenset({"_strptime", "time", "re", "unicodedata", "_io"})
"""Modules that C code imports in the name of the fetcher that called it, and then takes from `sys.modules`."""

LOADED_LATE = ("_strptime", "heapq", "unicodedata")
"""Modules that the offered part of the standard library imports in the middle of its work."""


class Module:
    """A compiled fetcher; `facade=False`, for the tests of the locks, runs it with all of Python's builtins."""

    def __init__(self, code: str, name: str, *, facade: bool = True) -> None:
        self.name = name
        self.lines = code.split("\n")
        # Annotations stay text: nothing in them runs.
        self._code = compile(code, name, "exec", flags=__future__.annotations.compiler_flag, dont_inherit=True)
        self._builtins = vocabulary() if facade else builtins.__dict__

    def functions(self) -> dict[str, Callable[..., Any]]:
        """Run the module and return what it defines; what libraries remember of other pages is forgotten."""
        re.purge()
        urllib.parse.clear_cache()  # pyright: ignore[reportAttributeAccessIssue] (there, but not in the stubs)
        namespace: dict[str, Any] = {"__name__": "fetcher", "__builtins__": self._builtins}
        exec(self._code, namespace)  # noqa: S102 (running it is what the worker is for)
        return namespace


def vocabulary() -> dict[str, Any]:
    """Return the builtins of fetchers; their `import` hands out the vetted names of the vetted modules."""
    for name in LOADED_LATE:
        importlib.import_module(name)
    facades = {name: _facade(name) for name in IMPORTS}
    empty = SimpleNamespace()

    def import_(name: str, *_: Any) -> SimpleNamespace:
        if name in facades:
            return facades[name]
        if name in ASKED_BY_PYTHON:
            return empty
        raise ImportError(f"fetchers may not import {name!r}")

    return {name: getattr(builtins, name) for name in BUILTINS} | {"__import__": import_}


def _facade(name: str) -> SimpleNamespace:
    module = importlib.import_module(name)
    return SimpleNamespace(**{member: getattr(module, member) for member in IMPORTS[name]})
