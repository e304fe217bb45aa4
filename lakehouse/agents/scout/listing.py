"""A listing page as a finding: its best region, its columns, and the blueprint that reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lakehouse.agents.blueprint import Rows
from lakehouse.agents.extract import rows_of
from lakehouse.agents.scout.columns import Column, columns
from lakehouse.agents.scout.heads import heads
from lakehouse.agents.scout.row_css import row_css
from lakehouse.agents.scout.slots import slots
from lakehouse.fetcher.group import GroupNode
from lakehouse.fetcher.html import HtmlNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.scout.outline import Outline
    from lakehouse.agents.scout.region import Region
    from lakehouse.agents.scout.rows import Row
    from lakehouse.fetcher.node import Node
    from lakehouse.fetcher.page import Page

SAMPLE = 40


@dataclass
class Offer:
    """A region with what it offers: how its rows are found, and all its columns over a sample of rows."""

    region: Region
    rows: Rows
    fit: float
    sample: list[Row]
    columns: list[Column]

    @property
    def texts(self) -> list[str]:
        """The whole text of each row of the sample."""
        return [row.text for row in self.sample]


def offer(page: Page, outline: Outline, region: Region, keep: Sequence[Row] = ()) -> Offer | None:
    """What a region offers, or None where no selector finds its rows; the rows to `keep` are in the sample."""
    rows, fit = find_rows(outline, region)
    found = rows_of(page, rows) if rows.selector else []
    picked = _match(found, region.rows)
    if len(picked) < 2:
        return None
    sampled = _sampled(picked, keep)
    sample = [row for _, row in sampled]
    above = heads(outline, region.rows)
    return Offer(region, rows, fit, sample, columns(slots([node for node, _ in sampled], sample, above)))


def _sampled(picked: list[tuple[Node, Row]], keep: Sequence[Row]) -> list[tuple[Node, Row]]:
    step = max(1, len(picked) // SAMPLE)
    kept = set(keep)
    return [
        pair for place, pair in enumerate(picked) if pair[1] in kept or (place % step == 0 and place // step < SAMPLE)
    ]


def find_rows(outline: Outline, region: Region) -> tuple[Rows, float]:
    """How the rows of a region are found, and how exactly (F1)."""
    if region.container is not None:
        css, fit = row_css(outline, [region.container])
        return Rows(form="segments", selector=css, name=region.kind.partition(":")[2]), fit
    css, fit = row_css(outline, region.starters)
    return Rows(form="select" if region.form == "select" else "runs", selector=css), fit


def _match(found: Sequence[Node], rows: Sequence[Row]) -> list[tuple[Node, Row]]:
    by_first = {row.nodes[0].mem_id: row for row in rows if row.nodes}
    pairs = ((node, by_first.get(anchor(node))) for node in found)
    return [(node, row) for node, row in pairs if row is not None]


def anchor(node: Node) -> int:
    """What a row's node is known by: the first of the nodes that it is made of."""
    return node.nodes[0].mem_id if isinstance(node, HtmlNode | GroupNode) else 0
