"""Failing pages that came whole, beside the known ones, and what else is known of the failure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.diagnosis.facts import Facts, Failing
from lakehouse.agents.doctor.diagnosis.page_cause import FETCHER
from lakehouse.agents.doctor.diagnosis.row_like import row_like_items
from lakehouse.agents.doctor.diagnosis.structure import SAME, same_structure
from lakehouse.agents.doctor.incident import Class
from lakehouse.fetcher.page import Page

BLOCKING = ("contract", "volume", "coverage", "drift")

Finding = tuple[Class, tuple[str, ...]]
"""A class and the sentences that speak for it."""


@dataclass(frozen=True)
class Whole:
    """Failing pages that came whole, and what else is known of the failure."""

    facts: Facts
    failing: tuple[Failing, ...]

    @cached_property
    def pairs(self) -> list[tuple[Page, Known | None]]:
        """The pages with their known twins."""
        return [(each.page, self.facts.twin(each)) for each in self.failing if each.page is not None]

    @cached_property
    def sameness(self) -> float | None:
        """How far the pages are built as the known ones, by the page that differs most; None without twins."""
        found = [same_structure(twin.page, page) for page, twin in self.pairs if twin is not None]
        return min(found, default=None)

    @property
    def is_same(self) -> bool:
        """Whether all pages are built as before."""
        return self.sameness is not None and self.sameness >= SAME

    @property
    def raised(self) -> str:
        """What the fetcher raised, or an empty string."""
        told = (self.facts.error, *self.facts.reject_reasons, *(each.error for each in self.failing))
        lines = self.facts.traceback.strip().splitlines()
        return next((text for text in told if FETCHER.search(text)), lines[-1] if lines else "")

    @property
    def records(self) -> int | None:
        """How many records the fetcher found, good or not; None where nobody counted."""
        stats = self.facts.stats
        return None if stats is None else stats.rows + stats.rejects

    @property
    def built(self) -> str:
        """How the pages are built, as a sentence."""
        if self.sameness is None:
            return "There is no known page to compare with."
        return f"The pages are built as the known ones to {self.sameness:.0%}.".replace("%", " %")

    @property
    def failed(self) -> list[str]:
        """The checks that failed, of those that block what is downstream."""
        return [check for check in BLOCKING if self.facts.failed(check)]

    @property
    def items(self) -> int | None:
        """How many items on the pages look like rows."""
        return row_like_items([page for page, _ in self.pairs], self.facts.known)
