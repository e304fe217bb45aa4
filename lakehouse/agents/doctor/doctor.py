"""The doctor: takes up what failed, finds out why, repairs it where code can help, and proves the repair."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from lakehouse.agents.doctor.behind import with_pages_behind
from lakehouse.agents.doctor.canary import canaries
from lakehouse.agents.doctor.candidate import Candidate, Tried, candidate_of, try_on_days
from lakehouse.agents.doctor.case import Case
from lakehouse.agents.doctor.cases import case_of
from lakehouse.agents.doctor.diagnosis.diagnose import readable
from lakehouse.agents.doctor.evidence import gather, gather_again
from lakehouse.agents.doctor.examine import examine, facts_of
from lakehouse.agents.doctor.gate.proof import Proof
from lakehouse.agents.doctor.incident import Diagnosis, Incident, Trigger
from lakehouse.agents.doctor.incidents import Incidents
from lakehouse.agents.doctor.ladder import climb, with_first
from lakehouse.agents.doctor.last_resort import last_resort
from lakehouse.agents.doctor.memory_rung import remembering
from lakehouse.agents.doctor.proofs import as_json
from lakehouse.agents.doctor.putting import put, withdraw_waiting
from lakehouse.agents.doctor.reach import reach
from lakehouse.agents.doctor.relocation import faults_at_site, places
from lakehouse.agents.doctor.settling import settle
from lakehouse.agents.doctor.taken_up import logged_attempt, reads_failing_days, taken_up
from lakehouse.agents.doctor.treatment import Treatment
from lakehouse.engine.replay import captures_of
from lakehouse.lake import Lake
from lakehouse.llm import Door
from lakehouse.registry import AuditEntry, Registry
from lakehouse.settings import Settings, settings
from lakehouse.telemetry import step

MOST_DAYS = 7
"""Failing days on which a candidate is tried before its release, the newest; all of them are parsed again after it."""

MOST_PLACES = 3
"""Addresses that are tried for a source that moved."""

AGENT = "doctor"
"""What the doctor is called in envelopes."""

NO_PAGE = "there is nothing to learn from: no page was ever read well, or none is kept of the failing days"

BEHIND = "the failing days have no pages of records, since their listing led to none: these are of today"
NOTHING_BEHIND = "no way leads from the listing to pages of records"

Attempt = tuple[Treatment, Candidate | None]


class Doctor:
    """Heals the sources of one lake; holds no state of its own, so any process may have one."""

    def __init__(self, lake: Lake, registry: Registry, config: Settings | None = None) -> None:
        self._lake = lake
        self._registry = registry
        self._config = config or settings()
        self._door = Door(self._config)

    def open(self, name: str, *, trigger: Trigger, day: str | None = None, error: str = "") -> Incident | None:
        """Return the open incident of a source with its diagnosis, opened now where none was; None if all is well."""
        incidents = Incidents(self._lake, self._registry, name)
        found = gather(self._lake, self._registry, name, trigger, day, error or None)
        if not found.days and incidents.current() is None:
            return None
        opened = gather_again(self._lake, self._registry, incidents.open(found))
        if opened.diagnosis and reads_failing_days(self._lake, self._registry, opened):
            return opened
        diagnosis = examine(self._lake, self._registry, opened)
        if diagnosis != opened.diagnosis:
            incidents.diagnosed(opened.id, diagnosis)
        return opened.model_copy(update={"diagnosis": diagnosis})

    def plan(self, incident: Incident) -> Treatment:
        """Return what `treat` would do, changing nothing; only the record of the run is new."""
        with self._lake.recorder.run(AGENT, incident.source), step("plan"):
            return self._treatment(incident)[0]

    def treat(self, incident: Incident) -> Treatment:
        """Do what the diagnosis calls for, release a repair that the gate lets through, and log the attempt."""
        with self._lake.recorder.run(AGENT, incident.source) as run:
            treatment = self._treated(incident)
            if treatment.verdict == "refuse":
                run.fail("; ".join(treatment.why))
            return treatment

    def _treated(self, incident: Incident) -> Treatment:
        started = time.monotonic()
        before = self._in_force(incident.source)
        with step("treat"):
            treatment, candidate = self._treatment(incident)
        if candidate is not None and treatment.verdict in ("release", "review"):
            treatment = put(self._registry, treatment, candidate, before)
        treatment = replace(treatment, seconds=round(time.monotonic() - started, 3))
        incidents = Incidents(self._lake, self._registry, incident.source)
        if candidate is not None or not self._is_logged(incident, treatment):
            incidents.attempt(treatment)
        if treatment.verdict is None and treatment.diagnosis.cause == "quiet":
            counts = {day: self._rows(incident.source, day) for day in treatment.days}
            incidents.close(incident.id, "accepted", " ".join(treatment.why), days=treatment.days, counts=counts)
            withdraw_waiting(self._registry, incident.source, f"incident {incident.id} is over")
        return treatment

    def settle(self, name: str) -> AuditEntry | None:
        """End the open incident as healed if its days are good now; to be called after they were parsed again."""
        return settle(self._lake, self._registry, name)

    def _treatment(self, incident: Incident) -> Attempt:
        diagnosis = incident.diagnosis or examine(self._lake, self._registry, incident)
        if reads_failing_days(self._lake, self._registry, incident):
            return taken_up(self._lake, self._registry, incident, diagnosis), None
        if not diagnosis.is_repairable:
            return self._without_code(incident, diagnosis), None
        if diagnosis.cause == "moved":
            return self._moved(incident, diagnosis)
        case, shut = self._case(incident)
        if case is not None and case.listing and not case.failing:
            return self._live(incident, diagnosis, case, BEHIND)
        if case is None or not case.failing:
            why = "no page of it was ever read well" if case is None else "no page of the failing days can be read"
            return self._told(
                incident, diagnosis, verdict="refuse", why=(f"there is nothing to learn from: {why}",)
            ), None
        there = tuple(day for day in incident.days if day not in shut)
        treatment, candidate = self._repaired(incident.model_copy(update={"days": there}), diagnosis, case)
        return replace(treatment, lost=(*treatment.lost, *shut)), candidate

    def _case(self, incident: Incident) -> tuple[Case | None, tuple[str, ...]]:
        """Return the case with only those failing pages that a repair may learn from: no walls, no error pages.

        Also the days of which there are no others: what the site showed then nobody can fetch any more.
        """
        case = case_of(self._lake, self._registry, incident)
        if case is None:
            return None, ()
        facts = facts_of(self._lake, incident, case)
        whole = {id(each) for each in readable(facts)}
        days = {ref.day for ref, each in zip(incident.failing, facts.failing, strict=True) if id(each) in whole}
        shut = sorted({ref.day for ref in incident.failing} - days)
        pages = [each.page for each in facts.failing if id(each) in whole and each.page is not None]
        return case.with_failing(pages), tuple(shut)

    def _without_code(self, incident: Incident, diagnosis: Diagnosis) -> Treatment:
        """Return what follows where code is not at fault: fetch again, accept, or leave it to a person."""
        again = diagnosis.cause in ("transient", "limited")
        today = datetime.now(UTC).date().isoformat()
        days = (today,) if again else incident.days if diagnosis.cause == "quiet" else ()
        return self._told(incident, diagnosis, why=diagnosis.because, days=days, refetch=again)

    def _repaired(self, incident: Incident, diagnosis: Diagnosis, case: Case) -> Attempt:
        known = with_first(canaries(self._registry, incident.source), remembering(self._lake))
        proof = climb(case, known, last_resort(self._door, incident), self._config.heal_seconds)
        if proof.best is None or proof.verdict == "refuse":
            return self._told(incident, diagnosis, verdict="refuse", why=proof.why, proof=proof.as_json()), None
        candidate = candidate_of(case, proof.best.proposal, incident.source, self._origin(diagnosis))
        tried = try_on_days(self._lake, self._registry, incident.source, candidate, incident.days[-MOST_DAYS:])
        treatment = self._weighed(incident, diagnosis, case, proof, candidate, tried)
        return self._with_reach(treatment, incident, candidate, tried), candidate

    def _with_reach(self, treatment: Treatment, incident: Incident, candidate: Candidate, tried: Tried) -> Treatment:
        """Ask a person where a way to further pages is lost, and fetch today again where the old fetcher saw none.

        For past days the pages that it did not see are lost.
        """
        newest = max(tried.derived, default=None)
        if newest is None:
            return treatment
        found = reach(self._lake, self._registry, incident, candidate, tried.derived[newest])
        treatment = replace(treatment, proof={**treatment.proof, "reach": found.as_json()})
        if not found.asked:
            verdict = "review" if found.doubts and treatment.verdict == "release" else treatment.verdict
            return replace(treatment, verdict=verdict, why=(*treatment.why, *found.doubts))
        today = datetime.now(UTC).date().isoformat()
        note = f"the failing days lack pages that the old fetcher saw no way to, such as {found.asked[0]}"
        days = tuple(sorted({*treatment.days, today}))
        return replace(treatment, days=days, refetch=True, why=(*treatment.why, note))

    def _moved(self, incident: Incident, diagnosis: Diagnosis) -> Attempt:
        """Repair for the page that a redirect brought, or else for the first one found that can be proved."""
        case, _ = self._case(incident)
        if case is None:
            return self._told(incident, diagnosis, verdict="refuse", why=(NO_PAGE,)), None
        attempt = self._repaired(incident, diagnosis, case) if case.failing else None
        if case.listing and not case.failing:
            attempt = self._live(incident, diagnosis, case, BEHIND)
        if attempt and attempt[0].verdict == "release":
            return attempt
        source = self._registry.source(incident.source)
        for place in places(source, case, diagnosis, self._config)[:MOST_PLACES]:
            found = f"it is at {place.url} now: {'; '.join(place.evidence)}"
            elsewhere = self._live(incident, diagnosis, case.with_failing([place.page]), found)
            if elsewhere[0].verdict == "release" or (elsewhere[0].verdict == "review" and attempt is None):
                attempt = elsewhere
            if elsewhere[0].verdict == "release":
                break
        nowhere = ("its new address was not found on the site: give it with `lakehouse add`",)
        return attempt or (self._told(incident, diagnosis, verdict="refuse", why=nowhere), None)

    def _live(self, incident: Incident, diagnosis: Diagnosis, case: Case, found: str) -> Attempt:
        """Return what comes of a repair for pages of today; what was missed meanwhile nobody can fetch any more."""
        source = self._registry.source(incident.source)
        case = with_pages_behind(case, source, self._config)
        if not case.failing:
            return self._told(incident, diagnosis, verdict="refuse", why=(NOTHING_BEHIND,)), None
        proof = climb(case, last_resort=last_resort(self._door, incident), seconds=self._config.heal_seconds)
        if proof.best is None or proof.verdict == "refuse":
            return self._told(incident, diagnosis, verdict="refuse", why=proof.why, proof=proof.as_json()), None
        candidate = candidate_of(case, proof.best.proposal, incident.source, self._origin(diagnosis))
        addresses = tuple(name for name, field in source.contract.fields.items() if field.type == "url")
        faults = tuple(faults_at_site(source, candidate, self._good_pages(incident)))
        tried = Tried(drifting=addresses)
        treatment = self._weighed(incident, diagnosis, case, proof, candidate, tried, faults)
        today = datetime.now(UTC).date().isoformat()
        lost = tuple(day for day in incident.days if day != today)
        why = (found, *treatment.why)
        return replace(treatment, why=why, days=(today,), lost=lost, refetch=True), candidate

    def _good_pages(self, incident: Incident) -> int:
        return len(captures_of(self._lake, incident.source, incident.good_day)) if incident.good_day else 0

    def _weighed(
        self,
        incident: Incident,
        diagnosis: Diagnosis,
        case: Case,
        proof: Proof,
        candidate: Candidate,
        tried: Tried,
        faults: tuple[str, ...] = (),
    ) -> Treatment:
        """Return the verdict: the gate's, and a person's turn where the checks or the readers leave a doubt."""
        against = (*candidate.doubts, *tried.faults, *faults)
        doubted = "refuse" if candidate.is_foreign else "review"
        verdict = doubted if against and proof.verdict == "release" else proof.verdict
        return self._told(
            incident,
            diagnosis,
            verdict=verdict,
            method=proof.best.proposal.rung if proof.best else "",
            why=(*(proof.why if proof.verdict != "release" or not against else ()), *against),
            days=incident.days,
            proof=as_json(self._lake, self._registry, incident.source, case, proof, candidate, tried),
            code=candidate.code,
        )

    def _origin(self, diagnosis: Diagnosis) -> str:
        return f"written by the doctor on {datetime.now(UTC):%Y-%m-%d} ({diagnosis.cause}); its proof lies beside it"

    def _is_logged(self, incident: Incident, treatment: Treatment) -> bool:
        """Tell whether the attempt is one that is gone on with, so that it counts once."""
        number = treatment.release
        return number is not None and logged_attempt(self._lake, self._registry, incident, number) is not None

    def _in_force(self, name: str) -> int | None:
        release = self._registry.current(name)
        return release.number if release else None

    def _rows(self, name: str, day: str) -> int:
        table = self._lake.table(f"silver/{name}")
        return table.row_count(day) if table.exists() else 0

    def _told(self, incident: Incident, diagnosis: Diagnosis, **told: Any) -> Treatment:
        return Treatment(source=incident.source, incident=incident.id, diagnosis=diagnosis, **told)
