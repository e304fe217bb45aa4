"""Two boards of vacancies on one platform, whose next build names its classes anew on every site."""

from __future__ import annotations

from dataclasses import dataclass

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from tests.little_site import LittleSite

MENU = ("Vacancies", "Employers", "Advice")


@dataclass(frozen=True)
class Site:
    """One board: what it calls its fields (of the title, the place, the address), its words, and its build's hash."""

    name: str
    fields: tuple[str, str, str]
    jobs: tuple[str, ...]
    towns: tuple[str, ...]
    motto: str
    built: str

    def title(self, number: int) -> str:
        """Return what a vacancy is called."""
        return f"{self.jobs[number % len(self.jobs)]} for team {number}"

    def town(self, number: int) -> str:
        """Return where it is."""
        return self.towns[number * 3 % len(self.towns)]


SITES = (
    Site(
        "north",
        ("title", "place", "url"),
        ("Carpenter", "Nurse practitioner", "Bridge engineer", "Pastry cook"),
        ("Halden", "Moss", "Larvik", "Hamar", "Bergen"),
        "Work by the northern sea",
        "x7Kq2",
    ),
    Site(
        "south",
        ("name", "town", "link"),
        ("Sommelier", "Vineyard manager", "Glass blower", "Tour guide", "Olive grower"),
        ("Siena", "Lucca", "Arezzo", "Pisa"),
        "Jobs under the southern sun",
        "p3ZwM",
    ),
)


def before(site: Site, first: int) -> str:
    """Return the page as the platform built it at first."""
    rows = "".join(
        f'<tr class="vacancy"><td class="vacancy-name"><a href="/job/{n}">{site.title(n)}</a></td>'
        f'<td class="vacancy-place">{site.town(n)}</td></tr>'
        for n in range(first, first + 12)
    )
    menu = "".join(f'<td class="nav"><a href="/{each.lower()}">{each}</a></td>' for each in MENU)
    return _whole(site, f'<table class="menu"><tr>{menu}</tr></table><table class="vacancies">{rows}</table>')


def after(site: Site, first: int) -> str:
    """Return the page as the platform builds it later."""
    built = site.built
    rows = "".join(
        f'<article class="jobcard_{built}"><div class="jobcard-main_{built}"><h2 class="heading_{built}">'
        f'<a class="more_{built}" href="/job/{n}">{site.title(n)}</a></h2><p class="region_{built}">{site.town(n)}</p>'
        "</div></article>"
        for n in range(first, first + 12)
    )
    menu = "".join(f'<li class="entry_{built}"><a href="/{each.lower()}">{each}</a></li>' for each in MENU)
    head = f'<nav class="topbar_{built}"><ul class="entries_{built}">{menu}</ul></nav>'
    return _whole(site, f'{head}<main class="content_{built}"><section class="board_{built}">{rows}</section></main>')


def _whole(site: Site, body: str) -> str:
    return (
        f"<!doctype html><html><head><meta name='generator' content='JobPress 7.1'><title>{site.motto}</title></head>"
        f"<body><h1>{site.motto}</h1>{body}<footer>{site.motto}, all rights reserved</footer></body></html>"
    )


def plan(site: Site, web: LittleSite, *, anew: bool = False) -> Blueprint:
    """Return what reads the page as it was built at first, or `anew`."""
    ways = ("td.vacancy-name", "td.vacancy-place", "td.vacancy-name a")
    if anew:
        ways = (f"h2.heading_{site.built}", f"p.region_{site.built}", f"a.more_{site.built}")
    title, place, url = (FieldPlan(name=name, selectors=(way,)) for name, way in zip(site.fields, ways, strict=True))
    return Blueprint(
        kind="listing",
        start=web.url(f"/{site.name}"),
        rows=Rows(form="select", selector=f"article.jobcard_{site.built}" if anew else "tr.vacancy"),
        fields=(title, place, url.model_copy(update={"reader": "link"})),
    )


def source_yaml(site: Site, web: LittleSite) -> str:
    """Return the source.yaml of a board."""
    title, place, url = site.fields
    return (
        f'name: {site.name}\nstart: {web.url(f"/{site.name}")}\nprivate_hosts: ["{web.host}"]\n'
        "politeness: {delay: 0, concurrency: 4}\nlate: allow\n"
        f"contract:\n  key: {title}\n  fields:\n    {title}: text\n    {place}: text\n    {url}: url\n"
    )
