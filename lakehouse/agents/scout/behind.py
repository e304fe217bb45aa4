"""The pages behind the rows of a listing as a finding: one record a page, told by what a few of them have in common."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from lakehouse.agents.blueprint import DETAIL, DetailPart, FieldPlan, Rows
from lakehouse.agents.extract import read_field, rows_of
from lakehouse.agents.scout.behind_fields import data_fields, offered
from lakehouse.agents.scout.fidelity import printed
from lakehouse.agents.scout.induce_detail import induce_detail
from lakehouse.agents.scout.match import agree
from lakehouse.agents.scout.outline import outline_of
from lakehouse.agents.scout.tidy import MOST_FIELDS, as_printed, is_composite, typed
from lakehouse.errors import LakehouseError
from lakehouse.fetcher.links import link
from lakehouse.fetcher.page import Page

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.fetcher.node import Node

    Fetch = Callable[[str], Awaitable[Page]]

SAMPLE = 5
"""Pages from which the fields are told; a trial reads about as many."""
MOSTLY = 0.8
URL = FieldPlan(name="url", reader="page_url", selectors=())


async def details_of(page: Page, listing: Blueprint, fetch: Fetch, known: Sequence[Page] = ()) -> tuple[Page, ...]:
    """Return a few of the pages behind the rows, those that are `known` first, as the engine would hand them on."""
    there = {each.url: each for each in known}
    pages = list(there.values())
    for request in page.links(listing.follow.details):
        if len(pages) >= SAMPLE:
            break
        if request.url not in there and (found := await _fetched(request.url, fetch)) is not None:
            pages.append(found)
    return tuple(Page(each.url, each.body, each.content_type, {"page": DETAIL}) for each in pages)


async def _fetched(url: str, fetch: Fetch) -> Page | None:
    try:
        return await fetch(url)
    except LakehouseError:
        # A record whose page is gone tells nothing of how the others are read.
        return None


def behind(
    listing: Blueprint, page: Page, pages: Sequence[Page], examples: Sequence[Mapping[str, str]] = ()
) -> DetailPart | None:
    """How the pages behind a listing's rows are read, or None where they tell nothing; the url is a field of its own.

    What the rows say is looked for first and keeps its names, then comes what differs from page to page. With
    examples there are only their fields.
    """
    nodes = [each.one() for each in pages]
    if not nodes:
        return None
    if all(each.is_json for each in pages):
        found = data_fields(pages)
    else:
        known = _known(listing, page, pages, examples)
        found = _located(pages, known) if examples else [*_located(pages, known), *offered(pages)]
    fields = _chosen([typed(field, nodes) for field in found], nodes)
    if not fields:
        return None
    names = Counter(["url"])
    return DetailPart(rows=Rows(form="one"), fields=(URL, *(_named(field, names) for field in fields)))


def _known(
    listing: Blueprint, page: Page, pages: Sequence[Page], examples: Sequence[Mapping[str, str]]
) -> list[dict[str, str]]:
    """What the listing's row, or an example that agrees with it, says of each page."""
    rows = {url: node for node in rows_of(page, listing.rows) for url in _addresses(node, listing)}
    said = [_said(listing, rows[each.url]) if each.url in rows else {} for each in pages]
    if not examples:
        return said
    return [next((dict(example) for example in examples if _fits(example, row)), {}) for row in said]


def _addresses(node: Node, listing: Blueprint) -> list[str]:
    read = [selector for field in listing.fields if field.reader == "link" for selector in field.selectors]
    found = [link(node, selector) for selector in read]
    if not node.page.is_json:
        found += [link(each) for each in (node, *node.select("a[href]"))]
    return [url.partition("#")[0] for url in found if isinstance(url, str)]


def _said(listing: Blueprint, node: Node) -> dict[str, str]:
    texts = [field for field in map(as_printed, listing.fields) if field.reader == "text"]
    return {field.name: said for field in texts if (said := printed(read_field(node, field)))}


def _fits(example: Mapping[str, str], row: Mapping[str, str]) -> bool:
    shared = [name for name in example if name in row]
    return bool(shared) and all(agree(example[name], row[name]) for name in shared)


def _located(pages: Sequence[Page], known: Sequence[Mapping[str, str]]) -> list[FieldPlan]:
    """The fields that give on every page what is known of it, with the selectors that do."""
    told = [(page, said) for page, said in zip(pages, known, strict=True) if said]
    if not told:
        return []
    first, said = told[0]
    fields = induce_detail(first, outline_of(first), said).fields
    right = [(field, _right(field, told)) for field in fields]
    return [field.model_copy(update={"selectors": tuple(selectors)}) for field, selectors in right if selectors]


def _right(field: FieldPlan, told: Sequence[tuple[Page, Mapping[str, str]]]) -> list[str]:
    def gives(selector: str, page: Page, value: str) -> bool:
        return agree(printed(read_field(page.one(), field.model_copy(update={"selectors": (selector,)}))), value)

    wanted = [(page, said[field.name]) for page, said in told if field.name in said]
    return [selector for selector in field.selectors if all(gives(selector, page, value) for page, value in wanted)]


def _chosen(found: Sequence[FieldPlan], nodes: Sequence[Node]) -> list[FieldPlan]:
    """The fields that say something of their own: no two the same, none that strings others together."""
    values = [[printed(read_field(node, as_printed(field))) for node in nodes] for field in found]
    different: dict[tuple[str, ...], int] = {}
    for place, said in enumerate(values):
        if any(said):
            different.setdefault(tuple("".join(value.split()).casefold() for value in said), place)
    lists = [place for place in different.values() if found[place].reader == "items"]
    texts = [place for place in different.values() if place not in lists]
    lists = [
        place for place in lists if not _is_of(values[place], [values[text] for text in texts if _is_sure(found[text])])
    ]
    columns = {str(place): values[place] for place in texts}
    kept = [
        place
        for place in texts
        if found[place].reader == "link" or not is_composite(str(place), columns)
        if _is_sure(found[place]) or not any(_is_in(values[place], values[each]) for each in lists)
    ]
    return [found[place] for place in sorted([*kept, *lists])][:MOST_FIELDS]


def _is_sure(field: FieldPlan) -> bool:
    """Whether a field stands for itself: beside a label, in structured data, or under a heading."""
    return field.selectors[0].startswith(("label(", "ld(", "[itemprop", "h1"))


def _is_of(lists: Sequence[str], texts: Sequence[Sequence[str]]) -> bool:
    """Whether the items of a list are values of other fields, page by page."""
    items = [(place, item) for place, said in enumerate(lists) for item in said.split("\n") if item]
    return sum(any(column[place] == item for column in texts) for place, item in items) >= MOSTLY * len(items)


def _is_in(said: Sequence[str], lists: Sequence[str]) -> bool:
    """Whether a field only gives an item of a list, page by page."""
    return all(value in whole.split("\n") for value, whole in zip(said, lists, strict=True) if value)


def _named(field: FieldPlan, names: Counter[Any]) -> FieldPlan:
    names[field.name] += 1
    number = names[field.name]
    return field if number == 1 else field.model_copy(update={"name": f"{field.name}_{number}"})
