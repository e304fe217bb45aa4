"""Proposals judged by what they give on the failing pages, and those left out that give the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lakehouse.agents.extract import extract

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.doctor.case import Case
    from lakehouse.agents.doctor.proposal import Proposal


def judged(case: Case, made: Sequence[Proposal]) -> list[Proposal]:
    """Return the different proposals that give records on every failing page, best first."""
    kept: dict[str, Proposal] = {}
    for proposal in sorted(made, key=lambda each: -each.score):
        given = [extract(proposal.blueprint, page) for page in case.failing]
        if all(given):
            records = [record for page in given for record in page]
            kept.setdefault(repr(records), replace(proposal, score=max(0.0, min(1.0, proposal.score))))
    return list(kept.values())
