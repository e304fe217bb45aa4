"""Rows of comma-separated text, whatever the comma is."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Any

DELIMITERS = ",;\t|"
SAMPLE_ROWS = 20
EXTRA = "_extra"

# The default of 128 KiB a cell is a limit that real tables pass; the sandbox limits memory anyway.
csv.field_size_limit(1 << 30)


def csv_rows(text: str, delimiter: str | None, columns: list[str] | None, skip: int) -> list[dict[str, Any]]:
    """Return the rows keyed by header; cells beyond it come as a list under `_extra`."""
    rows = [row for row in _read(text, delimiter or sniff(text)) if any(cell.strip() for cell in row)][skip:]
    if columns is None:
        header, rows = (unique_names(rows[0]), rows[1:]) if rows else ([], [])
    else:
        header = columns
    return [keyed(header, row) for row in rows]


def _read(text: str, delimiter: str) -> Any:
    return csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter)


def keyed(header: list[str], row: list[Any]) -> dict[str, Any]:
    """Return a row by its header; cells beyond it come as a list under `_extra`."""
    keyed: dict[str, Any] = dict(zip(header, row, strict=False))
    if len(row) > len(header):
        keyed[EXTRA] = row[len(header) :]
    return keyed


def unique_names(cells: list[str]) -> list[str]:
    """Return names for columns: white space in one form, empty ones by number, repeated ones numbered from 2."""
    names: dict[str, None] = {}
    repeats: Counter[str] = Counter()
    for number, cell in enumerate(cells, 1):
        name = plain = " ".join(cell.split()) or str(number)
        while name in names:
            repeats[plain] += 1
            name = f"{plain}_{repeats[plain] + 1}"
        names[name] = None
    return list(names)


def sniff(text: str) -> str:
    """Return the delimiter that parts the first rows most evenly, and into most cells among equals."""
    sample = text[: 1 << 16]
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    reader = _read(sample, delimiter)
    widths = [len(row) for row, _ in zip(reader, range(SAMPLE_ROWS), strict=False) if row]
    if not widths:
        return (0, 0)
    width, rows = max(Counter(widths).items(), key=lambda item: (item[0] > 1, item[1]))
    return (rows / len(widths), width) if width > 1 else (0, 1)
