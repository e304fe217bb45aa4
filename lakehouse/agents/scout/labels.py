"""What a page itself calls the values at a place: the head of their column, or a label that the cell carries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lakehouse.agents.scout.table_heads import CELLS, head_of
from lakehouse.fetcher.html import HtmlNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.fetcher.node import Node

CARRIED = ("data-label", "data-title", "data-th", "data-header", "data-heading", "data-column", "data-name")
CALL = re.compile(r"(?:^|\s)(?:own|line|lines|label|preceding|ld)\(")
LONGEST = 40


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
    head = head_of(cell)
    return head if len(head) <= LONGEST else ""


def _fills(place: HtmlNode, cell: HtmlNode) -> bool:
    return not place.text or place.text == cell.text
