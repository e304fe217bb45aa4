"""Class names and ids that change: by a redesign, or by a build tool that hashes them."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from benchmarks.mutating.sheet import Sheet

LEAST = 3
WORDS = ("panel", "stack", "cell", "unit", "block", "strip", "field", "part", "node", "slot", "frame", "tile")


def rename_classes(sheet: Sheet) -> bool:
    """Give every class and id another name of plain words."""
    names: dict[str, str] = {}
    return _renamed(sheet, lambda old: names.setdefault(old, f"{WORDS[len(names) % len(WORDS)]}-{len(names)}"))


def hash_classes(sheet: Sheet) -> bool:
    """Give every class and id a hash for a name."""
    return _renamed(sheet, lambda old: f"css-{zlib.crc32(old.encode()):x}")


def _renamed(sheet: Sheet, new: Callable[[str], str]) -> bool:
    seen: set[str] = set()
    for element in sheet.tree.root.iter("*"):
        for name in ("class", "id"):
            tokens = (element.get(name) or "").split()
            seen.update(tokens)
            if tokens:
                element.set(name, " ".join(map(new, tokens)))
    return len(seen) >= LEAST
