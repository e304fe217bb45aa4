"""A board of posts: its listing gives only links, and each post has a page of its own that gives the record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from lakehouse.agents.blueprint import DETAIL, Blueprint, DetailPart, FieldPlan, Follow, Rows
from lakehouse.agents.builder.code import fetcher_code
from lakehouse.agents.doctor.incident import Incident
from lakehouse.agents.doctor.treatment import Treatment
from lakehouse.engine import ParseReport, fetch_day, parse_day, parse_days
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.little_site import Answer, LittleSite, html

TODAY = datetime.now(UTC).date()
DAYS = [(TODAY - timedelta(days=days)).isoformat() for days in (3, 2, 1, 0)]
TRADES = "Baker Carpenter Dyer Engraver Florist Glazier Hatter Ironmonger Joiner Knitter Locksmith Mason".split()  # noqa: SIM905
TOWNS = ("Ashford", "Barnstow", "Caldmere", "Dunwick", "Elverton")
POSTS = len(TRADES)
SOURCE = """\
name: posts
start: {start}
private_hosts: ["{host}"]
politeness: {{delay: 0, concurrency: 4}}
late: allow
contract:
  key: title
  fields:
    title: text
    town: text
    wage: decimal
    url: url
"""


def facts(number: int) -> tuple[str, str, str]:
    """Return the title, the town and the wage of a post."""
    return f"{TRADES[number]} wanted", TOWNS[number * 3 % 5], f"{number * 371 % 900 + 1200}.{number * 7 % 90 + 10}"


def frame(body: str) -> Answer:
    """Return a page of the site."""
    menu = '<nav class="menu"><a href="/">Guild of trades</a> <a href="/about">About the guild</a></nav>'
    foot = '<footer class="foot">The Guild of trades keeps this board for all its members</footer>'
    return html(f"<!doctype html><html><head><title>Guild board</title></head><body>{menu}{body}{foot}</body></html>")


def board(*, build: str = "old", section: str = "post") -> Answer:
    """Return the listing in one of two builds."""
    links = [(facts(n)[0], f"/{section}/{n}") for n in range(POSTS)]
    if build == "old":
        rows = "".join(f'<li class="post"><a class="more" href="{href}">{title}</a></li>' for title, href in links)
        return frame(f'<h1>Open posts</h1><ul class="posts">{rows}</ul>')
    cards = "".join(
        f'<article class="card"><h3><a href="{href}">{title}</a></h3><p>Apply soon</p></article>'
        for title, href in links
    )
    return frame(f'<h1>Open posts</h1><div class="deck">{cards}</div>')


def post(number: int, *, build: str = "old") -> Answer:
    """Return the page of one post in one of two builds."""
    title, town, wage = facts(number)
    if build == "old":
        return frame(
            f'<main class="one"><h1 class="title">{title}</h1><p class="town">{town}</p>'
            f'<p class="pay">{wage}</p></main>'
        )
    return frame(
        f'<section class="sheet"><h2 class="headline">{title}</h2><dl class="facts"><dt>Town</dt><dd>{town}</dd>'
        f"<dt>Wage</dt><dd>{wage}</dd></dl></section>"
    )


def stock(site: LittleSite, *, listing: str = "old", posts: str = "old", section: str = "post") -> None:
    """Put the board on the site, each part in its build; at other addresses where the section is another."""
    site.pages = {"/board": board(build=listing, section=section)}
    site.pages |= {f"/{section}/{number}": post(number, build=posts) for number in range(POSTS)}


def blueprint(site: LittleSite) -> Blueprint:
    """Return what reads the old build."""
    fields = (
        FieldPlan(name="url", reader="page_url", selectors=()),
        FieldPlan(name="title", selectors=("h1.title",)),
        FieldPlan(name="town", selectors=("p.town",)),
        FieldPlan(name="wage", reader="number", selectors=("p.pay",)),
    )
    return Blueprint(
        kind="listing",
        start=site.url("/board"),
        rows=Rows(form="select", selector="li.post"),
        fields=(FieldPlan(name="title", selectors=("a",)), FieldPlan(name="url", reader="link", selectors=("a@href",))),
        follow=Follow(details="li.post a"),
        key=("title",),
        details=DetailPart(fields=fields),
    )


def open_board(lake: Lake, site: LittleSite) -> Registry:
    """Register the board, release its fetcher and give it two good days."""
    stock(site)
    registry, plan = Registry(lake), blueprint(site)
    registry.register(SOURCE.format(start=plan.start, host=site.host))
    staged = registry.stage("posts", fetcher_code(plan, "posts"), plan.model_dump(mode="json"), {})
    registry.release(staged, "test")
    for day in DAYS[:2]:
        assert run(lake, registry, day).rows == POSTS
    return registry


def run(lake: Lake, registry: Registry, day: str) -> ParseReport:
    """Fetch and parse a day."""
    fetch_day(lake, registry, "posts", day, late=True)
    return parse_day(lake, registry, "posts", day)


def carried_out(lake: Lake, registry: Registry, treatment: Treatment) -> dict[str, int]:
    """Do what follows a release, as the healer does, and return the rows of each day."""
    if treatment.refetch:
        for day in treatment.days:
            fetch_day(lake, registry, "posts", day, late=True)
    reports = parse_days(lake, registry, "posts", list(treatment.days)).reports
    return {day: report.rows for day, report in reports.items()}


def addresses(lake: Lake, day: str) -> set[str]:
    """Return the addresses that the table has of a day, without their host."""
    return {
        url.partition("/")[2].lstrip("/").partition("/")[2] for url in lake.table("silver/posts").read([day])["url"]
    }


def behind(incident: Incident) -> int:
    """Return how many of the failing pages are of posts."""
    return sum(ref.meta.get("page") == DETAIL for ref in incident.failing)
