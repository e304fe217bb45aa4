"""What a person should know before an address becomes a source: whether, how, how often, under which licence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from lakehouse.agents.extract import extract
from lakehouse.agents.scout.barriers import barriers
from lakehouse.agents.scout.formats.pdf_table import is_pdf
from lakehouse.agents.scout.formats.turning import Told, told
from lakehouse.agents.scout.page_numbers import numbered
from lakehouse.agents.scout.rights import licences, terms_link
from lakehouse.agents.scout.scripted import needs_script
from lakehouse.source.cadence import cron_of, runs_a_day

if TYPE_CHECKING:
    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.agents.scout.look import Look, Robots
    from lakehouse.agents.scout.outcome import Note
    from lakehouse.fetcher.page import Page

TOTALS = re.compile(r"(^|_)(total|total_?(count|results|items|elements|hits|records)|count|num_?found|hits_total)$")
PAGES = re.compile(r"(^|_)(pages|total_?pages|last_?page|page_?count|num_?pages|max_?page)$")


@dataclass(frozen=True)
class Feasibility:
    """The report; `pages` is the length of the listing where the site tells it, else `requests_a_day` counts two."""

    url: str
    robots: Robots
    terms: str | None
    needs_script: bool
    barriers: tuple[str, ...]
    pagination: str
    pages: int | None
    requests_a_day: float
    licences: tuple[str, ...]
    notes: tuple[Note, ...]

    @property
    def is_feasible(self) -> bool:
        """Whether nothing speaks against fetching the address."""
        return self.robots.allowed

    @property
    def seconds_a_day(self) -> float:
        """How long the site's own crawl delay makes a day's requests take, at least."""
        return self.requests_a_day * self.robots.delay


def feasibility(
    look: Look,
    robots: Robots,
    blueprint: Blueprint | None = None,
    *,
    cadence: str = "daily",
    rendered: Page | None = None,
) -> Feasibility:
    """Return the report on a page that was looked at, and on the finding that would become a source, if any."""
    page = look.page
    is_html = not page.is_json and not is_pdf(page)
    rows = len(extract(blueprint.model_copy(update={"details": None}), page)) if blueprint else 0
    pages = page_count(page, blueprint) if blueprint else 1
    return Feasibility(
        url=page.url,
        robots=robots,
        terms=terms_link(page) if is_html else None,
        needs_script=is_html and needs_script(page, rows, rendered),
        barriers=tuple(dict.fromkeys(barrier.kind for barrier in barriers(page))) if is_html else (),
        pagination=pagination(blueprint),
        pages=pages,
        requests_a_day=round(requests(blueprint, pages or 2, rows) * runs_a_day(cron_of(cadence)), 2),
        licences=licences(page) if not is_pdf(page) else (),
        notes=look.notes,
    )


def pagination(blueprint: Blueprint | None) -> str:
    """Say in words how the pages of a finding are turned."""
    follow = blueprint.follow if blueprint else None
    if follow and follow.next_page:
        return f"a link to the next page at {follow.next_page}"
    if follow and follow.turn:
        turn = follow.turn
        return (
            f"the parameter {turn.parameter}, from the token at {turn.cursor}"
            if turn.cursor
            else f"the parameter {turn.parameter}, by {turn.step}"
        )
    return "none"


def page_count(page: Page, blueprint: Blueprint) -> int | None:
    """The number of pages of a listing; 1 where nothing is followed, None where the page does not tell."""
    if not blueprint.follow.next_page and blueprint.follow.turn is None:
        return 1
    if not page.is_json:
        return max(numbered(page), default=None)
    said = list(told(page.document))
    pages, total = _number(said, PAGES), _number(said, TOTALS)
    return pages or (ceil(total / blueprint.evidence.rows) if total and blueprint.evidence.rows else None)


def _number(said: list[Told], named: re.Pattern[str]) -> int | None:
    numbers = (each.value for each in said if named.search(each.name) and not isinstance(each.value, bool))
    return next((value for value in numbers if isinstance(value, int) and value > 0), None)


def requests(blueprint: Blueprint | None, pages: int, rows: int) -> int:
    """The requests of one run: each page of the listing, and each record's own page where these are followed."""
    return pages * (1 + (rows if blueprint and blueprint.follow.details else 0))
