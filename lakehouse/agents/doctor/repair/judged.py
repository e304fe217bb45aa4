"""Proposals judged by what they give on the failing pages, and those left out that give the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lakehouse.agents.doctor.repair.measured import given

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.agents.doctor.case import Case, Record
    from lakehouse.agents.doctor.proposal import Proposal


def judged(case: Case, made: Sequence[Proposal]) -> list[Proposal]:
    """Return the different proposals that give records on every failing page, best first."""
    kept: dict[str, Proposal] = {}
    for proposal in sorted(made, key=lambda each: -each.score):
        pages = given(case, proposal.blueprint)
        if all(_says_enough(records, proposal.blueprint) for records in pages):
            kept.setdefault(repr(pages), replace(proposal, score=max(0.0, min(1.0, proposal.score))))
    return list(kept.values())


def _says_enough(records: Sequence[Record], blueprint: Blueprint) -> bool:
    """Tell whether the records of one page have values for at least half of the fields."""
    filled = {name for record in records for name, value in record.items() if value}
    return 2 * len(filled) >= len(blueprint.fields) > 0
