"""Whether a page has more items that a candidate could read and does not: records that nobody would miss."""

from __future__ import annotations

from collections import Counter

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.doctor.case import Case
from lakehouse.agents.extract import read_field, rows_of
from lakehouse.agents.scout.candidates import is_html
from lakehouse.agents.scout.outline import Element, outline_of
from lakehouse.fetcher.errors import PageError, SelectorError
from lakehouse.fetcher.html import HtmlNode
from lakehouse.fetcher.page import Page

FEWEST = 3
"""Rows of a page, and items left over, from which on they are counted."""

MORE = 0.3
"""Items left over for each row, beyond what was so on the known pages: other lists of a site look alike."""

ALWAYS = 0.9
"""Share of the rows that fill a field from which on an item without it is none of theirs."""

MOST_PAGES = 2
MOST_ITEMS = 400


def left_over(case: Case, blueprint: Blueprint) -> int:
    """Return how many items on a failing page are made as the rows are and not read, where that is more than before.

    The worse error is to see none: a list that was split in two loses a part in silence.
    """
    usual = max((_share(case.blueprint, known.page) for known in case.known[:MOST_PAGES]), default=0.0)
    pages = [page for page in case.failing[:MOST_PAGES] if _share(blueprint, page) >= usual + MORE]
    return max((_counted(blueprint, page)[1] for page in pages), default=0)


def _share(blueprint: Blueprint, page: Page) -> float:
    rows, items = _counted(blueprint, page)
    return items / rows if rows >= FEWEST and items >= FEWEST else 0.0


def _counted(blueprint: Blueprint, page: Page) -> tuple[int, int]:
    """Return how many rows are read, and how many other items have all that rows always have."""
    if blueprint.rows.form != "select" or not is_html(page):
        return 0, 0
    try:
        rows = [node for node in rows_of(page, blueprint.rows) if isinstance(node, HtmlNode)]
        return len(rows), _others(blueprint, page, rows)
    except (PageError, SelectorError):
        return 0, 0


def _others(blueprint: Blueprint, page: Page, rows: list[HtmlNode]) -> int:
    tree = outline_of(page)
    read = [element for node in rows if (element := tree.by_node.get(node.nodes[0].mem_id))]
    if not read:
        return 0
    filled = Counter(field.name for node in rows for field in blueprint.fields if read_field(node, field))
    always = [field for field in blueprint.fields if filled[field.name] >= ALWAYS * len(rows)]
    make = Counter(map(_make, read)).most_common(1)[0][0]
    known = set(read)
    others = [each for each in tree.elements if _make(each) == make and each not in known][:MOST_ITEMS]
    nodes = (
        HtmlNode(page, each.node) for each in others if not any(each.holds(row) or row.holds(each) for row in read)
    )
    return sum(all(read_field(node, field) for field in always) for node in nodes) if always else 0


def _make(element: Element) -> tuple[str, tuple[str, ...]]:
    return element.tag, element.classes
