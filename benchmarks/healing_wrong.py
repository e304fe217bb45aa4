"""Pages that nothing may be learned from: another source's, walls, error pages, and the known page without its rows."""

from __future__ import annotations

import statistics
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.cases import page_of, pair_case
from benchmarks.rungs import case_of
from benchmarks.treating import Treated, treated
from benchmarks.tree import Tree
from benchmarks.written_pages import WRITTEN
from lakehouse.agents.doctor.case import Case, Record
from lakehouse.agents.scout.match import bare
from lakehouse.fetcher import Page

STRANGE, EMPTY = "another source", "empty"


@dataclass(frozen=True)
class Answered:
    """What the doctor did about one wrong page."""

    case: str
    page: str
    treated: Treated

    @property
    def is_taken(self) -> bool:
        """Return whether records of a wrong page would get into the tables by the doctor's doing."""
        found = self.treated
        return bool(found.checks and found.records) and found.verdict in ("release", "unchanged")

    @property
    def is_unnoticed(self) -> bool:
        """Return whether no check fails on what the old fetcher reads there, so that the doctor is never called."""
        return not self.treated.checks


def wrong_pages(folders: Sequence[Path], *, gate_only: bool) -> tuple[dict[str, object], list[str]]:
    """Treat every wrong page of every case; return the sums and what should not have been released."""
    done = []
    for folder in folders:
        for each in _answered(folder, gate_only=gate_only):
            done.append(each)
            found = each.treated
            taken = "TAKEN" if each.is_taken else "unnoticed" if each.is_unnoticed else ""
            told = f"{found.cause or '-':9} {found.verdict:9} {found.method:20} {len(found.records):4} records {taken}"
            print(f"{each.case:38} {each.page:15} {told}", flush=True)
    return figures_of(done)


def figures_of(done: Sequence[Answered]) -> tuple[dict[str, object], list[str]]:
    """Return how many of each kind were taken, and what was said of them; nothing may be taken."""
    kinds = dict.fromkeys(each.page for each in done)
    figures: dict[str, object] = {"pages": len(done), **_counts(done)}
    for kind in kinds:
        own = [each for each in done if each.page == kind]
        figures[kind] = {
            "pages": len(own),
            **_counts(own),
            "verdicts": dict(Counter(each.treated.verdict for each in own)),
            "diagnoses": dict(Counter(each.treated.cause or "no alarm" for each in own)),
        }
    figures["median_seconds"] = round(statistics.median(each.treated.seconds for each in done), 2) if done else 0.0
    misses = [f"{each.case}: a record of a wrong page ({each.page}) was taken" for each in done if each.is_taken]
    return figures, misses or ([] if done else ["no case was taken"])


def _counts(done: Sequence[Answered]) -> dict[str, int]:
    taken, unnoticed = sum(each.is_taken for each in done), sum(each.is_unnoticed for each in done)
    return {"taken": taken, "unnoticed": unnoticed}


def _answered(folder: Path, *, gate_only: bool) -> Iterator[Answered]:
    case = case_of(pair_case(folder))
    for kind, page in wrong_of(folder, case):
        yield Answered(folder.name, kind, treated(replace(case, failing=(page,)), gate_only=gate_only))


def wrong_of(folder: Path, case: Case) -> Iterator[tuple[str, Page]]:
    """Yield the wrong pages of a case with their kinds, each at the case's own address."""
    own = case.failing[0]
    if stranger := _stranger(folder):
        strange = page_of(stranger, "after")
        yield STRANGE, Page(own.url, strange.body, strange.content_type)
    yield from ((kind, Page(own.url, markup.encode())) for kind, markup in WRITTEN.items())
    if case.blueprint.kind == "listing" and (empty := without_rows(case)) is not None:
        yield EMPTY, Page(own.url, empty.body)


def without_rows(case: Case) -> Page | None:
    """Return the known page without its rows; None where these are no elements of their own.

    Nor is a page empty that lists its records a second time.
    """
    page = case.known[0].page
    tree = Tree.of(page)
    rows = tree.nodes(case.blueprint, page)
    if not rows or any(len(nodes) > 1 for nodes in rows):
        return None
    for (node,) in rows:
        tree.elements[node.mem_id].drop_tree()
    return None if _still_lists(tree.page(), case.records) else tree.page()


def _still_lists(page: Page, records: Sequence[Record]) -> bool:
    """Tell whether a page still says all texts of half of the records."""
    said = bare(page.text)
    there = [all(bare(text) in said for text in record.values() if text and " " in text) for record in records]
    return sum(there) >= len(there) / 2


def _stranger(own: Path) -> Path | None:
    """Return a case of another site and of the same format, not the one that the gate was calibrated on."""
    suffix = _suffix(own)
    # Folders of one kind are named after their sites.
    site = own.name.rsplit("-", 1)[0]
    all_folders = sorted(each for each in own.parent.iterdir() if (each / "meta.json").exists())
    others = [each for each in all_folders if each.name.rsplit("-", 1)[0] != site and _suffix(each) == suffix]
    return others[zlib.crc32(f"wrong {own.name}".encode()) % len(others)] if others else None


def _suffix(folder: Path) -> str:
    return ".html" if (folder / "after.html").exists() else ".body"
