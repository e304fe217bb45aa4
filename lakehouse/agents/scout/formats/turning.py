"""How the pages of a JSON answer may be turned: links, tokens, numbers, offsets. Proposals, to be verified."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from lakehouse.agents.blueprint import Follow, Turn
from lakehouse.agents.scout.formats.naming import snake
from lakehouse.fetcher.errors import PageError
from lakehouse.fetcher.paths import write_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.fetcher.page import Page
    from lakehouse.fetcher.paths import Step

MOST = 4
DEEPEST = 5
MOST_LINKS = 8
NEXT = re.compile(r"(^|_)next(_|$)")
TOKEN = re.compile(r"(^|_)(cursor|token|marker|continuation|continue|after|scroll_id|resume)(_|$)")
PAGES = re.compile(r"^(page|p|pg|page_?(no|num|number|index)|current_?page|paged|seite|pagina)$")
OFFSETS = re.compile(r"^(offset|start|skip|from|start_?(index|at|row|record)?|first_?(row|record|result))$")
SIZES = re.compile(r"^(limit|per_?page|page_?size|size|count|rows|max_?results|top|take|hits_?per_?page|number)$")
TOTALS = re.compile(r"(^|_)(total|count|pages|last_page|num_found|hits|has_more|has_next(_page)?|more)(_|$)")
ADDRESS = re.compile(r"https?://\S+|[/?]\S+")
BY_HEADER = "header(next)"
"""The selector of the next page that an answer names in its `Link` header."""


class Told(NamedTuple):
    """Something that an answer says beside its records."""

    steps: tuple[Step, ...]
    name: str
    value: Any


def json_turns(page: Page, blueprint: Blueprint) -> list[Follow]:
    """What may lead to the next page of a JSON answer, the likeliest first, each as a `Follow`."""
    try:
        said = list(told(page.document))
    except PageError:
        return []
    query = dict(parse_qsl(urlsplit(page.url).query))
    proposals = [
        *_by_header(page),
        *_links(said),
        *_tokens(said, query),
        *_numbers(said, query, blueprint.evidence.rows),
    ]
    return list({repr(each): each for each in proposals}.values())[:MOST]


def told(value: Any, steps: tuple[Step, ...] = ()) -> Iterator[Told]:
    """What an answer says beside its records: scalars under keys, and links that name their relation."""
    if len(steps) > DEEPEST:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from told(inner, (*steps, key))
    elif isinstance(value, list):
        related = [(place, each) for place, each in enumerate(value[:MOST_LINKS]) if isinstance(each, dict)]
        for place, each in related:
            address = each.get("href") or each.get("url")
            if (each.get("rel") or each.get("relation")) == "next" and address:
                yield Told((*steps, place, "href" if each.get("href") else "url"), "next", address)
    elif value not in (None, ""):
        yield Told(steps, "_".join(snake(step) for step in steps if isinstance(step, str)), value)


def _by_header(page: Page) -> Iterator[Follow]:
    if next(page.links(BY_HEADER), None) is not None:
        yield Follow(next_page=BY_HEADER)


def _links(said: list[Told]) -> Iterator[Follow]:
    for each in said:
        if NEXT.search(each.name) and isinstance(each.value, str) and ADDRESS.fullmatch(each.value):
            yield Follow(next_page=write_path(each.steps))


def _tokens(said: list[Told], query: dict[str, str]) -> Iterator[Follow]:
    for each in said:
        is_address = isinstance(each.value, str) and ADDRESS.fullmatch(each.value)
        named = TOKEN.search(each.name) or (NEXT.search(each.name) and not TOTALS.search(each.name))
        if named and not is_address and not isinstance(each.value, bool):
            for parameter in _token_parameters(each, query):
                yield Follow(turn=Turn(parameter=parameter, cursor=write_path(each.steps)))


def _token_parameters(each: Told, query: dict[str, str]) -> list[str]:
    """The parameters that may take a token: one that the address has, else its own key without "next" or "end"."""
    there = [
        name for name in query if TOKEN.search(snake(name)) or (NEXT.search(each.name) and PAGES.match(snake(name)))
    ]
    key = str(each.steps[-1])
    bare = re.sub(r"^(next|end)[_-]?", "", key, flags=re.IGNORECASE)
    guessed = f"{bare[:1].lower()}{bare[1:]}" if bare else "cursor"
    return there or list(dict.fromkeys([guessed, "after"] if key.lower().startswith("end") else [guessed]))


def _numbers(said: list[Told], query: dict[str, str], rows: int) -> Iterator[Follow]:
    size = next((int(value) for name, value in query.items() if SIZES.match(snake(name)) and value.isdigit()), rows)
    for name, value in query.items():
        if value.isdigit() and (step := _step(name, size)):
            yield Follow(turn=Turn(parameter=name, step=step, first=int(value)))
    if any(TOTALS.search(each.name) for each in said):
        for each in said:
            name = str(each.steps[-1])
            if name not in query and (step := _step(name, size)) and str(each.value).isdigit():
                yield Follow(turn=Turn(parameter=name, step=step, first=int(each.value)))
        if not any(_step(name, size) for name in query):
            yield Follow(turn=Turn(parameter="page"))
            yield Follow(turn=Turn(parameter="offset", step=size, first=0))


def _step(name: str, size: int) -> int:
    """By how much a parameter grows from page to page, 0 where it does not count pages."""
    return 1 if PAGES.match(snake(name)) else size if OFFSETS.match(snake(name)) else 0
