"""The ladder: rungs that find candidates, cheapest first, until the gate is sure of one.

Rungs that ask a language model are a last resort: they are asked only where the gate releases nothing of all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
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
from lakehouse.agents.thinking import Budget, spending
from lakehouse.errors import LakehouseError, ThinkingSpent
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


LONGEST = 60.0
"""Seconds of CPU time after which nothing more is asked."""

FOREIGN = 0.1
"""Likeness of the pages' frame, links and marks to the known ones under which no model is asked about them."""


def climb(case: Case, ladder: Ladder = LADDER, last_resort: Sequence[Rung] = (), seconds: float = LONGEST) -> Proof:
    """Return the proof of the best repair of a case; rungs of `last_resort` are asked one by one while none passes.

    After so many seconds of CPU time nothing more is asked, and what was found by then is judged.
    """
    search = _Search(case, Budget(seconds))
    proof = search.proof()
    for rungs in ladder:
        search.ask(rungs)
        proof = search.proof()
        if search.is_cut or (proof.verdict == "release" and proof.best and proof.best.chance >= SURE):
            break
    for rung in () if _is_foreign(proof) else last_resort:
        if proof.verdict == "release":
            break
        search.ask((rung,))
        proof = search.proof()
    return replace(_as_cut(proof, search.cut) if search.is_cut else proof, failures=tuple(search.failures))


@dataclass
class _Search:
    """A climb so far: what was proposed and what it gives, which rungs broke, and what cut the climb short."""

    case: Case
    budget: Budget
    weighed: list[Weighed] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.reference = Reference(self.case)
        self.cut = str(ThinkingSpent(self.budget.seconds))

    @property
    def is_cut(self) -> bool:
        return self.cut in self.failures

    def ask(self, rungs: Sequence[Rung]) -> None:
        """Weigh what some rungs propose; where time is out, only the best of what is found already."""
        for rung in rungs:
            if self.budget.is_spent:
                self.failures += [] if self.is_cut else [self.cut]
                return
            with spending(self.budget):
                found = asked(rung, self.case, self.failures)
            for proposal in found[: 1 if self.budget.is_spent else None]:
                self.weighed.append(weigh(self.reference, proposal))

    def proof(self) -> Proof:
        return judge(self.case, self.weighed)


def _as_cut(proof: Proof, cut: str) -> Proof:
    """Return the proof of a search that was cut short: a rival may not have been found, so a person is asked."""
    sure = proof.best is not None and proof.best.chance >= SURE
    verdict = "review" if proof.verdict == "release" and not sure else proof.verdict
    return replace(proof, verdict=verdict, why=(*proof.why, cut))


def _is_foreign(proof: Proof) -> bool:
    """Tell whether nothing of the site's frame is left on the pages: no code makes them its own, and asking costs."""
    signs = ("kept_site", "kept_domains", "kept_marks")
    return bool(proof.weighed) and all(proof.weighed[0].measures[sign] < FOREIGN for sign in signs)


def asked(rung: Rung, case: Case, failures: list[str]) -> list[Proposal]:
    """Return a rung's first proposals; one that breaks proposes nothing, and the proof tells so.

    Of one whose time is out, those that it had made by then.
    """
    found: list[Proposal] = []
    try:
        with step(f"rung {rung.__name__}"):
            for proposal in islice(rung(case), MOST):
                found.append(proposal)  # noqa: PERF402 - what was made before the rung broke off is kept
            return found
    except ThinkingSpent as error:
        failures.append(str(error))
        return found
    except LakehouseError as error:
        failures.append(str(error))
        return []
    except Exception as error:  # noqa: BLE001 - a page that breaks one rung must not cost the source all others
        failures.append(f"{rung.__name__} broke: {type(error).__name__}: {error}")
        return []
