"""The columns that a region offers: every slot as it is, and every piece that can be cut out of one."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from lakehouse.agents.scout.cuts import common_marks, pieces
from lakehouse.agents.scout.selectors import cost
from lakehouse.agents.thinking import go_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.scout.slots import Slot
    from lakehouse.fetcher.cut import Cut

ADDRESS = frozenset({"href", "src", "data-src", "data-href"})


@dataclass(eq=False)
class Column:
    """Values of one slot, whole or cut, in each row of the sample."""

    slot: Slot
    options: Cut
    values: list[str | None]

    @property
    def is_address(self) -> bool:
        """Whether its values are addresses."""
        return self.slot.attribute in ADDRESS

    @property
    def fill(self) -> float:
        """The share of rows in which it has a value."""
        return sum(value is not None for value in self.values) / len(self.values)

    def __repr__(self) -> str:
        return f"{self.slot.selectors[0]} {self.options}"


def columns(found: Sequence[Slot]) -> list[Column]:
    """All columns of the slots; of two that say the same in every row the simpler stays."""
    texts = [slot for slot in found if not slot.attribute]
    for slot in found:
        go_on()
        if slot.attribute not in ADDRESS:
            slot.marks = common_marks([value for value in slot.values if value])
            slot.covered = covered(slot, texts)
    whole = [Column(slot, {}, slot.values) for slot in found]
    cut = [
        Column(slot, piece.options, piece.values)
        for slot in found
        if slot.attribute not in ADDRESS and not slot.is_constant
        for piece in pieces(slot.values, slot.marks)
    ]
    different: dict[tuple[str, ...], Column] = {}
    for column in sorted(whole, key=_plainness) + sorted(cut, key=_plainness):
        different.setdefault(tuple(_bare(value) for value in column.values), column)
    return list(different.values())


def covered(slot: Slot, others: Sequence[Slot]) -> float:
    """The share of a slot's text that smaller slots show too, in the middle row."""
    shares = [
        _covered(value, [other.values[row] for other in others]) for row, value in enumerate(slot.values[:12]) if value
    ]
    return median(shares) if shares else 0.0


def _covered(text: str, parts: Sequence[str | None]) -> float:
    hidden = bytearray(len(text))
    for part in parts:
        if part and len(part) < len(text) and (place := text.find(part)) >= 0:
            hidden[place : place + len(part)] = b"\x01" * len(part)
    return sum(hidden) / len(text)


def _plainness(column: Column) -> float:
    return cost(column.slot.selectors[0]) + 0.5 * len(column.options)


def _bare(value: str | None) -> str:
    return "".join(value.split()).casefold().strip(".,;:|-*•·") if value else ""
