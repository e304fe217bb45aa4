"""The report that stands before a source."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from lakehouse.agents.blueprint import Blueprint, Follow, Turn
from lakehouse.agents.scout.feasibility import Feasibility, feasibility
from lakehouse.agents.scout.formats.json_api import json_findings
from lakehouse.agents.scout.look import Look, Robots
from lakehouse.agents.scout.outcome import Note
from lakehouse.fetcher import Page
from lakehouse.web import Fetched
from tests.agents.scout.formats.answers import answer, many
from tests.agents.scout.listings import blueprint, listing

FREE = Robots(allowed=True, delay=2.0)
PAGER = (
    '<nav><a href="/list/2">2</a><a href="/list/3">3</a><a href="/list/40">40</a></nav>'
    '<footer><a href="/terms">Terms</a><a rel="license" href="/by">CC</a></footer>'
)


def report(page: Page, plan: Blueprint | None = None, robots: Robots = FREE, **more: Any) -> Feasibility:
    """Report on a page that was looked at."""
    fetched = Fetched(page.url, page.url, 200, {}, page.body, datetime(2026, 11, 20, tzinfo=UTC), 5)
    return feasibility(Look(page, fetched, (Note("charset", "It is UTF-8."),)), robots, plan, **more)


def test_the_report_tells_everything_about_a_listing() -> None:
    plan = blueprint().model_copy(update={"follow": Follow(next_page="a.next")})
    found = report(listing(range(1, 6), PAGER), plan)
    assert found.is_feasible
    assert found.terms == "https://a.example/terms"
    assert found.licences == ("https://a.example/by",)
    assert found.pagination == "a link to the next page at a.next"
    assert (found.pages, found.requests_a_day, found.seconds_a_day) == (40, 40, 80)
    assert not found.needs_script
    assert found.barriers == ()
    assert [note.kind for note in found.notes] == ["charset"]


def test_details_are_counted_for_every_row() -> None:
    plan = blueprint().model_copy(update={"follow": Follow(details="li.case h3 a")})
    assert report(listing(range(1, 6)), plan).requests_a_day == 6


@pytest.mark.parametrize(
    ("cadence", "requests"), [("hourly", 24), ("daily", 1), ("weekly", 0.14), ("0 6,18 * * *", 2), ("*/15 * * * *", 96)]
)
def test_requests_follow_from_the_cadence(cadence: str, requests: float) -> None:
    assert report(listing(range(1, 6)), blueprint(), cadence=cadence).requests_a_day == requests


@pytest.mark.parametrize(
    ("said", "pages"), [({"total": 41}, 11), ({"meta": {"total_pages": 7}}, 7), ({"total": True}, None), ({}, None)]
)
def test_an_answer_of_json_may_tell_how_long_it_is(said: dict[str, Any], pages: int | None) -> None:
    page = answer({**said, "items": many(4)})
    plan = json_findings(page)[0].model_copy(update={"follow": Follow(turn=Turn(parameter="page"))})
    found = report(page, plan)
    assert found.pages == pages
    assert found.requests_a_day == (pages or 2)
    assert found.pagination == "the parameter page, by 1"


def test_a_token_is_told_with_where_it_stands() -> None:
    page = answer({"next": "x", "items": many(4)})
    plan = json_findings(page)[0].model_copy(update={"follow": Follow(turn=Turn(parameter="after", cursor="next"))})
    assert report(page, plan).pagination == "the parameter after, from the token at next"


def test_a_finding_that_is_not_turned_is_one_page() -> None:
    found = report(listing(range(1, 6), PAGER), blueprint())
    assert (found.pagination, found.pages, found.requests_a_day) == ("none", 1, 1)


def test_an_address_that_robots_forbid_is_not_feasible() -> None:
    found = report(
        listing(range(1, 6)), blueprint(), Robots(allowed=False, delay=0, message="robots.txt forbids this address.")
    )
    assert not found.is_feasible
    assert found.robots.message == "robots.txt forbids this address."


def test_a_shell_and_what_covers_it_are_told() -> None:
    shell = Page(
        "https://a.example/",
        b"<body><div id=root></div><div role=dialog class=cookie><button>Yes</button></div><script></script></body>",
    )
    found = report(shell)
    assert found.needs_script
    assert found.barriers == ("consent",)
    assert not report(shell, rendered=shell).needs_script


def test_other_kinds_of_page_are_reported_too() -> None:
    assert report(answer(many(3))).terms is None
    pdf = report(Page("https://a.example/x.pdf", b"%PDF-1.7"))
    assert (pdf.needs_script, pdf.licences, pdf.barriers) == (False, (), ())
