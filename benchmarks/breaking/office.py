"""A permit office with as many listings as are asked for, each of which can be given another dress."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from benchmarks.breaking.dresses import FIRST, Dress, Permit
from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.builder.code import fetcher_code
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.little_site import LittleSite, html

PERMITS, NEW_A_DAY = 40, 3
WORK = ("Roof", "Fence", "Garage", "Solar panels", "Sewer line", "Kitchen", "Deck", "Chimney", "Sign", "Swimming pool")
STREETS = ("Harbor Street", "Mill Road", "Alder Lane", "Quarry Hill", "North Pier", "Station Square", "Elm Court")
OWNERS = ("Keller & Sons", "M. Okafor", "Bright Builders", "R. Lindqvist", "Pier Nine Ltd", "A. Moreno", "Tan Holdings")

SOURCE = """\
name: {name}
start: {start}
private_hosts: ["{host}"]
politeness: {{delay: 0, concurrency: 4, robots: false}}
late: allow
contract:
  key: number
  min_rows: 10
  fields:
    number: {{type: text, required: true}}
    title: {{type: text, required: true}}
    owner: {{type: text, required: true}}
    filed: {{type: date, required: true}}
    fee: {{type: money, required: true}}
    url: {{type: url, required: true}}
"""


@dataclass
class Office:
    """The office's listings on a local site, its sources in a lake, and the days that were turned so far."""

    site: LittleSite
    lake: Lake
    today: date
    dresses: dict[str, Dress] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.registry = Registry(self.lake)

    def open(self, names: list[str]) -> None:
        """Register and release a source for each name, written for the first dress."""
        for name in names:
            self.dresses[name] = FIRST
            start = self.site.url(f"/{name}")
            self.registry.register(SOURCE.format(name=name, start=start, host=self.site.host))
            plan = blueprint(start)
            code = fetcher_code(plan, name)
            staged = self.registry.stage(name, code, plan.model_dump(mode="json"), {}, author="builder")
            self.registry.release(staged, reason="the first")

    def show(self, name: str, day: date) -> None:
        """Put the listing of a day on the site, in the dress of now."""
        body = self.dresses[name](permits(name, day))
        page = f"<!doctype html><html><head><title>{name}</title></head><body><h1>Permits</h1>{body}</body></html>"
        self.site.pages[f"/{name}"] = html(page)


def blueprint(start: str) -> Blueprint:
    """Return how the first dress is read."""
    fields = {
        "number": ("text", "td.no", {}),
        "title": ("text", "td.title a", {}),
        "owner": ("text", "td.owner", {}),
        "filed": ("date", "td.filed", {"order": "YMD"}),
        "fee": ("money", "td.fee", {}),
        "url": ("link", "td.title a", {}),
    }
    plans = tuple(
        FieldPlan(name=name, reader=reader, selectors=(selector,), options=options, required=True)
        for name, (reader, selector, options) in fields.items()
    )
    rows = Rows(form="select", selector="table.permits tbody tr")
    return Blueprint(kind="listing", start=start, rows=rows, fields=plans, key=("number",))


def permits(name: str, day: date) -> list[Permit]:
    """Return what the listing shows on a day, newest first: a few are new, the oldest are gone."""
    newest = NEW_A_DAY * (day - date(2026, 1, 1)).days + PERMITS
    return [_permit(name, number, day) for number in range(newest, newest - PERMITS, -1)]


def _permit(name: str, number: int, day: date) -> Permit:
    chance = random.Random(f"{name}:{number}")
    age = (NEW_A_DAY * (day - date(2026, 1, 1)).days + PERMITS - number) // NEW_A_DAY
    return Permit(
        number=f"{name[:2].upper()}-{10_000 + number}",
        title=f"{chance.choice(WORK)} at {chance.randrange(1, 400)} {chance.choice(STREETS)}",
        owner=chance.choice(OWNERS),
        filed=day - timedelta(days=age),
        fee=f"{chance.randrange(20, 900)}.{chance.choice(('00', '25', '50', '75'))}",
    )
