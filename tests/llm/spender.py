"""Asks until a budget of 100 calls a day forbids it; run as a process of its own beside another one."""

from __future__ import annotations

import sys
from itertools import count as numbers
from pathlib import Path
from typing import Any

from lakehouse.errors import BudgetSpent
from tests.llm.doors import Count, count, door_to

BUDGET: dict[str, Any] = {"LLM_CALLS_PER_DAY": 100, "LLM_CALLS_PER_RUN": 1000, "LLM_CALLS_PER_SOURCE": 1000}


def spend(url: str, home: Path, who: str) -> int:
    """Return how many calls could be made; `who` asks other questions than others do."""
    door = door_to(url, home, LLM_TIMEOUT=600.0, **BUDGET)
    for made in numbers():
        try:
            door.ask(count(f"{who} {made}"), Count, source="books")
        except BudgetSpent:
            return made
    raise AssertionError


def _main(url: str, home: Path) -> None:
    from lakehouse.llm.library import litellm

    litellm()
    print("ready", flush=True)
    sys.stdin.readline()
    print(spend(url, home, "there"), flush=True)


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]))
