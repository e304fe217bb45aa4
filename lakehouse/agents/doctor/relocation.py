"""A source that moved: where it may be now, and whether a fetcher for the new address works on the live site."""

from __future__ import annotations

import asyncio

from lakehouse.agents.builder.trial import MOST_PAGES, trial
from lakehouse.agents.doctor.candidate import Candidate
from lakehouse.agents.doctor.case import Case
from lakehouse.agents.doctor.incident import Diagnosis
from lakehouse.agents.doctor.moved import MovedTo, find_moved
from lakehouse.errors import LakehouseError
from lakehouse.settings import Settings
from lakehouse.source import Source
from lakehouse.web import WebClient, WebPolicy


def places(source: Source, case: Case, diagnosis: Diagnosis, config: Settings) -> list[MovedTo]:
    """Return the pages that may be the one that moved, best first; the site's own hosts only are asked."""

    async def search() -> list[MovedTo]:
        async with WebClient(WebPolicy.of(source, config)) as web:
            start = case.blueprint.start or source.start
            return (await find_moved(start, case.known, web, address=diagnosis.address)).found

    return asyncio.run(search())


PAGES_KEPT = 0.5
"""Part of the good day's pages that a repaired day must have: with less a way to further pages is lost."""


def faults_at_site(source: Source, candidate: Candidate, pages: int = 0) -> list[str]:
    """Return what goes wrong when a candidate fetches and parses a few live pages into a lake that is thrown away.

    `pages` is how many the good day had, so that one which finds no way to the others is not taken for whole.
    """
    try:
        outcome = trial(source, candidate.code)
    except LakehouseError as error:
        return [f"on the live site: {error}"]
    if outcome.report.rows == 0:
        return ["on the live site: no rows came"]
    failed = [check for check in outcome.report.checks if not check.passed and check.severity == "error"]
    expected = min(pages, MOST_PAGES)
    if len(outcome.pages) < PAGES_KEPT * expected:
        return [f"on the live site: {len(outcome.pages)} of {expected} pages came, and no way leads to the others"]
    return [f"on the live site: {check.name} fails: {check.message}" for check in failed]
