"""Columns that only what is known of the fields can cut out: codes by their pattern, and what stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.agents.scout.columns import Column
from lakehouse.fetcher.cut import Cut, cut

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from lakehouse.agents.doctor.repair.looks import FieldLook
    from lakehouse.agents.scout.slots import Slot

LONGEST = 700
"""Mean length of a text that values are still cut out of."""
OFTEN = 0.4


def cut_columns(found: Sequence[Slot], looks: Sequence[FieldLook]) -> list[Column]:
    """Return pieces of the slots that have a pattern of a field, or stand before or after one."""
    patterns = {look.pattern.pattern: look.pattern for look in looks if look.pattern is not None}
    return [
        column
        for slot in found
        if slot.attribute not in ("href", "src", "data-src", "data-href") and _is_short(slot)
        for pattern in patterns.values()
        for column in _around(slot, pattern)
    ]


def _is_short(slot: Slot) -> bool:
    lengths = [len(value) for value in slot.values if value]
    return sum(lengths) <= LONGEST * len(lengths)


def _around(slot: Slot, pattern: re.Pattern[str]) -> Iterator[Column]:
    found = [bool(value and pattern.search(value)) for value in slot.values]
    if sum(found) < max(1, OFTEN * sum(map(bool, slot.values))):
        return
    options: list[Cut] = [
        {"pattern": pattern.pattern},
        {"pattern": rf"^(.+?)[\s,;:|(\[-]*{pattern.pattern}"},
        {"pattern": rf"{pattern.pattern}[\s,;:|)\].-]*(.+)$"},
    ]
    for each in options:
        values = [(cut(value, each) or None) if value else None for value in slot.values]
        if any(values) and values != slot.values:
            yield Column(slot, each, values)
