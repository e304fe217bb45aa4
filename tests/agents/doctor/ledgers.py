"""A shop that puts its shelf into lines of plain text one day: no selector finds records there, code does."""

from __future__ import annotations

from collections.abc import Callable

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.builder.code import fetcher_code
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.agents.doctor.shop import WORDS
from tests.little_site import Answer, LittleSite, html
from tests.llm.scripted import Asked, Says

NAME = "ledger"
SOURCE = """\
name: ledger
start: {start}
private_hosts: ["{host}"]
politeness: {{delay: 0, concurrency: 4}}
late: allow
contract:
  key: title
  fields:
    title: text
    price: decimal
"""
ROWS = [
    (f"The {WORDS[n % 12]} of {WORDS[(n * 5 + 3) % 12]}", f"{n * 3 % 50 + 14}.{n * 7 % 90 + 10}") for n in range(12)
]
FRAME = (
    '<!doctype html><html><head><title>Lantern Books: all volumes</title></head><body><nav class="menu">'
    '<a href="/">Lantern Books</a> <a href="/new">New arrivals</a></nav><h1>All our volumes</h1>{}'
    "<footer>Lantern Books, Harbour Street, telephone 020 7946 0123</footer></body></html>"
)

RIGHT = """
def parse(page):
    for line in page.one("pre").raw_text.split("\\n"):
        head, mark, price = line.strip().rpartition(" ~ ")
        if mark:
            yield {"title": head.strip(), "price": price.strip()}
"""
GREEDY = """
def parse(page):
    for line in page.one("body").raw_text.split("\\n"):
        if line.strip():
            yield {"title": line.strip(), "price": "1.00"}
"""
WRONG = """
def parse(page):
    number = 0
    for line in page.one("pre").raw_text.split("\\n"):
        head, mark, price = line.strip().rpartition(" ~ ")
        if mark:
            number += 1
            yield {"title": head.strip(), "price": str(number) + ".50"}
"""
HOSTILE = """
import os
def parse(page):
    os.system("touch /tmp/owned")
    yield {"title": "x", "price": "1"}
"""
NONSENSE = "I am sorry, I cannot do that."


def listed(name: str = "book") -> Answer:
    """Return the shelf as it was, or with its rows by another name."""
    rows = "".join(f'<li class="{name}"><h3>{title}</h3> <b class="price">{price}</b></li>' for title, price in ROWS)
    return html(FRAME.format(f'<ul class="books">{rows}</ul>'))


def in_lines(extra: str = "") -> Answer:
    """Return the shelf as lines of plain text, which a page may follow with what it likes."""
    lines = "\n".join(f"{title} ~ {price}" for title, price in ROWS)
    return html(FRAME.format(f"<pre>{lines}</pre>{extra}"))


def open_ledger(lake: Lake, site: LittleSite) -> Registry:
    """Register the ledger and release its fetcher."""
    registry = Registry(lake)
    plan = Blueprint(
        kind="listing",
        start=site.url("/ledger"),
        rows=Rows(form="select", selector="li.book"),
        fields=(
            FieldPlan(name="title", selectors=("h3",)),
            FieldPlan(name="price", reader="number", selectors=("b.price",)),
        ),
    )
    registry.register(SOURCE.format(start=plan.start, host=site.host))
    staged = registry.stage(NAME, fetcher_code(plan, NAME), plan.model_dump(mode="json"), {})
    registry.release(staged, "test")
    return registry


def model_that_writes(*codes: str) -> Callable[[Asked], Says]:
    """Return a model that chooses no region, and writes the next of some codes each time, the last one for ever."""
    left = list(codes)

    def answer(asked: Asked) -> Says:
        if '"region"' in asked.text:
            return Says({"region": None})
        code = left.pop(0) if len(left) > 1 else left[0]
        return Says(code if code == NONSENSE else {"code": code})

    return answer
