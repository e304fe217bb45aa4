"""One case treated as the doctor treats a source: checks, diagnosis, ladder, verdict; without a lake."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lakehouse.agents.doctor.case import Case, Known, Record
from lakehouse.agents.doctor.diagnosis import Facts, Failing, diagnose, readable
from lakehouse.agents.doctor.gate.answer import Answer, answer
from lakehouse.agents.doctor.gate.checked import EPOCH, failed_checks, stats_of
from lakehouse.agents.doctor.incident import Diagnosis, FailedCheck
from lakehouse.agents.doctor.ladder import climb
from lakehouse.fetcher import Page


@dataclass(frozen=True)
class Treated:
    """What became of a case.

    `verdict` is release, review, refuse or unchanged; `method` the rung that it comes of, `cause` the diagnosis where
    a check failed. `records` are what the source would give now, `old` what the fetcher in force gives.
    """

    verdict: str
    cause: str = ""
    method: str = ""
    records: tuple[Record, ...] = ()
    old: tuple[Record, ...] = ()
    checks: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def is_release(self) -> bool:
        """Return whether new code would be put in force."""
        return self.verdict == "release"


def treated(case: Case, *, gate_only: bool = False) -> Treated:
    """Return what the doctor does about a case; with `gate_only` no diagnosis keeps it from the ladder."""
    started = time.process_time()
    old = answer(case.blueprint, case.failing)
    checks = alarms(case, old)
    facts = facts_of(case, old, checks)
    diagnosis = diagnose(facts) if checks else None
    found = (None if gate_only else _without_code(facts, diagnosis, old)) or _climbed(case, old, alarmed=bool(checks))
    cause = diagnosis.cause if diagnosis else ""
    return replace(found, cause=cause, old=old.records, checks=checks, seconds=time.process_time() - started)


def alarms(case: Case, old: Answer) -> tuple[str, ...]:
    """Return the names of the checks that fail on the old fetcher's answer, judged by the known records."""
    known = case.records
    good, _ = stats_of(case.contract, known, len(case.known))
    failed = failed_checks(case.contract, old.records, len(case.failing), [good], before=known)
    return tuple(check.name for check in failed)


def facts_of(case: Case, old: Answer, checks: Sequence[str]) -> Facts:
    """Return what the diagnosis looks at, for a page that came with 200 from the address of the known one.

    The known records stand for what the fetcher gave on a good day, however well it was learned from them here.
    """
    return Facts(
        failing=tuple(Failing(page.url, page, 200) for page in case.failing),
        known=tuple(_at(case.failing[0].url, each) for each in case.known),
        blueprint=case.blueprint,
        failed_checks=tuple(FailedCheck(check=name, day=EPOCH, message="") for name in checks),
        stats=stats_of(case.contract, old.records, len(case.failing))[0],
        usual=stats_of(case.contract, case.records, len(case.known))[0],
        reads_known=True,
    )


def _at(url: str, known: Known) -> Known:
    same = known.page.url == url
    return known if same else Known(Page(url, known.page.body, known.page.content_type), known.records)


def _without_code(facts: Facts, diagnosis: Diagnosis | None, old: Answer) -> Treated | None:
    """Return what follows where no new code is to be looked for: the day is accepted, or it is left to a person."""
    if diagnosis is None or (diagnosis.is_repairable and readable(facts)):
        return None
    if diagnosis.cause == "quiet":
        return Treated("unchanged", method="quiet", records=old.records)
    return Treated("refuse", method=f"diagnosis: {diagnosis.cause}")


def _climbed(case: Case, old: Answer, *, alarmed: bool) -> Treated:
    """Return what the ladder gives; where nothing failed, or its best is the old fetcher, nothing changes."""
    proof = climb(case)
    best = proof.best
    rung = best.proposal.rung if best else ""
    given = best.answer.records if best else ()
    if proof.verdict == "release":
        return Treated("unchanged" if rung == "unchanged" else "release", method=rung, records=given)
    if not alarmed:
        return Treated("unchanged", method="unchanged", records=old.records)
    return Treated(proof.verdict, method=rung, records=given if proof.verdict == "review" else ())
