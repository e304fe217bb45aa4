"""What one day's records looked like, small enough to be kept beside them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

Quantiles = tuple[float, float, float, float, float]
"""Least, first quartile, median, third quartile, greatest."""


class _Stats(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class FieldStats(_Stats):
    """One field over the good rows of a day; what its type does not have is None or empty."""

    fill: float
    """Share of rows with a value."""

    distinct: float
    """Distinct values for each value."""

    lengths: Quantiles | None = None
    """Characters of texts, items of lists."""

    numbers: Quantiles | None = None
    """Numbers, amounts of money; dates and times as days since 1970."""

    ages: Quantiles | None = None
    """Dates and times as days before the day of capture, where that is known."""

    shapes: dict[str, float] = {}
    """The most frequent shapes of texts, with their shares of the values."""

    top: dict[str, float] = {}
    """Every value of a field that has few, with its share; of money the currencies."""


class SelectorStats(_Stats):
    """How often each selector of a field answered: `counts[i]` by selector i, `missed` by none."""

    field: str
    selectors: tuple[str, ...]
    counts: tuple[int, ...]
    missed: int

    @property
    def fallback_share(self) -> float | None:
        """Return the share of answers that the first selector did not give; None where there were none."""
        answered = sum(self.counts)
        return None if answered == 0 else 1 - self.counts[0] / answered


class DayStats(_Stats):
    """One day of a source: how many rows, and what their fields looked like."""

    rows: int
    """Good rows."""

    rejects: int
    """Records that broke the contract; pages that gave none because the fetcher failed are not among them."""

    pages: int = 0
    """Pages that were parsed, the failed ones among them."""

    failed_pages: int = 0
    """Pages on which the fetcher failed."""

    fields: dict[str, FieldStats] = {}
    answers: tuple[SelectorStats, ...] = ()

    @property
    def lost(self) -> float:
        """Return the rejects, and for each failed page as many rows as the others gave on average."""
        read = self.pages - self.failed_pages
        per_page = (self.rows + self.rejects) / read if read > 0 else 1.0
        return self.rejects + self.failed_pages * max(1.0, per_page)

    @property
    def reject_share(self) -> float:
        """Return the share of records that did not become good rows, 0 for a day without any."""
        total = self.rows + self.lost
        return self.lost / total if total else 0.0
