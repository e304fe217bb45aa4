"""A fetcher as a module: what it can name, that it starts afresh, and how its exceptions look from its own lines."""

from __future__ import annotations

from typing import Any

import pytest

from lakehouse.sandbox.inside.blame import SHOWN_FRAMES, blame
from lakehouse.sandbox.inside.module import Module
from lakehouse.sandbox.vocabulary import BUILTINS, IMPORTS
from tests.sandbox.cases import fetcher


def parsed(code: str, given: Any = None) -> list[Any]:
    return list(Module(code, "case/0001").functions()["parse"](given))


def blamed(code: str) -> dict[str, str]:
    module = Module(code, "case/0001")
    with pytest.raises(Exception) as raised:  # noqa: PT011 (each case raises what it wants)
        list(module.functions()["parse"](None))
    return blame(raised.value, module)


@pytest.mark.parametrize("module", sorted(set(IMPORTS) - {"__future__", "urllib.parse", "lakehouse.fetcher"}))
def test_an_imported_module_holds_the_offered_names_and_no_other(module: str) -> None:
    [facade] = parsed(fetcher(f"yield {module}", f"import {module}"))
    assert set(vars(facade)) == IMPORTS[module]


@pytest.mark.parametrize(
    "name", ["open", "eval", "getattr", "type", "print", "globals", "object", "memoryview", "input"]
)
def test_a_builtin_that_is_not_offered_is_no_name(name: str) -> None:
    assert name not in BUILTINS
    with pytest.raises(NameError):
        parsed(fetcher(f"yield {name}"))


@pytest.mark.parametrize("name", ["os", "sys", "subprocess", "lakehouse.sandbox", "builtins", "ctypes", "time.sleep"])
def test_a_module_that_is_not_offered_cannot_be_imported(name: str) -> None:
    with pytest.raises(ImportError, match="fetchers may not import"):
        parsed(fetcher("yield 1", f"import {name}"))


def test_a_module_that_only_python_asks_for_is_empty() -> None:
    [clock] = parsed(fetcher("yield time", "import time"))
    assert vars(clock) == {}


def test_annotations_do_not_run() -> None:
    assert parsed(fetcher("yield 1", "x: 1 / 0 = 1\n\ndef f(a: 1 / 0) -> 1 / 0:\n    pass")) == [1]


def test_every_run_of_a_module_is_a_new_one() -> None:
    module = Module(fetcher("SEEN.append(1)\nyield len(SEEN)", "SEEN = []"), "case/0001")
    assert [next(module.functions()["parse"](None)) for _ in range(2)] == [1, 1]


def test_only_the_lines_of_the_fetcher_are_shown() -> None:
    found = blamed(fetcher("yield loads('{')", "from json import loads"))
    assert found["kind"] == "JSONDecodeError"
    assert [line for line in found["traceback"].splitlines() if "File" in line] == [
        '  File "case/0001", line 8, in parse'
    ]


def test_a_long_chain_of_calls_is_cut_and_says_by_how_much() -> None:
    found = blamed(fetcher("yield again()", "def again():\n    return again()"))
    lines = found["traceback"].splitlines()
    assert lines[1].endswith("calls left out)")
    assert sum("File" in line for line in lines) == SHOWN_FRAMES


def test_an_exception_whose_text_cannot_be_made_is_still_blamed() -> None:
    nested = "value = []\nfor _ in range(100_000):\n    value = [value]\nraise ValueError(value)\nyield"
    assert blamed(fetcher(nested))["text"].startswith("(its text cannot be shown: RecursionError")
