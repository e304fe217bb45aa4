"""Whether an answer is what a changed page says: records paired with the true ones, cells counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from benchmarks.mutating.sheet import Sheet
from lakehouse.agents.doctor.case import Record
from lakehouse.agents.scout.match import ADDRESS, address_key, bare

RIGHT = 0.9


def outcome(given: Sequence[Record], sheet: Sheet) -> str:
    """Return healed, wrong or incomplete.

    A value for a field that is gone is invented, and wrong, unless the page still says the true one elsewhere.
    """
    given = [_without_true(record, sheet) for record in given]
    invented = sum(bool(record.get(sheet.deleted)) for record in given) if sheet.deleted else 0
    if invented > (1 - RIGHT) * len(given):
        return "wrong"
    precision, recall = precision_recall(given, sheet.records)
    if precision + recall and 2 * precision * recall / (precision + recall) >= RIGHT:
        return "healed"
    return "wrong" if precision < RIGHT else "incomplete"


def precision_recall(given: Sequence[Record], wanted: Sequence[Record]) -> tuple[float, float]:
    """Return the shares of the given cells that are right, and of the wanted ones that were given."""
    mine, true = ([_cells(record) for record in each] for each in (given, wanted))
    hits, free = 0, set(range(len(mine)))
    for cells in true:
        best = max(free, key=lambda place: (len(cells & mine[place]), -place), default=None)
        if best is not None and cells & mine[best]:
            free.remove(best)
            hits += len(cells & mine[best])
    counts = Counter({"given": sum(map(len, mine)), "wanted": sum(map(len, true))})
    return hits / max(1, counts["given"]), hits / max(1, counts["wanted"])


def _cells(record: Record) -> set[tuple[str, str]]:
    return {(name, _said(value)) for name, value in record.items() if value}


def _without_true(record: Record, sheet: Sheet) -> Record:
    """Return a record without what it truly says of a field that was taken out of the rows."""
    value = record.get(sheet.deleted)
    if not value or bare(value) not in sheet.gone:
        return record
    return {name: each for name, each in record.items() if name != sheet.deleted}


def _said(value: str) -> str:
    """Return what is compared of a value; of an address its end, since a page may write it in several ways."""
    return address_key(value) if ADDRESS.match(value.strip()) else bare(value)
