"""The ladder: rungs that find candidates, cheapest first, until the gate is sure of one.

Rungs that ask a language model are a last resort: they are asked only where the gate releases nothing of all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from lakehouse.agents.doctor.case import Case
from lakehouse.agents.doctor.gate.proof import Proof, Weighed, judge, weigh
from lakehouse.agents.doctor.gate.reference import Reference
from lakehouse.agents.doctor.proposal import Proposal, Rung
from lakehouse.agents.doctor.repair.anchors import anchors
from lakehouse.agents.doctor.repair.data import data
from lakehouse.agents.doctor.repair.detail import details
from lakehouse.agents.doctor.repair.listing import regions
from lakehouse.agents.doctor.repair.relaxed import relaxed
from lakehouse.agents.doctor.repair.retype import printed
from lakehouse.agents.doctor.repair.retype_kept import values
from lakehouse.errors import LakehouseError
from lakehouse.telemetry import step


def unchanged(case: Case) -> list[Proposal]:
    """Propose the old fetcher itself: an alarm may be false, and whatever else is proposed must be better."""
    return [Proposal("unchanged", printed(case.blueprint), score=1.0)]


LADDER: tuple[tuple[Rung, ...], ...] = ((unchanged, values, relaxed), (anchors, data), (regions, details))
"""Rungs of one step are all asked before the gate looks; a step is left out once the one before it convinced."""

MOST = 4
"""Proposals that are taken of one rung."""


Ladder = Sequence[Sequence[Rung]]


def with_first(*rungs: Rung) -> Ladder:
    """Return the ladder with a step of rungs before all others, which only the old fetcher must be worse than.

    For repairs that are known already and need a lake: they were proved before, and cost next to nothing.
    """
    return ((unchanged, *rungs), tuple(rung for rung in LADDER[0] if rung is not unchanged), *LADDER[1:])


SURE = 0.9
"""Chance from which on no dearer rung is asked; the levels of the gate are for the best of all rungs."""


FOREIGN = 0.1
"""Likeness of the pages' frame, links and marks to the known ones under which no model is asked about them."""


def climb(case: Case, ladder: Ladder = LADDER, last_resort: Sequence[Rung] = ()) -> Proof:
    """Return the proof of the best repair of a case; rungs of `last_resort` are asked one by one while none passes."""
    reference = Reference(case)
    weighed: list[Weighed] = []
    failures: list[str] = []
    proof = judge(case, weighed)
    for rungs in ladder:
        for rung in rungs:
            weighed += [weigh(reference, proposal) for proposal in asked(rung, case, failures)]
        proof = judge(case, weighed)
        if proof.verdict == "release" and proof.best and proof.best.chance >= SURE:
            break
    for rung in () if _is_foreign(proof) else last_resort:
        if proof.verdict == "release":
            break
        weighed += [weigh(reference, proposal) for proposal in asked(rung, case, failures)]
        proof = judge(case, weighed)
    return replace(proof, failures=tuple(failures))


def _is_foreign(proof: Proof) -> bool:
    """Tell whether nothing of the site's frame is left on the pages: no code makes them its own, and asking costs."""
    signs = ("kept_site", "kept_domains", "kept_marks")
    return bool(proof.weighed) and all(proof.weighed[0].measures[sign] < FOREIGN for sign in signs)


def asked(rung: Rung, case: Case, failures: list[str]) -> list[Proposal]:
    """Return a rung's first proposals; one that breaks proposes nothing, and the proof tells so."""
    try:
        with step(f"rung {rung.__name__}"):
            return list(islice(rung(case), MOST))
    except LakehouseError as error:
        failures.append(str(error))
        return []
    except Exception as error:  # noqa: BLE001 - a page that breaks one rung must not cost the source all others
        failures.append(f"{rung.__name__} broke: {type(error).__name__}: {error}")
        return []
