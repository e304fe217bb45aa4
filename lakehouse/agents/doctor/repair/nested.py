"""Rows that lie in each other: the outer one is what holds the list, and no record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.agents.extract import rows_of
from lakehouse.fetcher.html import HtmlNode

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.fetcher.page import Page


def innermost(page: Page, blueprint: Blueprint) -> Blueprint:
    """Return the blueprint with rows that hold no other rows, where such a selector finds just these."""
    rows = _nodes(page, blueprint)
    ids = {node.mem_id for node in rows}
    outer = {above for node in rows for above in _above(node) if above in ids}
    tags = {node.tag for node in rows}
    if not outer or len(tags) != 1 or "," in blueprint.rows.selector:
        return blueprint
    selector = f"{blueprint.rows.selector}:not(:has({tags.pop()}))"
    inner = blueprint.model_copy(update={"rows": blueprint.rows.model_copy(update={"selector": selector})})
    return inner if {node.mem_id for node in _nodes(page, inner)} == ids - outer else blueprint


def _nodes(page: Page, blueprint: Blueprint) -> list[LexborNode]:
    if blueprint.rows.form != "select":
        return []
    return [node.nodes[0] for node in rows_of(page, blueprint.rows) if isinstance(node, HtmlNode)]


def _above(node: LexborNode) -> set[int]:
    found: set[int] = set()
    parent = node.parent
    while parent is not None:
        found.add(parent.mem_id)
        parent = parent.parent
    return found
