"""Outlines and rows of small bodies of HTML, for the tests of the scout's core."""

from __future__ import annotations

from collections.abc import Callable

from lakehouse.agents.scout.outline import Element, Outline, outline
from lakehouse.agents.scout.region import Region
from lakehouse.agents.scout.rows import Row
from lakehouse.agents.scout.slots import Slot, slots
from lakehouse.fetcher import Page
from lakehouse.fetcher.html import HtmlNode


def page_of(body: str) -> Page:
    """Give a page with this body."""
    return Page("https://shed.example/tools/", f"<html><body>{body}</body></html>".encode(), "text/html; charset=utf-8")


def tree_of(page: Page) -> Outline:
    """Give the outline of a page."""
    return outline(page.html.nodes[0])


def all_of(tree: Outline, test: Callable[[Element], bool]) -> list[Element]:
    """Give the elements that pass a test, in document order."""
    return [element for element in tree.elements if test(element)]


def rows_with(tree: Outline, tag: str) -> list[Row]:
    """Give a row for each element of a tag."""
    return [Row([element], element.parent) for element in tree.elements if element.tag == tag]


def region_with(tree: Outline, tag: str) -> Region:
    """Give the region of all elements of a tag."""
    rows = rows_with(tree, tag)
    return Region("select", f"siblings:{tag}", rows, [row.tops[0] for row in rows])


def slots_of(page: Page, rows: list[Row], above: list[str] | None = None) -> list[Slot]:
    """Give the slots of rows that are one element each."""
    return slots([HtmlNode(page, row.nodes[0]) for row in rows], rows, above or [])
