"""A region: rows of a page that look alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lakehouse.agents.scout.outline import Element
    from lakehouse.agents.scout.rows import Row


@dataclass(eq=False)
class Region:
    """Rows that look alike; `form` says how they are formed and `starters` are the elements that begin them."""

    form: str
    kind: str
    rows: list[Row]
    starters: list[Element]
    container: Element | None = None
    score: float = 0.0

    @property
    def key(self) -> tuple[str, tuple[int, ...]]:
        """The same for two regions of the same rows."""
        return self.form, tuple(starter.order for starter in self.starters)
