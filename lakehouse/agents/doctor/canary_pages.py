"""Pages as they would be if selectors lost what they hold on to: the same elements without those names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.extract import rows_of
from lakehouse.agents.scout.candidates import is_html
from lakehouse.fetcher.errors import PageError, SelectorError
from lakehouse.fetcher.html import HtmlNode
from lakehouse.fetcher.page import Page

CLASS, OTHER = re.compile(r"\.([A-Za-z_-][\w-]*)"), re.compile(r"#([\w-]+)|\[([\w-]+)")
CSS = re.compile(r"^[\w\s.#>+~*:\[\]=\"'|^$()-]+$")
WAY = re.compile(r"@[\w-]+$|\s+(?:own\(\)|line\(\d+\))$")
FUNCTION = re.compile(r"^(?:label|preceding|ld)\(")
KEPT = frozenset({"href", "src", "datetime"})
"""Attributes that are values themselves."""


def without_names(page: Page, blueprint: Blueprint, fields: Sequence[str]) -> Page | None:
    """Return the page with the names taken away that the selectors of some fields hold on to, or those of the rows.

    The rows lose theirs where no field is named. None where nothing can be taken away: the page is no HTML, or the
    selectors hold on to nothing but tags and places.
    """
    if not is_html(page):
        return None
    copy = Page(page.url, page.text.encode(), "text/html; charset=utf-8", page.meta)
    plan = blueprint.of_records
    wanted = [selector for field in plan.fields if field.name in fields for selector in field.selectors]
    try:
        rows = [row for row in rows_of(copy, plan.rows) if isinstance(row, HtmlNode)]
        found = [(each, wanted) for row in rows for selector in wanted for each in _way(row, selector)]
    except (PageError, SelectorError):
        return None
    if not fields:
        found = [(row, [plan.rows.selector]) for row in rows]
    changed = [_strip(element, names_of(selectors)) for element, selectors in found]
    return Page(page.url, copy.html.html.encode(), copy.content_type, page.meta) if any(changed) else None


def names_of(selectors: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the classes, and the ids and attributes, that CSS selectors hold on to."""
    ways = [WAY.sub("", selector) for selector in selectors if not FUNCTION.match(selector)]
    others = (name or "" for way in ways for pair in OTHER.findall(way) for name in pair)
    return frozenset(name for way in ways for name in CLASS.findall(way)), frozenset(others) - KEPT - {""}


def _way(row: HtmlNode, selector: str) -> Iterator[HtmlNode]:
    """Give the elements that a selector finds in a row, and those between them and the row."""
    css = WAY.sub("", selector).strip()
    if not css or FUNCTION.match(css) or not CSS.match(css):
        return
    for found in row.select(css):
        up: HtmlNode | None = found if isinstance(found, HtmlNode) else None
        while up is not None and up != row:
            yield up
            up = up.parent


def _strip(node: HtmlNode, names: tuple[frozenset[str], frozenset[str]]) -> bool:
    classes, others = names
    element = node.nodes[0]
    before = dict(element.attributes)
    kept = [name for name in (before.get("class") or "").split() if name not in classes]
    changes: dict[str, str | None] = {}
    if "class" in before and kept != (before["class"] or "").split():
        changes["class"] = " ".join(kept) or None
    changes |= {name: None for name, value in before.items() if name in others or (name == "id" and value in others)}
    for name, value in changes.items():
        if value is None:
            del element.attrs[name]
        else:
            element.attrs[name] = value
    return bool(changes)
