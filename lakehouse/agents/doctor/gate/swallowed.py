"""Values that swallowed their neighbours: where rows lie in each other, the outer one's text is the whole list."""

from __future__ import annotations

from collections.abc import Sequence

from lakehouse.agents.doctor.case import Record

TIMES = 10
"""Times the longest known value from which on no text is one of its kind any more."""

SLACK = 1_000
"""Characters that a value may be longer in any case: a summary may become a whole text."""


def swallowed(known: Sequence[Record], given: Sequence[Record], names: Sequence[str]) -> list[str]:
    """Return the fields with a value that is longer by far than any known one; one such row is enough to be wrong."""
    return [
        name for name in names if _longest(given, name) > max(TIMES * (most := _longest(known, name)), most + SLACK)
    ]


def _longest(records: Sequence[Record], name: str) -> int:
    return max((len(record.get(name) or "") for record in records), default=0)
