"""A shop whose listing says little and whose pages behind it say the rest, for the tests of details."""

from __future__ import annotations

from lakehouse.agents.blueprint import DETAIL, Blueprint, FieldPlan, Follow, Rows
from lakehouse.fetcher import Page

START = "https://shop.example/lamps"
NAMES = ["Aurora", "Beacon", "Candle", "Dusk", "Ember", "Flare"]
DAYS = ["2026-03-14", "2026-04-02", "2026-04-19", "2026-05-07", "2026-05-30", "2026-06-11"]
PARTS = [["shade", "foot"], ["lens", "cable"], ["wick"], ["dimmer", "plug", "bulb"], ["grate", "tray"], ["cap", "base"]]


def address(number: int) -> str:
    """Give the address of a lamp's page."""
    return f"https://shop.example/lamp/{number}"


def listing_html(lamps: range = range(6), below: str = "") -> str:
    """Give the listing: a name and a price for each lamp."""
    rows = "".join(
        f'<li class="lamp"><a href="/lamp/{n}">{NAMES[n]} lamp</a> <b class="price">${n + 20}.50</b></li>'
        for n in lamps
    )
    return f"<html><body><h1>Lamps</h1><ul class='lamps'>{rows}</ul>{below}</body></html>"


def detail_html(number: int) -> str:
    """Give the page of a lamp: name and price again, labelled facts, parts, and what all pages have."""
    facts = f"<dt>Since<dd>{DAYS[number]}<dt>Watts<dd>{7 * number + 5}<dt>Colour<dd>white"
    parts = "".join(f"<li>{part} of {NAMES[number]}</li>" for part in PARTS[number])
    return (
        f"<html><head><title>{NAMES[number]} - Shop</title></head><body><nav><a href='/lamps'>All lamps</a></nav>"
        f"<main><h1>{NAMES[number]} lamp</h1><p class='cost'>${number + 20}.50</p><dl>{facts}</dl>"
        f"<ul class='parts'>{parts}</ul><p class='maker'>made by {NAMES[-1 - number]} and sons</p>"
        "<p class='note'>Free delivery</p></main></body></html>"
    )


def listing(lamps: range = range(6)) -> Page:
    """Give the page of the listing."""
    return Page(START, listing_html(lamps).encode(), "text/html")


def detail(number: int) -> Page:
    """Give the page of a lamp as the engine hands it on."""
    return Page(address(number), detail_html(number).encode(), "text/html", {"page": DETAIL})


def blueprint() -> Blueprint:
    """Give the finding on the listing."""
    fields = (
        FieldPlan(name="name", selectors=("a",)),
        FieldPlan(name="price", reader="money", selectors=("b.price",)),
        FieldPlan(name="link", reader="link", selectors=("a@href",)),
    )
    rows = Rows(form="select", selector="li.lamp")
    return Blueprint(kind="listing", start=START, rows=rows, fields=fields, follow=Follow(details="li.lamp a"))
