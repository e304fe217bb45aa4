"""What merging rows by key means."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def merged(old: pl.DataFrame, new: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame | None:
    """Return `old` with each row of `new` in the place of those of its key, or None where that changes nothing.

    Of rows of `new` with equal keys the last one counts. Null equals null in a key.
    """
    last = new.unique(key, keep="last", maintain_order=True)
    both = pl.concat([old, last], how="diagonal")
    before, after = both.head(old.height), both.tail(last.height)
    met = before.join(after, on=key, how="semi", nulls_equal=True)
    if met.height == after.height and met.sort(key).equals(after.sort(key)):
        return None
    return pl.concat([before.join(after, on=key, how="anti", nulls_equal=True), after])
