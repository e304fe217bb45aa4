"""The ladder: rungs that find candidates, cheapest first, until the gate is sure of one.

A rung for a language model goes to the end of `LADDER`: it is asked only where all others leave the gate unsure.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from lakehouse.agents.doctor.case import Case
from lakehouse.agents.doctor.gate.measures import Reference
from lakehouse.agents.doctor.gate.proof import Proof, Weighed, judge, weigh
from lakehouse.agents.doctor.proposal import Proposal, Rung
from lakehouse.agents.doctor.repair.anchors import anchors
from lakehouse.agents.doctor.repair.data import data
from lakehouse.agents.doctor.repair.detail import details
from lakehouse.agents.doctor.repair.listing import regions
from lakehouse.agents.doctor.repair.retype_kept import values


def unchanged(case: Case) -> list[Proposal]:
    """Propose the old fetcher itself: an alarm may be false, and whatever else is proposed must be better."""
    return [Proposal("unchanged", case.blueprint, score=1.0)]


LADDER: tuple[tuple[Rung, ...], ...] = ((unchanged, values), (anchors, data), (regions, details))
"""Rungs of one step are all asked before the gate looks; a step is left out once the one before it convinced."""

MOST = 4
"""Proposals that are taken of one rung."""


def climb(case: Case, ladder: Sequence[Sequence[Rung]] = LADDER) -> Proof:
    """Return the proof of the best repair of a case."""
    reference = Reference(case)
    weighed: list[Weighed] = []
    proof = judge(case, weighed)
    for step in ladder:
        found = [proposal for rung in step for proposal in islice(rung(case), MOST)]
        weighed += [weigh(reference, proposal) for proposal in found]
        proof = judge(case, weighed)
        if proof.verdict == "release":
            break
    return proof
