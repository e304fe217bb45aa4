"""Why a source fails is told by its newest failing day."""

from __future__ import annotations

import pytest

from lakehouse.agents.doctor.evidence import gather
from lakehouse.agents.doctor.examine import examine
from lakehouse.engine import fetch_day
from lakehouse.errors import FetchFailed
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.agents.doctor.broken_books import BAD, GOOD, WORSE, run
from tests.books import stock
from tests.little_site import Answer, LittleSite


def test_a_redesign_is_seen_though_the_site_was_shut_the_day_before(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    run(lake, registry, GOOD)
    site.pages["/books"] = Answer(b"We build a new site for you.", 401)
    with pytest.raises(FetchFailed):
        fetch_day(lake, registry, "books", BAD)
    assert examine(lake, registry, gather(lake, registry, "books", "run", BAD)).cause == "blocked"
    stock(site, tag="strong")
    run(lake, registry, WORSE)
    incident = gather(lake, registry, "books", "checks", WORSE)
    assert {ref.day for ref in incident.failing} == {BAD, WORSE}
    assert examine(lake, registry, incident).is_repairable
