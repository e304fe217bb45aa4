"""A built source is proved on the real site before anything of it is registered."""

from __future__ import annotations

from typing import Any

import pytest

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Follow, Rows
from lakehouse.agents.builder import Builder
from lakehouse.engine import fetch_day, parse_day
from lakehouse.errors import FetchFailed, NotBuilt
from lakehouse.fetcher import Page
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.little_site import LittleSite


def books(site: LittleSite, **changes: object) -> tuple[Blueprint, Page]:
    page = Page(site.url("/books"), site.pages["/books"].body, "text/html")
    fields = (
        FieldPlan(name="title", selectors=("b",)),
        FieldPlan(name="price", reader="number", selectors=("i",)),
        FieldPlan(name="url", reader="link", selectors=("a",)),
    )
    blueprint = Blueprint(
        kind="listing", start=page.url, rows=Rows(form="select", selector="li.book"), fields=fields,
        follow=Follow(next_page="a.next"),
    )  # fmt: skip
    return blueprint.model_copy(update=changes), page


def wishes(site: LittleSite) -> dict[str, Any]:
    return {"private_hosts": [site.host], "politeness": {"delay": 0, "concurrency": 4}}


def test_a_source_that_was_built_runs_like_any_other(lake: Lake, site: LittleSite) -> None:
    registry = Registry(lake)
    blueprint, page = books(site)
    release = Builder(lake, registry).build(blueprint, page, "novels", **wishes(site))
    assert release.number == 1
    today = release.created_at.date().isoformat()
    fetch_day(lake, registry, "novels", today)
    report = parse_day(lake, registry, "novels", today)
    assert (report.rows, report.rejects, report.passed) == (10, 0, True)
    source = registry.source("novels")
    assert source.contract.key == ("url",)
    assert source.contract.fields["price"].type == "decimal"


def test_its_release_keeps_the_pages_of_the_trial_and_what_they_gave(lake: Lake, site: LittleSite) -> None:
    blueprint, page = books(site)
    release = Builder(lake, Registry(lake)).build(blueprint, page, "novels", **wishes(site))
    fixture = release.proof["fixture"]
    assert [(each["url"], each["records"]) for each in fixture] == [
        (site.url("/books"), 5),
        (site.url("/books?p=2"), 5),
    ]
    assert lake.bodies.get(fixture[1]["sha256"]) == site.pages["/books?p=2"].body
    assert Blueprint.model_validate(release.blueprint).rows == blueprint.rows


def test_a_fetcher_that_finds_nothing_is_not_registered(lake: Lake, site: LittleSite) -> None:
    registry = Registry(lake)
    blueprint, page = books(site, rows=Rows(form="select", selector="li.magazine"))
    with pytest.raises(NotBuilt, match="lakehouse add"):
        Builder(lake, registry).build(blueprint, page, "novels", **wishes(site))
    assert registry.sources() == []


def test_a_site_that_is_gone_leaves_nothing_behind(lake: Lake, site: LittleSite) -> None:
    registry = Registry(lake)
    blueprint, page = books(site)
    del site.pages["/books"]
    with pytest.raises(FetchFailed):
        Builder(lake, registry).build(blueprint, page, "novels", **wishes(site))
    assert registry.sources() == []
