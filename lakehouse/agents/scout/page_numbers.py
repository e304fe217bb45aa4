"""Lists of page numbers: which link is that of the next page, and which are those of all."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice, pairwise
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from lakehouse.agents.scout.words import is_steady
from lakehouse.fetcher.html import HtmlNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lakehouse.fetcher.page import Page

MOST_NUMBER = 5000
LEAST = 2
"""Entries of a list of numbers; and the number with which it begins at most, where that of this page is left out."""
CLOSE = 3
"""Elements around a link that may be the list."""
CURRENT = "[aria-current], [class*=active i], [class*=current i], [class*=selected i], [class*=disabled i]"
EDGE = re.compile(r"(^|[-_])(first|last)([-_]|$)", re.IGNORECASE)
"""Classes that tell where in its list an entry stands, on whatever page."""
NAME = re.compile(r"[A-Za-z][\w-]*")


def numbered(page: Page) -> dict[int, HtmlNode]:
    """The links of a list of page numbers, by number: whole texts that are numbers, in one part of the page."""
    best: dict[int, HtmlNode] = {}
    groups: dict[int, dict[int, HtmlNode]] = {}
    for node in page.select("a[href]"):
        if (
            isinstance(node, HtmlNode)
            and node.text.isascii()
            and node.text.isdigit()
            and 0 < int(node.text) < MOST_NUMBER
        ):
            for above in list(_above(node))[:3]:
                groups.setdefault(above.nodes[0].mem_id, {}).setdefault(int(node.text), node)
    for group in groups.values():
        if len(group) > len(best) and _is_run(list(group)):
            best = group
    return best


def _above(node: HtmlNode) -> Iterator[HtmlNode]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _is_run(numbers: list[int]) -> bool:
    """Whether numbers are of pages: they begin near the start or run on, and come in order."""
    near = [high - low for low, high in pairwise(numbers)]
    return numbers == sorted(numbers) and near.count(1) + (len(numbers) == 1) >= max(1, len(near) - 2)


def after_current(page: Page) -> Iterator[str]:
    """Yield selectors of the link right after the number of this page, by what marks that number."""
    items = {number: _item(link) for number, link in numbered(page).items()}
    odd = _odd_one(list(items.values()))
    for number, item in items.items():
        before = item.previous
        if before is None or before.text.strip() != str(number - 1):
            continue
        if before == odd[0] or _marks_current(before):
            inner = "" if item.tag == "a" else " a"
            marks = odd[1] if before == odd[0] else _marks(before)
            yield from (css for mark in marks if _leads(page, css := f"{mark} + {item.tag}{inner}", item))


def all_numbers(page: Page) -> Iterator[str]:
    """Yield selectors of the links of all numbers, for lists that begin at the first page and mark none."""
    links = numbered(page)
    if len(links) < LEAST or min(links) > LEAST:
        return
    wanted = {_address(page, link) for link in links.values()}
    first = _address(page, links[min(links)])
    for css in _together(list(links.values())):
        if wanted - {first} <= {request.url for request in page.links(css)} <= wanted:
            yield css
            return


def is_all_numbers(page: Page, css: str) -> bool:
    """Tell whether a selector finds the links of a list of page numbers, and so leads back as well as on."""
    links = numbered(page)
    return bool(links) and {request.url for request in page.links(css)} == {
        _address(page, link) for link in links.values()
    }


def _item(link: HtmlNode) -> HtmlNode:
    """The entry of the list that holds a link and nothing else."""
    parent = link.parent
    while parent is not None and parent.text == link.text and parent.previous is None and parent.next is None:
        link, parent = parent, parent.parent
    return parent if parent is not None and parent.text == link.text else link


def _marks_current(node: HtmlNode) -> bool:
    return (
        (node.tag != "a" and node.first("a[href]") is None) or node.matches(CURRENT) or node.first(CURRENT) is not None
    )


def _odd_one(items: list[HtmlNode]) -> tuple[HtmlNode | None, list[str]]:
    """The only entry of three or more that bears marks which no other bears, with these: it is that of this page."""
    marks = [_own_marks(item) for item in items]
    counts = Counter(mark for own in marks for mark in own)
    odd = [(item, own) for item, each in zip(items, marks, strict=True) if (own := [m for m in each if counts[m] == 1])]
    return odd[0] if len(odd) == 1 and len(items) > LEAST else (None, [])


def _own_marks(item: HtmlNode) -> list[str]:
    """What an entry, or the link in it, is classed as; not that it is the first or last, as it is on every page."""
    inner = item.first("a[href]")
    own = [f"{item.tag}.{name}" for name in _names(item)]
    return own + ([f"{item.tag}:has(.{name})" for name in _names(inner)] if isinstance(inner, HtmlNode) else [])


def _names(node: HtmlNode) -> list[str]:
    names = dict.fromkeys(str(node.attr("class") or "").split())
    return [name for name in names if NAME.fullmatch(name) and not EDGE.search(name)]


def _marks(node: HtmlNode) -> Iterator[str]:
    inner = node.first("[aria-current]")
    if node.matches("[aria-current]") or inner is not None:
        yield "[aria-current]" if inner is None else f"{node.tag}:has([aria-current])"
    for name in str(node.attr("class") or "").split():
        # "active" tells of one moment's looks, which is the very thing that is wanted here.
        if NAME.fullmatch(name) or is_steady(name):
            yield f"{node.tag}.{name}"
    own = f"{node.tag}:not(:has(a))" if node.first("*") is not None else node.tag
    above = node.parent
    names = [name for name in str(above.attr("class") or "").split() if is_steady(name)] if above is not None else []
    if above is not None:
        yield f"{above.tag}.{names[0]} > {own}" if names else f"{above.tag} > {own}"


def _together(links: list[HtmlNode]) -> Iterator[str]:
    """What may find these links and no others: a name of something around them, or how their addresses begin."""
    for above in islice(_above(links[0]), CLOSE):
        yield from (f"{above.tag}.{name} a" for name in str(above.attr("class") or "").split() if is_steady(name))
        if is_steady(name := str(above.attr("id") or "")):
            yield f"#{name} a"
    begin = re.sub(r"\d+\D*$", "", str(links[-1].attr("href")))
    if len(begin) > 1 and '"' not in begin:
        yield f'a[href^="{begin}"]'


def _leads(page: Page, css: str, item: HtmlNode) -> bool:
    link = item if item.tag == "a" else item.first("a[href]")
    return isinstance(link, HtmlNode) and [request.url for request in page.links(css)] == [_address(page, link)]


def _address(page: Page, link: HtmlNode) -> str:
    return urljoin(page.base, str(link.attr("href"))).partition("#")[0]
