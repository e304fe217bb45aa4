"""Of the runs that wait for a slot, those go first whose pages would be lost."""

from __future__ import annotations

import dagster as dg
from dagster._core.storage.tags import PRIORITY_TAG


def priority(defs: dg.Definitions, job: str) -> int:
    """Return how urgent the runs of a job are, as the queue reads it off their tags."""
    return int(defs.resolve_job_def(job).run_tags.get(PRIORITY_TAG, "0"))


def test_ingests_go_before_healers_and_healers_before_all_that_nobody_waits_for(defs: dg.Definitions) -> None:
    jobs = ("ingest", "reparse", "scout", "healer", "canary", "marts")
    assert {job: priority(defs, job) for job in jobs} == {
        "ingest": 0,
        "reparse": 0,
        "scout": 0,
        "healer": -1,
        "canary": -2,
        "marts": -2,
    }
