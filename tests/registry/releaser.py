"""A process that releases, rolls back or registers, again and again, and tells what became of it.

Arguments: the store, how many rounds, and what to do. It says `ready`, waits for a line, and then begins.
"""

from __future__ import annotations

import json
import sys
from itertools import cycle

from lakehouse.errors import RegistryError
from lakehouse.lake import Lake
from lakehouse.registry import Registry

CODE = "def start():\n    yield from ()\n\n\ndef parse(page):\n    yield {'title': 'TITLE'}\n"


def release(registry: Registry, title: str) -> int:
    """Stage and release a fetcher of its own, and return its number."""
    staged = registry.stage("opinions", CODE.replace("TITLE", title), {"title": title}, {"title": title}, author=title)
    return registry.release(staged, f"Release of {title}.").number


def roll_back(registry: Registry, _: str) -> int:
    """Put the release before the one in force there, or the last one again."""
    numbers = [note.number for note in registry.releases("opinions")]
    before = registry.in_force("opinions").number
    return registry.rollback("opinions", max((n for n in numbers if n < before), default=numbers[-1]), "Back.").number


def register(registry: Registry, title: str) -> str:
    """Change the description in source.yaml, and return the text."""
    lines = registry.source_text("opinions").splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith("description")) + f"description: {title}\n"
    registry.register(text, author=title)
    return text


TASKS = {"release": release, "roll_back": roll_back, "register": register}


def main(store: str, rounds: int, *tasks: str) -> None:
    """Do the tasks in turn, as many rounds as wanted, and print each outcome as JSON."""
    registry = Registry(Lake.open(store))
    print("ready", flush=True)
    name = sys.stdin.readline().strip()
    for number, task in zip(range(rounds), cycle(tasks), strict=False):
        try:
            done = TASKS[task](registry, f"{name}-{number}")
            print(json.dumps({"task": task, "done": done}), flush=True)
        except RegistryError as error:
            print(json.dumps({"task": task, "refused": str(error)}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
