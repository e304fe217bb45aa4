"""A candidate beside what it is compared with: the known records, their looks, and the pages of a good day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean

from lakehouse.agents.doctor.case import Case
from lakehouse.agents.doctor.diagnosis.structure import same_structure
from lakehouse.agents.doctor.gate.answer import Answer
from lakehouse.agents.doctor.gate.identity import known_domains, known_marks
from lakehouse.agents.doctor.gate.phrases import known_phrases
from lakehouse.agents.doctor.gate.site import same_site
from lakehouse.agents.doctor.proposal import Proposal
from lakehouse.agents.doctor.repair.looks import FieldLook, looks_of
from lakehouse.fetcher.page import Page

MANDATORY = 0.6
"""Share of known records that fill a field from which on a repair must read it."""

SIGNS = (same_structure, same_site, known_domains, known_marks, known_phrases)

MOST_PAGES = 3
"""Pages of each side that are compared."""


@dataclass(frozen=True)
class Reference:
    """What candidates of one case are compared with."""

    case: Case

    @cached_property
    def looks(self) -> dict[str, FieldLook]:
        """Return what the values of each field look like."""
        return {look.name: look for look in looks_of(self.case)}

    @cached_property
    def known(self) -> Answer:
        """Return the known records."""
        records = tuple(self.case.records)
        return Answer(records, len(records))

    @cached_property
    def mandatory(self) -> list[str]:
        """Return the fields that most known records fill, or all where none is."""
        often = [name for name in self.case.fields if self.known.fill(name) >= MANDATORY]
        return often or self.case.fields

    def nearest(self, likeness: Callable[[Page, Page], float]) -> float:
        """Return how like the nearest known page the failing pages are, on the mean."""
        known = [each.page for each in self.case.known[:MOST_PAGES]]
        return fmean(max(likeness(page, own) for page in known) for own in self.case.failing[:MOST_PAGES])

    @cached_property
    def signs(self) -> dict[str, float]:
        """Return what tells whether the pages are the source's; the same for every candidate."""
        return {each.__name__: self.nearest(each) for each in SIGNS}


@dataclass(frozen=True)
class Setting:
    """A proposal, what it gives on the failing pages, and what that is compared with."""

    reference: Reference
    proposal: Proposal
    answer: Answer

    @property
    def case(self) -> Case:
        """Return the case."""
        return self.reference.case

    @property
    def known(self) -> Answer:
        """Return the known records."""
        return self.reference.known

    @property
    def mandatory(self) -> list[str]:
        """Return the fields that must be read."""
        return self.reference.mandatory

    @cached_property
    def fits(self) -> dict[str, float]:
        """Return how well the values of each mandatory field look like the known ones."""
        return {name: self._fit(name) for name in self.mandatory}

    def _fit(self, name: str) -> float:
        look, values = self.reference.looks[name], self.answer.values(name)
        if look.kind == "list":
            values = [line for value in values for line in value.split("\n") if line.strip()]
        return look.likeness(values) if values else 0.0
