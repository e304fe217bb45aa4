"""Whether the first of many lists names the columns of the others."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from lakehouse.fetcher.data import show

if TYPE_CHECKING:
    from collections.abc import Sequence

IDENTIFIER = re.compile(r"[^\W\d]\w*")
"""A name as programs write it, which may have figures in it where a word of people has none."""


def first_row(records: Sequence[Any]) -> tuple[str, ...]:
    """Return the first of many lists where its cells are different words, none of which stands below it, else nothing.

    Words above words may be a record like the others; words above figures are not.
    """
    if len(records) < 2 or not all(isinstance(record, list) for record in records):
        return ()
    first, below = records[0], records[1:]
    names = [cell for cell in first if _is_name(cell)]
    if len(names) < len(first) or len(set(names)) < len(first):
        return ()
    columns = [[row[place] for row in below if len(row) > place and show(row[place])] for place in range(len(first))]
    figures = any(
        column and not _has_figures(name) and all(map(_has_figures, column))
        for name, column in zip(names, columns, strict=True)
    )
    said = Counter(show(cell) for row in below for cell in row)
    return tuple(names) if figures and not any(said[show(name)] for name in names) else ()


def _is_name(cell: Any) -> bool:
    return isinstance(cell, str) and bool(cell.strip()) and (not _has_figures(cell) or bool(IDENTIFIER.fullmatch(cell)))


def _has_figures(cell: Any) -> bool:
    return any(map(str.isdigit, show(cell)))
