"""Sizes and durations are read as people write them, and shown so that they are read back the same."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.source.amounts import read_duration, read_size, show_duration, show_size


@pytest.mark.parametrize(
    ("written", "size"),
    [(1, 1), ("20 MB", 20_000_000), ("20mb", 20_000_000), ("512 MiB", 2**29), ("1 GB", 10**9), ("7 B", 7)],
)
def test_sizes_are_read(written: int | str, size: int) -> None:
    assert read_size(written) == size


@pytest.mark.parametrize(
    "written", [0, -1, True, 1.5, "", "MB", "1.5 MB", "20 XB", "0 MB", "20  MB", None, "9" * 30 + " MB"]
)
def test_what_is_no_size_is_refused(written: Any) -> None:
    with pytest.raises(ValueError, match="such as 20 MB"):
        read_size(written)


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("36h", timedelta(hours=36)),
        ("1d 12h", timedelta(hours=36)),
        ("2w", timedelta(days=14)),
        ("90 s", timedelta(seconds=90)),
    ],
)
def test_durations_are_read(written: str, span: timedelta) -> None:
    assert read_duration(written) == span


@pytest.mark.parametrize(
    "written", [36, "", "h", "1.5h", "36 hours", "0h", "-1h", "999999w", "9999999999s", None, True]
)
def test_what_is_no_duration_is_refused(written: Any) -> None:
    with pytest.raises(ValueError, match="such as 36h"):
        read_duration(written)


@given(st.integers(1, 10**15))
def test_a_size_is_shown_so_that_it_is_read_back(size: int) -> None:
    assert read_size(show_size(size)) == size


@given(st.integers(1, 300_000_000))
def test_a_duration_is_shown_so_that_it_is_read_back(seconds: int) -> None:
    assert read_duration(show_duration(timedelta(seconds=seconds))) == timedelta(seconds=seconds)
