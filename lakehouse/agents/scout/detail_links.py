"""The links of a listing's rows that lead to their own pages. Proposals, to be verified."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lakehouse.agents.extract import rows_of
from lakehouse.fetcher.links import link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lakehouse.agents.blueprint import Blueprint, Rows
    from lakehouse.fetcher.page import Page

MAIN = ("h1 a", "h2 a", "h3 a", "h4 a", "td:first-child a", "a")
"""Where the main link of a row stands, where the blueprint reads none."""
SHARE = 0.8
LEAST_ROWS = 2
FILES = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|zip|gz|csv|jpe?g|png|gif|webp|svg|mp[34]|ics|rtf|txt)$", re.IGNORECASE)
PLAIN = re.compile(r"^[^@()]*$|^[^@]*@href$")


def detail_links(page: Page, blueprint: Blueprint) -> list[str]:
    """Selectors, for the whole page, of links that nearly all rows have to pages of their own; the likeliest first."""
    found = rows_of(page, blueprint.rows)
    read = [selector for field in blueprint.fields if field.reader == "link" for selector in field.selectors[:1]]
    more = MAIN if blueprint.rows.form == "select" else ()
    wanted = [selector for selector in dict.fromkeys([*read, *more]) if PLAIN.match(selector)]
    proposals: dict[tuple[str, ...], str] = {}
    for selector in wanted:
        addresses = [url for node in found if isinstance(url := link(node, selector), str)]
        whole = _whole(blueprint.rows, selector)
        if whole and are_details(page, addresses, len(found)) and _same(page, whole, addresses):
            proposals.setdefault(tuple(addresses), whole)
    return list(proposals.values())


def _whole(rows: Rows, selector: str) -> str:
    """The selector of a row's link as one of the page; "" where that cannot be written."""
    if rows.form == "json" and not rows.options:
        items = rows.selector if rows.selector.endswith("[*]") else f"{rows.selector}[*]"
        return f"{items}{selector if selector.startswith('[') else f'.{selector}'}"
    if rows.form != "select" or not rows.selector:
        return ""
    css = selector.removesuffix("@href").strip() or "a"
    row = f":is({rows.selector})" if "," in rows.selector else rows.selector
    return row if selector == "@href" else f"{row} {css}"


def _same(page: Page, whole: str, addresses: Sequence[str]) -> bool:
    return {address.partition("#")[0] for address in addresses} <= {request.url for request in page.links(whole)}


def are_details(page: Page, addresses: Sequence[str], rows: int) -> bool:
    """Whether addresses are those of the rows' own pages: on the same host, different, of one form, and no files."""
    here = urlsplit(page.url)
    own = [
        url
        for url in addresses
        if urlsplit(url).netloc == here.netloc and not FILES.search(urlsplit(url).path) and url != page.url
    ]
    if rows < LEAST_ROWS or len(own) < SHARE * rows or len(set(own)) < SHARE * len(own):
        return False
    return max(Counter(map(_form, own)).values()) >= SHARE * len(own)


def _form(url: str) -> tuple[str, ...]:
    """What the addresses of one kind of page share: depth and first step of the path, and the query's names."""
    parts = urlsplit(url)
    steps = [step for step in parts.path.split("/") if step]
    names = sorted(pair.partition("=")[0] for pair in parts.query.split("&") if pair)
    return (str(len(steps)), *_steady(steps), *names)


def _steady(steps: Sequence[str]) -> Iterator[str]:
    # Dates and categories may stand in the middle of an address; its first step is the section of the site.
    yield from steps[:1] if len(steps) > 1 else ()
