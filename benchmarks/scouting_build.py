"""Checks that the fetcher that is built from a blueprint is short, clean, and says exactly what the blueprint says."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.builder.code import fetcher_code
from lakehouse.agents.builder.fit import MOST_LINES
from lakehouse.agents.extract import extract
from lakehouse.fetcher import Page


def built_misses(blueprint: Blueprint, page: Page) -> list[str]:
    """What is wrong with the module of a blueprint: its length, what ruff says, other records than the blueprint's."""
    code = fetcher_code(blueprint, "case")
    misses = []
    if (lines := len(code.splitlines())) > MOST_LINES:
        misses.append(f"the fetcher has {lines} lines")
    if complaint := _ruff(code):
        misses.append(f"ruff: {complaint}")
    if parsed(code, page) != extract(blueprint, page):
        misses.append("the fetcher gives other records than its blueprint")
    return misses


def parsed(code: str, page: Page) -> list[dict[str, Any]]:
    """The records that a module gives on a page."""
    module: dict[str, Any] = {}
    exec(compile(code, "fetcher.py", "exec"), module)
    return list(module["parse"](page))


def _ruff(code: str) -> str:
    command = [sys.executable, "-m", "ruff", "check", "--quiet", "--output-format", "concise", "-"]
    done = subprocess.run(command, input=code, capture_output=True, text=True, check=False)
    return done.stdout.strip().replace("\n", "; ")
