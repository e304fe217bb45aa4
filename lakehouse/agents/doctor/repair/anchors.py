"""Repairs a fetcher by the records that are still on its pages: where their values stand, the rows and fields are."""

from __future__ import annotations

from collections import Counter
from statistics import fmean
from typing import TYPE_CHECKING

from lakehouse.agents.doctor.proposal import Proposal
from lakehouse.agents.doctor.repair.anchors_detail import detail_anchors
from lakehouse.agents.doctor.repair.found_again import found_again
from lakehouse.agents.doctor.repair.looks import looks_of
from lakehouse.agents.doctor.repair.measured import fits_of, given, whole_score
from lakehouse.agents.doctor.repair.missing import with_missing
from lakehouse.agents.doctor.repair.nested import innermost
from lakehouse.agents.scout.induce import induce
from lakehouse.agents.scout.match import agree, bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lakehouse.agents.doctor.case import Case, Record

FEWEST = 3
"""Records that must be found again; fewer may be there by chance."""
SHARE = 0.3
"""Share of the records found again that must have a field for it to be learned from them."""
HELD = 0.5
"""Share of the values of the records found again that must be given for a proposal to be one."""


def anchors(case: Case) -> Iterator[Proposal]:
    """Propose the blueprint that reads the known records where they stand on the failing pages."""
    if case.blueprint.details is not None:
        return
    yield from detail_anchors(case)
    found = [(page, found_again(page, case.records)) for page in case.failing]
    page, records = max(found, key=lambda pair: len(pair[1]), default=(None, []))
    if page is None or len(records) < min(FEWEST, max(2, len(case.records))):
        return
    records = _learnable(records)
    looks = looks_of(case)
    learned = induce(page, records)
    if learned.kind != "listing":
        return
    blueprint = case.blueprint.model_copy(update={"kind": "listing", "rows": learned.rows, "fields": learned.fields})
    blueprint = with_missing(page, innermost(page, blueprint), looks)
    per_page = given(case, blueprint)
    fits = held(records, per_page[case.failing.index(page)])
    if not all(per_page) or fmean(fits.values()) < HELD:
        return
    read = [record for page in per_page for record in page]
    fits = {**fits_of(looks, read), **fits}
    score = whole_score(looks, fits, len(read))
    yield Proposal("anchors", blueprint, fits, min(1.0, score), (f"{len(records)} known records were found again",))


def _learnable(records: Sequence[Record]) -> list[Record]:
    """Return the records without the values of fields that are hardly ever found again: those stand there by chance."""
    counts = Counter(name for record in records for name in record)
    often = {name for name, count in counts.items() if count >= SHARE * len(records)}
    return [{name: value for name, value in record.items() if name in often} for record in records]


def held(records: Sequence[Record], read: Sequence[Record]) -> dict[str, float]:
    """Return for each field the share of known values that come back in the record that they belong to."""
    index: dict[tuple[str, str], list[Record]] = {}
    for record in read:
        for name, value in record.items():
            index.setdefault((name, bare(value)), []).append(record)
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for record in records:
        near = [other for name, value in record.items() for other in index.get((name, bare(value)), [])[:20]]
        nearest = max(near, key=lambda other: len(_agreeing(record, other)), default={})
        right.update(_agreeing(record, nearest))
        wanted.update(list(record))
    return {name: right[name] / count for name, count in wanted.items()}


def _agreeing(record: Record, other: Record) -> list[str]:
    return [name for name, value in record.items() if agree(other.get(name), value)]
