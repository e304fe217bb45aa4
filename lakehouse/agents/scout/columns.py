"""The columns that a region offers: every slot as it is, and every piece that can be cut out of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lakehouse.agents.scout.cuts import pieces

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

    def __repr__(self) -> str:
        return f"{self.slot.selectors[0]} {self.options}"


def columns(found: Sequence[Slot]) -> list[Column]:
    """All columns of the slots; of two that say the same in every row the simpler stays."""
    whole = [Column(slot, {}, slot.values) for slot in found]
    cut = [
        Column(slot, piece.options, piece.values)
        for slot in found
        if slot.attribute not in ADDRESS and not slot.is_constant
        for piece in pieces(slot.values)
    ]
    different: dict[tuple[str, ...], Column] = {}
    for column in sorted(whole, key=_plainness) + sorted(cut, key=_plainness):
        different.setdefault(tuple(_bare(value) for value in column.values), column)
    return list(different.values())


def _plainness(column: Column) -> float:
    from lakehouse.agents.scout.selectors import cost

    return cost(column.slot.selectors[0]) + 0.5 * len(column.options)


def _bare(value: str | None) -> str:
    return "".join(value.split()).casefold().strip(".,;:|-*•·") if value else ""
