"""From an incident to its diagnosis: gathers the facts that the rules look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.doctor.case import Case
from lakehouse.agents.doctor.cases import case_of, good_release
from lakehouse.agents.doctor.diagnosis.diagnose import diagnose
from lakehouse.agents.doctor.diagnosis.facts import Facts, Failing
from lakehouse.agents.doctor.evidence_pages import page_of
from lakehouse.agents.doctor.gate.answer import agreement, answer
from lakehouse.agents.doctor.incident import CaptureRef, Diagnosis, Incident
from lakehouse.agents.doctor.repair.retype import printed
from lakehouse.lake import Lake
from lakehouse.profile import DayStats
from lakehouse.registry import Registry

READS = 0.9
"""Agreement with the known records from which on a release still reads the known pages."""

MOST_REASONS = 200


def examine(lake: Lake, registry: Registry, incident: Incident) -> Diagnosis:
    """Return why a source fails, by the evidence of its incident.

    The newest failing day tells: a site that was down, or shut, on the days before may have been built anew meanwhile.
    """
    newest = max((ref.day for ref in incident.failing), default="")
    seen = tuple(ref for ref in incident.failing if ref.day == newest)
    case = case_of(lake, registry, incident)
    facts = facts_of(lake, incident.model_copy(update={"failing": seen}), case)
    return diagnose(replace(facts, reads_known=_reads_known(lake, registry, incident, case)))


def facts_of(lake: Lake, incident: Incident, case: Case | None) -> Facts:
    """Return everything about an incident that the rules of diagnosis look at."""
    name, good = incident.source, good_release(lake, incident)
    return Facts(
        failing=tuple(_failing(lake, ref) for ref in incident.failing),
        known=case.known if case else (),
        blueprint=case.blueprint if case else None,
        failed_checks=incident.failed_checks,
        stats=_stats(lake, name, incident.days),
        usual=_stats(lake, name, (incident.good_day,) if incident.good_day else ()),
        error=incident.error,
        traceback=incident.traceback,
        reject_reasons=_reasons(lake, name, incident.days),
        release_changed=good is not None and good != incident.release,
    )


def _failing(lake: Lake, ref: CaptureRef) -> Failing:
    page = page_of(lake, ref) if ref.sha256 else None
    return Failing(ref.request_url, page, ref.status, ref.headers, ref.error)


def _reads_known(lake: Lake, registry: Registry, incident: Incident, case: Case | None) -> bool | None:
    """Tell whether the release in force still reads the known pages; None where a person wrote it since."""
    good = good_release(lake, incident)
    if case is None or good is None:
        return None
    if good == incident.release:
        return True
    plan = registry.read(incident.source, incident.release).blueprint if incident.release else {}
    if not plan:
        return None
    given = answer(printed(Blueprint.model_validate(plan).of_records), [known.page for known in case.known])
    return agreement(given.records, case.records) >= READS


def _stats(lake: Lake, name: str, days: Sequence[str]) -> DayStats | None:
    table = lake.table(f"silver/{name}__checks")
    there = sorted(set(days) & set(table.days())) if table.exists() else []
    stored = table.read([there[-1]], ["stats"])["stats"] if there else []
    return DayStats.model_validate_json(stored[0]) if len(stored) else None


def _reasons(lake: Lake, name: str, days: Sequence[str]) -> tuple[str, ...]:
    """Return why records of the failing days were rejected, one reason for each record and fault."""
    table = lake.table(f"silver/{name}__rejects")
    there = sorted(set(days) & set(table.days())) if table.exists() else []
    frame = table.read(there, ["reasons"]) if there else pl.DataFrame({"reasons": []})
    return tuple(str(reason) for reasons in frame["reasons"].to_list()[:MOST_REASONS] for reason in reasons)
