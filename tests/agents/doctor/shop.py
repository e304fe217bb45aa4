"""A shop of books whose fetcher was written from a blueprint, and whose pages change their names as shops do."""

from __future__ import annotations

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.builder.code import fetcher_code
from lakehouse.engine import ParseReport, fetch_day, parse_day
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.little_site import Answer, LittleSite, html

NAME = "shop"
DAYS = [f"2026-01-0{n}" for n in range(1, 9)]
WORDS = "Winter Harbour Lantern Orchard Sparrow Quarry Meadow Copper Velvet Thistle Granite Juniper".split()  # noqa: SIM905
SOURCE = """\
name: {name}
start: {start}
private_hosts: ["{host}"]
politeness: {{delay: 0, concurrency: 4}}
late: allow
contract:
  key: title
  fields:
    title: text
    price: decimal
    url: url
"""


def shelf(price: str = "price amount", *, first: int = 0) -> Answer:
    """Return the page of twelve books; `price` are the classes of their prices."""
    rows = "".join(
        f'<li class="book"><h3 class="title"><a href="/book/{n}">The {WORDS[n % 12]} of {WORDS[(n * 5 + 3) % 12]}, '
        f'volume {n}</a></h3> <span class="{price}">{n * 3 % 50 + 4}.{n * 7 % 90 + 10}</span></li>'
        for n in range(first, first + 12)
    )
    menu = '<nav class="menu"><a href="/">Lantern Books</a> <a href="/new">New arrivals</a></nav>'
    return html(
        f"<!doctype html><html><head><title>Lantern Books: all volumes</title></head><body>{menu}"
        f'<h1>All our volumes</h1><ul class="books">{rows}</ul><footer>Lantern Books, Harbour Street</footer></body>'
        "</html>"
    )


def blueprint(site: LittleSite) -> Blueprint:
    """Return what reads the shelf: the price by two selectors."""
    return Blueprint(
        kind="listing",
        start=site.url("/shop"),
        rows=Rows(form="select", selector="li.book"),
        fields=(
            FieldPlan(name="title", selectors=("h3.title",)),
            FieldPlan(name="price", reader="number", selectors=("span.price", "span.amount")),
            FieldPlan(name="url", reader="link", selectors=("h3.title a",)),
        ),
    )


def open_shop(lake: Lake, site: LittleSite, plan: Blueprint | None = None, name: str = NAME) -> Registry:
    """Register the shop and release its fetcher."""
    registry, plan = Registry(lake), plan or blueprint(site)
    registry.register(SOURCE.format(name=name, start=plan.start, host=site.host))
    staged = registry.stage(name, fetcher_code(plan, name), plan.model_dump(mode="json"), {})
    registry.release(staged, "test")
    return registry


def run(lake: Lake, registry: Registry, day: str, name: str = NAME) -> ParseReport:
    """Fetch and parse a day."""
    fetch_day(lake, registry, name, day)
    return parse_day(lake, registry, name, day)
