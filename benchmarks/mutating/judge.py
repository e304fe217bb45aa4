"""Whether an answer is what a changed page says: records paired with the true ones, cells counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from benchmarks.mutating.sheet import Sheet
from lakehouse.agents.doctor.case import Record
from lakehouse.agents.scout.match import bare

RIGHT = 0.9


def outcome(given: Sequence[Record], sheet: Sheet) -> str:
    """Return healed, wrong or incomplete; a value for a field that is gone is invented, and wrong."""
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
    return {(name, bare(value)) for name, value in record.items() if value}
