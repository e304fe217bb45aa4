"""The daily regime: yesterday's records put into the new template, cell by cell, so that most are still there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborNode

from benchmarks.cases import PairCase, page_of, pair_case, plain
from benchmarks.graft_cells import Cells
from benchmarks.graft_headings import Headings
from benchmarks.rungs import case_of
from benchmarks.stale import without_stale
from benchmarks.stream import Stream
from benchmarks.tree import Tree
from lakehouse.agents.doctor.case import Case
from lakehouse.agents.scout.induce import induce
from lakehouse.fetcher import Page

ENOUGH = 0.8
"""Share of each field's cells that must have been put into the new page, and of all of them.

A page that keeps its own values of a field says other things of the known records, as no page of the next day does.
"""

Printed = dict[str, Any]


@dataclass(frozen=True)
class Grafted:
    """A page with known records in it, its truth, and how many of the cells were put there, by field."""

    page: Page
    truth: list[Printed]
    cells: Counter[str]
    wanted: Counter[str]

    @property
    def share(self) -> float:
        """Return the share of the cells that were put into the page."""
        return self.cells.total() / self.wanted.total() if self.wanted else 0.0

    @property
    def fault(self) -> str:
        """Return why the page is no case of a daily run, nothing where it is one."""
        if any(self.cells[name] < ENOUGH * count for name, count in self.wanted.items()):
            return "the page keeps its own values of a field"
        return "" if self.share >= ENOUGH else "too few cells were put"


def grafted_cases(
    folders: Sequence[Path], left_out: Counter[str] | None = None
) -> Iterator[tuple[Path, Case, list[Printed]]]:
    """Yield the cases whose known records could be put into the page after, with the truth of that page.

    `left_out` counts why others were left out.
    """
    for folder in folders:
        if not (folder / "after.html").exists():
            continue
        pair = pair_case(folder)
        made = graft(page_of(folder, "after"), *(_records(folder, stem) for stem in ("before", "after")))
        told = f": left out, {made.fault}" if made.fault else ""
        print(f"{folder.name:38} {made.cells.total()} of {made.wanted.total()} cells{told}", flush=True)
        if made.fault:
            if left_out is not None:
                left_out[made.fault] += 1
            continue
        found = PairCase(folder, pair.before, made.page, pair.records)
        yield folder, replace(case_of(found), recent=True), made.truth


def _records(folder: Path, stem: str) -> list[Printed]:
    return json.loads((folder / f"{stem}.json").read_text(encoding="utf-8"))


def graft(page: Page, before: Sequence[Printed], after: Sequence[Printed]) -> Grafted:
    """Return a page with the records before in the places of its own ones, as many as both have.

    Records under one heading are those that share what it says; where there are none left, its rows are taken away.
    Where a value's place is not found, the page's own value stays, in the page and in the truth; where another value
    was written over it, nobody knows what is right there. Records that have none to take their place are taken away.
    """
    tree = Tree.of(page)
    rows = _rows(tree, page, after)
    cells, truth, headings = Cells(page.url), [], Headings.of(tree, rows, after)
    placed = headings.placed(after, before)
    for place, record in enumerate(after):
        row, known = rows.get(place), placed.get(place)
        if known is not None:
            put = cells.put(tree, row, record, known) if row else cells.missed(record, known)
            truth.append(put | headings.put(place, record, known, cells))
        elif row:
            _take_away(tree, row)
        else:
            truth.append(dict(record))
    without_stale(tree, cells.written, cells.lists)
    return Grafted(tree.page(), truth, cells.count, cells.wanted)


def _rows(tree: Tree, page: Page, records: Sequence[Printed]) -> dict[int, list[LexborNode]]:
    """Return the row of each record, by its place: the first of those that hold the most of its values."""
    if len(records) == 1:
        return {0: page.html.nodes}
    known = [plain(record) for record in records]
    rows = tree.nodes(induce(page, known), page)
    streams = [Stream(tree.texts(nodes)) for nodes in rows]
    found: dict[int, list[LexborNode]] = {}
    free = list(range(len(rows)))
    for place, record in enumerate(known):
        best = max(free, key=lambda row: (_held(streams[row], record), -row), default=None)
        if best is not None and _held(streams[best], record):
            free.remove(best)
            found[place] = rows[best]
    return found


def _held(stream: Stream, record: dict[str, str]) -> int:
    return sum(stream.find(value) is not None for value in record.values())


def _take_away(tree: Tree, row: Sequence[LexborNode]) -> None:
    """Take a row off the page: its texts first, which may stand behind its elements."""
    for node in row:
        if node.mem_id in tree.slots:
            tree.slots[node.mem_id].put("")
    for node in row:
        if node.mem_id in tree.elements:
            tree.elements[node.mem_id].drop_tree()
