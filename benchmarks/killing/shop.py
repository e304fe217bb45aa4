"""A shop of some thousand goods: its pages, its source, its fetcher, and how it stands in a lake."""

from __future__ import annotations

from dataclasses import dataclass

from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.little_site import LittleSite, html

PAGES = 40
PER_PAGE = 50
GOODS = PAGES * PER_PAGE
NAME = "shop"

SOURCE = """\
name: shop
start: {start}
private_hosts: ["{host}"]
politeness: {{delay: 0, concurrency: 4, robots: false}}
late: allow
contract:
  key: title
  fields:
    title: text
    turn: {{type: integer, required: true}}
    url: url
"""
FETCHER = '''"""Fetcher of `shop`, written for turn {turn}."""
from lakehouse.fetcher import Request, link, number, text


def start():
    for page in range({pages}):
        yield Request(f"{start}{{page}}")


def parse(page):
    for row in page.select("li"):
        yield {{"title": text(row, "b"), "turn": number(row, "i"), "url": link(row, "a")}}
'''


@dataclass
class Shop:
    """The shop on a local site; every good shows the number of the turn in which its page was made."""

    site: LittleSite
    lake: Lake
    turn: int = 0

    def __post_init__(self) -> None:
        self.registry = Registry(self.lake)
        self.registry.register(SOURCE.format(start=self.start, host=self.site.host))
        self.restock()
        self.release()

    @property
    def start(self) -> str:
        """The address of all pages, but for the number at its end."""
        return self.site.url("/goods/")

    def restock(self) -> None:
        """Begin the next turn: every page changes."""
        self.turn += 1
        for page in range(PAGES):
            self.site.pages[f"/goods/{page}"] = html(_page(page, self.turn))

    def release(self) -> int:
        """Release the fetcher anew, and return its number."""
        code = FETCHER.format(turn=self.turn, pages=PAGES, start=self.start)
        return self.registry.release(self.registry.stage(NAME, code, {}, {}), reason="the next turn").number


def _page(page: int, turn: int) -> str:
    goods = range(page * PER_PAGE, (page + 1) * PER_PAGE)
    rows = "".join(f'<li><b>Good {n}</b> <i>{turn}</i> <a href="/good/{n}">more</a></li>' for n in goods)
    return f"<!doctype html><title>Goods</title><ul>{rows}</ul>"
