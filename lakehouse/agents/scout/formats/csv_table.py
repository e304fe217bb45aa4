"""Tables of comma-separated text: where the header is, or that there is none."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from lakehouse.agents.blueprint import Rows
from lakehouse.agents.scout.formats.offer import offer
from lakehouse.agents.scout.formats.vote import vote
from lakehouse.fetcher.csv_rows import sniff

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.fetcher.page import Page

SAMPLE = 200
TYPES = ("csv", "tab-separated", "excel")
SUFFIXES = (".csv", ".tsv", ".tab")
EVEN = {True: 0.5, False: 0.9}
"""Share of the rows that must have as many cells as most, where the page says that it is a table, and where not."""
LEAST_ROWS = {True: 1, False: 3}


class Shape(NamedTuple):
    """How a table is read: its delimiter, the rows above its header, and its columns where it has no header."""

    delimiter: str
    skip: int
    columns: list[str] | None


def csv_findings(page: Page) -> list[Blueprint]:
    """The rows of a table of comma-separated text as a finding; none where the page is no such table."""
    if page.is_json or page.text.lstrip("\ufeff \r\n\t").startswith("<") or "\x00" in page.text[:SAMPLE]:
        return []
    shape = shape_of(page.text, declared=_is_declared(page))
    finding = offer(page, "csv", Rows(form="csv", options=_options(shape))) if shape else None
    return [finding] if finding else []


def _is_declared(page: Page) -> bool:
    named = urlsplit(page.url).path.lower().removesuffix(".gz").endswith(SUFFIXES)
    return named or any(kind in page.content_type.lower() for kind in TYPES)


def _options(shape: Shape) -> dict[str, object]:
    wanted = {
        "delimiter": None if shape.delimiter == "," else shape.delimiter,
        "columns": shape.columns,
        "skip": shape.skip or None,
    }
    return {name: value for name, value in wanted.items() if value is not None}


def shape_of(text: str, *, declared: bool = False) -> Shape | None:
    """How a text is read as a table, or None where its lines are no rows; `declared` says that it is said to be one."""
    delimiter = sniff(text)
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter)
    rows = [row for row in islice(reader, SAMPLE) if any(cell.strip() for cell in row)]
    width, even = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
    if width < 2 or even < EVEN[declared] * len(rows) or even <= LEAST_ROWS[declared]:
        return None
    skip = next(place for place, row in enumerate(rows) if len(row) == width)
    table = [row for row in rows[skip:] if len(row) == width]
    columns = None if has_header(table) else [f"column_{number}" for number in range(1, width + 1)]
    return Shape(delimiter, skip, columns)


def has_header(table: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table names its columns: of another kind than what stands below, or plain words."""
    # A column without a name says nothing: commas at the ends of all lines make some.
    head, body = {place: cell for place, cell in enumerate(table[0]) if cell.strip()}, table[1:]
    if len(set(head.values())) < len(head):
        return False
    kinds = [(vote([row[place] for row in body]).reader, vote([cell]).reader) for place, cell in head.items()]
    if any(below not in ("text", "boolean") for below, _ in kinds):
        return any(below not in ("text", "boolean", above) for below, above in kinds)
    return not any(char.isdigit() for cell in head.values() for char in cell) and not any(
        cell in {row[place] for row in body} for place, cell in head.items()
    )
