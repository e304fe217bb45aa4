"""What changed from one release to another."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from io import StringIO

from lakehouse.registry.layout import CODE
from lakehouse.registry.model import Release


def code_diff(before: Release, after: Release) -> str:
    """Return the unified diff of two releases' code; empty where both have the same."""
    lines = unified_diff(list(StringIO(before.code)), list(StringIO(after.code)), _name(before), _name(after))
    return "".join(_marked(lines))


def _marked(lines: Iterator[str]) -> Iterator[str]:
    """End every line, and mark those that had no end, as `diff` and `patch` do."""
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _name(release: Release) -> str:
    return f"{release.source}/{release.number:04d}/{CODE}"
