"""A source of a few books on two pages: the smallest site on which everything can be shown."""

from __future__ import annotations

from tests.little_site import Answer, LittleSite, html
from tests.raw_site import RawSite

FETCHER = '''"""Fetcher of `books`, written by hand."""
from lakehouse.fetcher import Request, link, number, text

START = "{start}"


def start():
    yield Request(START)


def follow(page):
    yield from page.links("a.next")


def parse(page):
    for row in page.select("li.book"):
        yield {{
            "title": text(row, "b"),
            "price": number(row, "i"),
            "url": link(row, "a"),
        }}
'''

SOURCE = """\
name: books
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


def page(first: int, count: int, *, following: str = "", tag: str = "b") -> Answer:
    """Return a page of books numbered from `first`; `tag` is the element that holds the title."""
    rows = "".join(
        f'<li class="book"><{tag}>Book {n}</{tag}> <i>{n}.50</i> <a href="/book/{n}">more</a></li>'
        for n in range(first, first + count)
    )
    forward = f'<a class="next" href="{following}">next</a>' if following else ""
    return html(f"<!doctype html><title>Books</title><ul>{rows}</ul>{forward}")


def stock(site: LittleSite, *, tag: str = "b", count: int = 5) -> None:
    """Put two pages of `count` books each on the site."""
    site.pages["/books"] = page(1, count, following="/books?p=2", tag=tag)
    site.pages["/books?p=2"] = page(count + 1, count, tag=tag)


def source_yaml(site: LittleSite | RawSite, **changes: str) -> str:
    """Return the source.yaml; `changes` replace whole lines by their key."""
    text = SOURCE.format(start=site.url("/books"), host=site.host)
    lines = [f"{key}: {value}" for key, value in changes.items()]
    kept = [line for line in text.splitlines() if line.partition(":")[0] not in changes]
    return "\n".join(lines + kept) + "\n"


def fetcher(site: LittleSite, code: str = FETCHER) -> str:
    """Return the fetcher's code for this site."""
    return code.format(start=site.url("/books"))
