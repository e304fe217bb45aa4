"""Whether a page has more items that are built as a candidate's rows are: records that nobody would miss."""

from __future__ import annotations

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.doctor.case import Case, Known
from lakehouse.agents.doctor.diagnosis.known_rows import KnownRows
from lakehouse.agents.doctor.gate.answer import answer
from lakehouse.agents.scout.candidates import is_html
from lakehouse.agents.scout.outline import outline_of

FEWEST = 3
"""Records of a page, and items left over, from which on they are counted."""

MORE = 1.3
"""How many times as many items for each record as on the known pages are too many; other lists of a site look alike."""

MOST_PAGES = 2


def left_over(case: Case, blueprint: Blueprint) -> int:
    """Return how many items on a failing page are built as the rows are and not read, where that is more than before.

    The worse error is to see none: a list that was split in two loses a part in silence.
    """
    usual = max([1.0, *(_ratio(known) for known in case.known[:MOST_PAGES])])
    seen = (Known(page, answer(blueprint, [page]).records) for page in case.failing[:MOST_PAGES] if is_html(page))
    return max((_unread(each) for each in seen if _ratio(each) >= MORE * usual), default=0)


def _unread(seen: Known) -> int:
    count = _items(seen) - len(seen.records)
    return count if count >= FEWEST else 0


def _ratio(seen: Known) -> float:
    return _items(seen) / len(seen.records) if len(seen.records) >= FEWEST and is_html(seen.page) else 1.0


def _items(seen: Known) -> int:
    return len(KnownRows(seen).like(outline_of(seen.page)))
