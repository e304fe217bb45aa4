"""Why a source fails is told by its newest failing day, and by what the release in force reads."""

from __future__ import annotations

import re

import pytest

from lakehouse.agents.builder.code import fetcher_code
from lakehouse.agents.doctor.evidence import gather
from lakehouse.agents.doctor.examine import examine
from lakehouse.engine import fetch_day
from lakehouse.errors import FetchFailed
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.agents.doctor.broken_books import BAD, GOOD, WORSE, run
from tests.agents.doctor.shop import DAYS, blueprint, open_shop, shelf
from tests.agents.doctor.shop import run as run_shop
from tests.books import stock
from tests.little_site import Answer, LittleSite, html


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
    assert examine(lake, registry, incident).cause == "values"


def test_a_release_that_a_person_wrote_reads_what_it_read_before(lake: Lake, site: LittleSite) -> None:
    registry = open_shop(lake, site)
    registry.release(registry.stage("shop", fetcher_code(blueprint(site), "shop"), {}, {}), "by hand")
    site.pages["/shop"] = shelf()
    run_shop(lake, registry, DAYS[0])
    body = re.sub(r"<ul.*</ul>", "<p>No results found. 0 volumes.</p>", shelf().body.decode())
    site.pages["/shop"] = html(body)
    run_shop(lake, registry, DAYS[1])
    assert examine(lake, registry, gather(lake, registry, "shop", "checks", DAYS[1])).cause == "quiet"


def test_a_careless_release_is_told_by_the_pages_that_it_no_longer_reads(lake: Lake, site: LittleSite) -> None:
    plan = blueprint(site)
    registry = open_shop(lake, site, plan)
    site.pages["/shop"] = shelf()
    run_shop(lake, registry, DAYS[0])
    careless = plan.model_copy(update={"rows": plan.rows.model_copy(update={"selector": "li.magazine"})})
    staged = registry.stage("shop", fetcher_code(careless, "shop"), careless.model_dump(mode="json"), {})
    registry.release(staged, "in a hurry")
    run_shop(lake, registry, DAYS[1])
    found = examine(lake, registry, gather(lake, registry, "shop", "checks", DAYS[1]))
    assert (found.cause, found.because) == (
        "code",
        ("The release changed since the good day, and no longer reads the known pages either.",),
    )
