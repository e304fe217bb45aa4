"""Lines of text and rows of tables in PDF files, ruled or only aligned."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from lakehouse.fetcher.csv_rows import unique_names
from lakehouse.fetcher.errors import PageError

Row = list[str]

MOST_KEPT = 8
"""Files whose tables are kept in memory."""

GAP = 0.9
"""Blank between two cells, as a share of the height of the letters; a blank between words is about a third of it."""


def pdf_lines(body: bytes, url: str) -> list[str]:
    """Return the lines of text, page after page; raises `PageError` where it is no PDF."""
    with _opened(body, url) as document:
        lines = [line.strip() for page in document.pages for line in page.extract_text().splitlines()]
    return [line for line in lines if line]


def pdf_rows(body: bytes, url: str, columns: list[str] | None) -> list[dict[str, str]]:
    """Return the rows of all tables, keyed by header or by `columns`; a header that is repeated is no row."""
    rows: list[dict[str, str]] = []
    header: Row = []
    for table in pdf_tables(body, url):
        if columns is None:
            header, below = _headed(table, header)
        else:
            header, below = columns, table
        names = unique_names(header)
        rows += [dict(zip(names, row, strict=False)) for row in below]
    return rows


@lru_cache(maxsize=MOST_KEPT)
def pdf_tables(body: bytes, url: str) -> tuple[list[Row], ...]:
    """Return the tables of all pages as rows of cells, not to be changed; a file that was just read is not read again.

    Raises `PageError`. Who looks for columns reads the same file many times, and each reading takes a second.
    """
    with _opened(body, url) as document:
        return tuple(table for page in document.pages for table in _tables(page))


def _headed(table: list[Row], header: Row) -> tuple[Row, list[Row]]:
    """Return the header of a table and the rows below; one as wide as the table before goes on with it."""
    if len(header) != len(table[0]):
        header = table[0]
    return header, [row for row in table if row != header]


@contextmanager
def _opened(body: bytes, url: str) -> Iterator[Any]:
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(body)) as document:
            yield document
    except MemoryError:
        raise
    except Exception as error:
        if isinstance(error.__context__, MemoryError):
            raise error.__context__ from None
        # The library promises no kind of exception: a broken file may raise any, and as late as at its last letter.
        reason = str(error)[:200] or type(error).__name__
        raise PageError(url, f"the page is no PDF that can be read: {reason}") from error


def _tables(page: Any) -> list[list[Row]]:
    ruled = [_clean(table) for table in page.extract_tables()]
    ruled = [table for table in ruled if table and len(table[0]) > 1]
    aligned = [] if ruled else _aligned(page.extract_words(extra_attrs=["size"]))
    return ruled or ([aligned] if aligned else [])


def _clean(table: list[list[str | None]]) -> list[Row]:
    rows = [[" ".join((cell or "").split()) for cell in row] for row in table]
    return [row for row in rows if any(row)]


def _aligned(words: list[dict[str, Any]]) -> list[Row]:
    """Return the rows of text that only stands in columns; lines of one piece (headings, prose) are left out."""
    lines = [cells for line in _lines(words) if len(cells := _cells(line)) > 1]
    columns = _columns([cell for cells in lines for cell in cells])
    return [_in_columns(cells, columns) for cells in lines] if len(lines) > 1 and len(columns) > 1 else []


def _lines(words: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        if lines and abs(lines[-1][0]["bottom"] - word["bottom"]) < word["size"] / 2:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word["x0"]) for line in lines]


Cell = tuple[float, float, str]


def _cells(line: list[dict[str, Any]]) -> list[Cell]:
    cells: list[Cell] = []
    for word in line:
        if cells and word["x0"] - cells[-1][1] < GAP * word["size"]:
            cells[-1] = (cells[-1][0], word["x1"], f"{cells[-1][2]} {word['text']}")
        else:
            cells.append((word["x0"], word["x1"], word["text"]))
    return cells


def _columns(cells: list[Cell]) -> list[tuple[float, float]]:
    columns: list[tuple[float, float]] = []
    for start, end, _ in sorted(cells):
        if columns and start < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(end, columns[-1][1]))
        else:
            columns.append((start, end))
    return columns


def _in_columns(cells: list[Cell], columns: list[tuple[float, float]]) -> Row:
    row = [""] * len(columns)
    for start, _, text in cells:
        place = max(number for number, column in enumerate(columns) if column[0] <= start)
        row[place] = f"{row[place]} {text}".strip()
    return row
