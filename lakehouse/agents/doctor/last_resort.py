"""The rungs that ask a language model, bound to the door, the source and what is known of its trouble."""

from __future__ import annotations

from collections.abc import Iterable

from lakehouse.agents.doctor.case import Case
from lakehouse.agents.doctor.chosen import chosen
from lakehouse.agents.doctor.coded import coded
from lakehouse.agents.doctor.incident import Incident
from lakehouse.agents.doctor.proposal import Proposal, Rung
from lakehouse.llm import Door


def last_resort(door: Door, incident: Incident) -> tuple[Rung, ...]:
    """Return the rungs in the order of their cost: a choice by number, then code."""
    source, trouble = incident.source, trouble_of(incident)

    def model_choice(case: Case) -> Iterable[Proposal]:
        return chosen(case, door, source)

    def model_code(case: Case) -> Iterable[Proposal]:
        return coded(case, door, source, trouble)

    return model_choice, model_code


def trouble_of(incident: Incident) -> str:
    """Return what failed, as text: the messages of the checks, then the traceback."""
    failed = [f"{check.check}: {check.message}" for check in incident.failed_checks]
    return "\n".join([*failed, *filter(None, (incident.error, incident.traceback))])
