"""Cells of a table that are parts of its records, and so no records themselves."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from lakehouse.agents.scout.formats.vote import vote

if TYPE_CHECKING:
    from lakehouse.agents.scout.outline import Element
    from lakehouse.agents.scout.region import Region

CELLS = frozenset({"td", "th"})
SAMPLE = 120
MOST_COLUMNS = 40
PLAIN = 1
"""Elements in a cell that says one thing: a link, a time. A day of a calendar that has something to tell has more."""


def are_parts(region: Region) -> bool:
    """Whether rows of a region are cells that stand beside one another as the parts of one record.

    They are where their table names its columns and they are plain, or where their columns are of different kinds. The
    days of a calendar and the cards of a page that is laid out as a table are neither.
    """
    cells = region.starters[:SAMPLE]
    if region.form != "select" or any(cell.tag not in CELLS for cell in cells) or not _stand_abreast(cells):
        return False
    return _are_headed(cells) or _differ_by_column(cells)


def _stand_abreast(cells: list[Element]) -> bool:
    return len({cell.parent for cell in cells}) <= len(cells) / 2


def _are_headed(cells: list[Element]) -> bool:
    plain = all(sum(1 for _ in cell.below()) <= PLAIN for cell in cells)
    table = next((up for up in cells[0].above() if up.tag == "table"), None)
    return plain and table is not None and any(names_columns(element) for element in table.below())


def names_columns(element: Element) -> bool:
    """Whether an element is the row of a table that names the columns: a record among its like has cells of data."""
    return element.tag == "tr" and {child.tag for child in element.children} == {"th"}


def _differ_by_column(cells: list[Element]) -> bool:
    columns: dict[int, list[str]] = defaultdict(list)
    for cell in cells:
        if cell.parent is not None:
            columns[cell.parent.children.index(cell)].append(cell.text)
    return 1 < len(columns) <= MOST_COLUMNS and len({vote(texts).reader for texts in columns.values()}) > 1
