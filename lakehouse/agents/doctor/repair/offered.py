"""A whole blueprint that is offered as a repair: measured as any other proposal is."""

from __future__ import annotations

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.doctor.case import Case
from lakehouse.agents.doctor.proposal import Proposal
from lakehouse.agents.doctor.repair.looks import looks_of
from lakehouse.agents.doctor.repair.measured import fits_of, given, whole_score
from lakehouse.agents.doctor.repair.retype import printed


def offered(rung: str, case: Case, blueprint: Blueprint, *notes: str) -> Proposal | None:
    """Return a blueprint as a rung's proposal, or None where a failing page gives it no record."""
    as_printed, looks = printed(blueprint), looks_of(case)
    pages = given(case, as_printed)
    records = [record for page in pages for record in page]
    if not records or not all(pages):
        return None
    fits = fits_of(looks, records)
    score = max(0.0, min(1.0, whole_score(looks, fits, len(records))))
    return Proposal(rung, as_printed, fits, score, notes)
