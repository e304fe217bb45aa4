"""When enough of a column can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from lakehouse.fetcher.values import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SHARE = 0.95
"""Share of a column's values that its reader must read; the others are rejects, and shown with their reasons."""

T = TypeVar("T")


def is_readable(values: Sequence[T], read: Callable[[T], object]) -> bool:
    """Tell whether nearly all values are read; a reader says no by something false, or by `Unreadable`."""
    return bool(values) and sum(_reads(read, value) for value in values) >= SHARE * len(values)


def _reads(read: Callable[[T], object], value: T) -> bool:
    try:
        return bool(read(value))
    except Unreadable:
        return False
