"""What a page itself calls the values at a place: the head of their column, or a label that the cell carries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lakehouse.fetcher.html import HtmlNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lakehouse.fetcher.node import Node

CARRIED = ("data-label", "data-title", "data-th", "data-header", "data-heading", "data-column", "data-name")
CELLS = frozenset({"td", "th"})
CALL = re.compile(r"(?:^|\s)(?:own|line|lines|label|preceding|ld)\(")
LONGEST = 40
WIDEST = 100


def label_at(nodes: Sequence[Node], selectors: Sequence[str]) -> str:
    """The label of what selectors find in rows, "" where none is printed; what is only a part of a cell has none."""
    plain = next((css for each in selectors if (css := each.partition("@")[0].strip()) and _is_css(css)), "")
    found = (node.first(plain) for node in nodes[:3]) if plain else iter(())
    place = next((node for node in found if isinstance(node, HtmlNode)), None)
    return _label(place) if place is not None else ""


def _is_css(selector: str) -> bool:
    return CALL.search(selector) is None


def _label(place: HtmlNode) -> str:
    cell = place if place.tag in CELLS else place.closest("td, th")
    holder = cell if cell is not None and _fills(place, cell) else place
    carried = next((said for name in CARRIED if (said := str(holder.attr(name) or "").strip())), "")
    if carried or cell is None or holder is not cell:
        return carried if len(carried) <= LONGEST else ""
    return _head_of(cell)


def _fills(place: HtmlNode, cell: HtmlNode) -> bool:
    return not place.text or place.text == cell.text


def _head_of(cell: HtmlNode) -> str:
    """The text of the cell that heads a cell's column."""
    row, table = cell.parent, cell.closest("table")
    if row is None or table is None:
        return ""
    place = next((place for place, each in _spread(row) if each == cell), -1)
    for head in _heads(table):
        if head != row and _width(head) >= _width(row):
            text = next((each.text for at, each in reversed(list(_spread(head))) if at <= place), "")
            return text.strip(" :*") if len(text) <= LONGEST else ""
    return ""


def _heads(table: HtmlNode) -> Iterator[HtmlNode]:
    """The rows that may head a table, the one next to its records first."""
    yield from (node for node in reversed(table.select("thead tr")) if isinstance(node, HtmlNode))
    first = table.first("tr")
    if isinstance(first, HtmlNode) and all(_is_head(cell) for _, cell in _spread(first)):
        yield first


def _is_head(cell: HtmlNode) -> bool:
    strong = cell.first("b, strong")
    return cell.tag == "th" or not cell.text or (strong is not None and strong.text == cell.text)


def _spread(row: HtmlNode) -> Iterator[tuple[int, HtmlNode]]:
    """The cells of a row with the number of their first column."""
    place = 0
    for cell in row:
        if cell.tag in CELLS:
            yield place, cell
            place += _span(cell)


def _width(row: HtmlNode) -> int:
    return sum(_span(cell) for cell in row if cell.tag in CELLS)


def _span(cell: HtmlNode) -> int:
    span = cell.attr("colspan") or "1"
    return int(span) if span.isascii() and span.isdigit() and 0 < int(span) <= WIDEST else 1
