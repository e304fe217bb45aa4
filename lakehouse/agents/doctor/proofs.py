"""What is kept beside a repair: everything that a person needs to approve or refuse it, and to check it later."""

from __future__ import annotations

from typing import Any

from lakehouse.agents.doctor.candidate import Candidate, Tried, as_release
from lakehouse.agents.doctor.case import Case
from lakehouse.agents.doctor.gate.answer import agreement, answer
from lakehouse.agents.doctor.gate.proof import Proof
from lakehouse.agents.doctor.repair.retype import printed
from lakehouse.engine.fixture import digest_of
from lakehouse.engine.replay import captures_of, replay
from lakehouse.engine.silver import NEW_FORMS
from lakehouse.engine.worker import worker_of
from lakehouse.errors import SandboxError
from lakehouse.lake import Lake
from lakehouse.registry import Registry

MOST_ROWS = 5
MOST_PAGES = 6


def as_json(
    lake: Lake, registry: Registry, name: str, case: Case, proof: Proof, candidate: Candidate, tried: Tried
) -> dict[str, Any]:
    """Return the proof of a candidate: the gate's, the days that it was tried on, the known pages, and a fixture."""
    given = answer(printed(candidate.blueprint.of_records), [known.page for known in case.known])
    return {
        **proof.as_json(),
        "notes": list(candidate.notes),
        "doubts": list(candidate.doubts),
        NEW_FORMS: list(tried.drifting),
        "days": tried.as_json(),
        "known_pages": {
            "records": len(case.records),
            "given": len(given.records),
            "agreement": round(agreement(given.records, case.records), 4),
        },
        "before": [dict(record) for record in case.records[:MOST_ROWS]],
        "after": _first_rows(tried),
        "fixture": _fixture(lake, registry, name, candidate, tried),
    }


def _first_rows(tried: Tried) -> list[dict[str, str]]:
    newest = max(tried.derived, default=None)
    frame = tried.derived[newest].good if newest else None
    rows = frame.head(MOST_ROWS).iter_rows(named=True) if frame is not None else ()
    return [{key: str(value) for key, value in row.items() if value is not None} for row in rows]


def _fixture(lake: Lake, registry: Registry, name: str, candidate: Candidate, tried: Tried) -> list[dict[str, Any]]:
    """Return a few of the newest pages with what the candidate gives on each, for `lakehouse check --offline`."""
    newest = max(tried.derived, default=None)
    if newest is None:
        return []
    release = as_release(registry, name, candidate)
    pages = []
    with worker_of(release, registry.source(name)) as worker:
        for capture in captures_of(lake, name, newest)[:MOST_PAGES]:
            try:
                rows = replay(worker, [capture], lake.bodies, release.number).rows
            except SandboxError:
                return pages
            told = {"url": capture.url, "content_type": capture.content_type, "sha256": capture.sha256}
            pages.append(told | {"records": len(rows), "digest": digest_of(rows), "meta": capture.meta})
    return pages
