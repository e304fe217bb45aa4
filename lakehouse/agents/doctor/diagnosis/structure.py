"""How a page is built, without what it says, and how far two pages are built alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from math import log1p
from typing import Any

from lakehouse.agents.once import told_once
from lakehouse.agents.scout.candidates import is_html
from lakehouse.agents.scout.outline import INLINE, Element, outline_of, text_of
from lakehouse.fetcher.errors import PageError
from lakehouse.fetcher.html import HtmlNode
from lakehouse.fetcher.markup import parse_markup
from lakehouse.fetcher.page import Page

SAME = 0.8
"""From here on two pages share a template: real pages with new content lie above, redesigned ones below."""
DEPTH = 4
DEEPEST = 60


def same_structure(before: Page, after: Page) -> float:
    """Return how far two pages share templates, from 0 to 1, whatever they say and however many rows they have.

    The worse error is to call a redesign the same: then a fault of the page is looked for in the code. So class names
    count, and so does the order of nesting.
    """
    if is_html(before) != is_html(after):
        return 0.0
    one, other = paths(before), paths(after)
    most = sum(log1p(max(one[path], other[path])) for path in one | other)
    both = sum(log1p(min(one[path], other[path])) for path in one & other)
    return both / most if most else 1.0


@told_once
def paths(page: Page) -> Counter[Hashable]:
    """Return how often each path of tags and classes stands on a page; of data the paths of keys, each once."""
    if is_html(page):
        return Counter(_path(element) for element in outline_of(page).elements if element.tag not in INLINE)
    if page.is_json:
        try:
            return Counter(set(key_paths(page.document)))
        except PageError:
            return Counter()
    if page.text.lstrip().startswith("<"):
        return Counter({element.name for element in parse_markup(page.text).descendants()})
    return Counter(page.text.split("\n", 1)[0].split(","))


def own_text(element: Element) -> str:
    """Return the text that stands in an element itself, not in one inside of it."""
    return " ".join("".join(text_of(part) for part in element.content if not isinstance(part, Element)).split())


def title_of(page: Page) -> str:
    """Return what a page calls itself in its head."""
    return _first(page, "title")


def heading_of(page: Page) -> str:
    """Return the first main heading of a page."""
    return _first(page, "h1")


def _first(page: Page, css: str) -> str:
    node = page.html.first(css)
    return " ".join(node.raw_text.split()) if isinstance(node, HtmlNode) else ""


def _path(element: Element) -> Hashable:
    around = [element, *element.above()][:DEPTH]
    return tuple((up.tag, up.classes) for up in around)


def key_paths(document: Any) -> Iterator[str]:
    """Yield the path of every key of a JSON value, `[]` for the items of lists."""
    stack: list[tuple[str, Any]] = [("", document)]
    while stack:
        path, value = stack.pop()
        yield path
        if path.count(".") > DEEPEST:
            continue
        if isinstance(value, dict):
            stack.extend((f"{path}.{key}", inner) for key, inner in value.items())
        elif isinstance(value, list):
            stack.extend((f"{path}[]", inner) for inner in value)
