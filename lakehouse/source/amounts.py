"""Sizes and durations as a person writes them: `20 MB`, `36h`."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

_SIZES = {"B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30}
_SHOWN_SIZES = {"GiB": 2**30, "MiB": 2**20, "GB": 10**9, "MB": 10**6, "KiB": 2**10, "KB": 10**3}
_DURATIONS = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}
_LONGEST = timedelta(days=3_660)


def read_size(written: Any) -> int:
    """Return `20000000`, `"20 MB"` or `"512 MiB"` as bytes; raises ValueError for anything else."""
    if isinstance(written, int) and not isinstance(written, bool) and written > 0:
        return written
    match = re.fullmatch(r"(\d{1,12}) ?([A-Za-z]{1,3})", written) if isinstance(written, str) else None
    if not match or match[2].upper() not in _SIZES or int(match[1]) == 0:
        raise ValueError("a size is a number of bytes, or a number with KB, MB, GB, KiB, MiB or GiB, such as 20 MB")
    return int(match[1]) * _SIZES[match[2].upper()]


def show_size(size: int) -> int | str:
    """Return bytes as `read_size` reads them, in the largest unit that is exact."""
    for unit, factor in _SHOWN_SIZES.items():
        if size % factor == 0:
            return f"{size // factor} {unit}"
    return size


def read_duration(written: Any) -> timedelta:
    """Return `"36h"`, `"2d"` or `"1d 12h"` as a time span; raises ValueError for anything else."""
    if isinstance(written, timedelta):
        return written
    parts = re.fullmatch(r"(?:\d{1,9} ?[wdhms] ?)+", written) if isinstance(written, str) else None
    found = re.findall(r"(\d+) ?([wdhms])", written) if parts else []
    span = timedelta(seconds=sum(int(count) * _DURATIONS[unit] for count, unit in found))
    if not timedelta() < span <= _LONGEST:
        raise ValueError("a duration is a number with w, d, h, m or s, such as 36h, of at most ten years")
    return span


def read_age(written: Any) -> timedelta:
    """Return a duration that is long enough to be watched; raises ValueError as `read_duration`, or saying so."""
    span = read_duration(written)
    if span < timedelta(minutes=1):
        raise ValueError("an age is a minute or more, for nobody looks more often")
    return span


def show_duration(span: timedelta) -> str:
    """Return a time span as `read_duration` reads it, in the largest unit that is exact."""
    seconds = round(span.total_seconds())
    unit, factor = next((unit, factor) for unit, factor in _DURATIONS.items() if seconds % factor == 0)
    return f"{seconds // factor}{unit}"


Size = Annotated[int, BeforeValidator(read_size), PlainSerializer(show_size)]
Age = Annotated[timedelta, BeforeValidator(read_age), PlainSerializer(show_duration)]
