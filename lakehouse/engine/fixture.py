"""A release's fixture: the pages of its trial, to be parsed again without a site and without a day."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lakehouse.engine.replay import Capture, replay
from lakehouse.engine.worker import worker_of

if TYPE_CHECKING:
    from lakehouse.lake import Lake
    from lakehouse.registry import Registry


@dataclass(frozen=True)
class FixtureResult:
    """One page of the fixture: how many records it gave when it was kept, and now; `same` compares every value."""

    url: str
    expected: int
    records: int
    same: bool


def check_fixture(lake: Lake, registry: Registry, name: str) -> list[FixtureResult]:
    """Parse the fixture of the release in force and compare; empty where the release has none."""
    release, source = registry.in_force(name), registry.source(name)
    pages: list[dict[str, Any]] = release.proof.get("fixture", [])
    results = []
    with worker_of(release, source) as worker:
        for number, page in enumerate(pages):
            capture = Capture(str(number), 0, page["url"], page["content_type"], page["sha256"], page.get("meta", {}))
            rows = replay(worker, [capture], lake.bodies, release.number).rows
            same = digest_of(rows) == page["digest"]
            results.append(FixtureResult(page["url"], page["records"], len(rows), same))
    return results


def digest_of(rows: list[dict[str, Any]]) -> str:
    """Return a hash of records without their provenance, the same for the same values."""
    plain = [{name: str(value) for name, value in row.items() if not name.startswith("_")} for row in rows]
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
