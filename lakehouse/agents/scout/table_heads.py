"""What the rows at the head of a table say of each of its columns, with cells that span several laid out."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lakehouse.fetcher.html import HtmlNode

CELLS = frozenset({"td", "th"})
WIDEST = 100
DEEPEST = 8
"""Rows of heads that are looked at; a table with more has no heads that a column could be named by."""

Line = dict[int, str]
"""What a row says of each column, by its number."""


def head_of(cell: HtmlNode) -> str:
    """The text of the cell that heads a cell's column, after that of its group where columns share a name."""
    row, table = cell.parent, cell.closest("table")
    if row is None or table is None:
        return ""
    column = next((column for column, each in placed(row) if each == cell), -1)
    lines = _laid_out(_heads(table, row), sum(map(_columns, _cells(row))))
    named = [line for line in reversed(lines) if line.get(column)]
    if not named:
        return ""
    name, shared = named[0][column], list(named[0].values()).count(named[0][column]) > 1
    group = next((line[column] for line in named[1:] if line[column] != name), "") if shared else ""
    return f"{group} {name}".strip()


def _heads(table: HtmlNode, row: HtmlNode) -> list[HtmlNode]:
    """The rows that head a table: those of its `thead`, else its first and the ones of `th` alone that follow it."""
    inside = [each for part in table if part.tag == "thead" for each in part if each != row]
    if inside:
        return inside[:DEEPEST]
    above = list(islice(takewhile(lambda each: each != row, _rows(table)), DEEPEST))
    if not above or not all(map(_is_head, _cells(above[0]))):
        return []
    return [above[0], *takewhile(lambda each: all(cell.tag == "th" for cell in _cells(each)), above[1:])]


def _rows(table: HtmlNode) -> Iterator[HtmlNode]:
    return (row for part in table for row in (part if part.tag != "tr" else (part,)) if row.tag == "tr")


def _laid_out(heads: Sequence[HtmlNode], width: int) -> list[Line]:
    """The texts of rows by column, a cell that spans rows standing in each; those of another width say nothing.

    What spans all columns is a title of the table.
    """
    lines: list[Line] = [{} for _ in heads]
    taken: list[set[int]] = [set() for _ in heads]
    for number, head in enumerate(heads):
        for column, cell in placed(head, taken[number]):
            covered = range(column, column + _columns(cell))
            for below in range(number, min(len(heads), number + _span(cell, "rowspan"))):
                taken[below].update(covered)
                if len(covered) < max(width, 2):
                    lines[below].update(dict.fromkeys(covered, cell.text.strip(" :*")))
    return [line for line, columns in zip(lines, taken, strict=True) if len(columns) >= width]


def placed(row: HtmlNode, taken: set[int] | None = None) -> Iterator[tuple[int, HtmlNode]]:
    """The cells of a row with the number of their first column, those passed over that cells above reach into."""
    column = 0
    for cell in _cells(row):
        while taken and column in taken:
            column += 1
        yield column, cell
        column += _columns(cell)


def _cells(row: HtmlNode) -> list[HtmlNode]:
    return [cell for cell in row if cell.tag in CELLS]


def _is_head(cell: HtmlNode) -> bool:
    strong = cell.first("b, strong")
    return cell.tag == "th" or not cell.text or (strong is not None and strong.text == cell.text)


def _columns(cell: HtmlNode) -> int:
    return _span(cell, "colspan")


def _span(cell: HtmlNode, name: str) -> int:
    span = cell.attr(name) or "1"
    return int(span) if span.isascii() and span.isdigit() and 0 < int(span) <= WIDEST else 1
