"""What may lead from an HTML page to its next one, told by structure before words. Proposals, to be verified."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from lakehouse.agents.blueprint import Follow, Turn
from lakehouse.agents.scout.page_numbers import after_current, all_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lakehouse.fetcher.page import Page

MOST = 6
RELATIONS = ("a[rel~=next]", "link[rel~=next]")
NAMED = (
    "a[aria-label*=next i]", "a[title*=next i]", "[class~=next] a", "a[class~=next]", "a[class*=next i]",
    "[class*=next i] > a", "a[id*=next i]", "a:has(> [class*=next i])", "[id*=next i] a",
)  # fmt: skip
ARROWS = ">»›→⟩▶❯"  # noqa: RUF001 - as sites write them
WORDS = re.compile(
    r"\W*(next|older|more results|weiter|nächste|vor|suivante?|siguiente|próxim[ao]|successiv[ao]|volgende|nästa|neste"
    r"|næste|seuraava|następna|další|sonraki|следующая|вперед|下一页|下一頁|下页|次へ|次の\S*|다음|التالي|הבא)?"
    rf"(\s+(page|seite|página))?\s*[{ARROWS}]*\W*",
    re.IGNORECASE,
)
GROWING = re.compile(r"^(p|pg|pn|skip|from|seite|pagina|\w*page\w*|\w*start\w*|\w*offset\w*)$", re.IGNORECASE)


def html_turns(page: Page) -> list[Follow]:
    """What may lead to the next page, the surest first: relations, names, lists of numbers, words, the query."""
    found = [*_by_selectors(page), *after_current(page), *_by_words(page)]
    found = found or list(all_numbers(page))
    proposals = [Follow(next_page=css) for css in dict.fromkeys(found)]
    turns = [Follow(turn=turn) for turn in _by_query(page)]
    return [*proposals[: MOST - len(turns[:2])], *turns[:2]]


def _by_selectors(page: Page) -> Iterator[str]:
    seen: set[str] = set()
    for css in (*RELATIONS, *NAMED):
        addresses = [request.url for request in page.links(css) if request.url != page.url]
        # A carousel has a "next" too, but it leads nowhere; and what leads to several places is no turn of one page.
        own = [url for url in addresses if _is_other(page, url)]
        if len(own) != 1 or own[0] in seen:
            continue
        if exact := _exact(page, css, own[0], alone=len(addresses) == 1):
            seen.add(own[0])
            yield exact


def _exact(page: Page, css: str, url: str, *, alone: bool) -> str:
    """The selector, made to pass by links to other hosts where it finds such; "" where that cannot be written."""
    if alone:
        return css
    for node in page.select(css):
        href = node.attr("href") or ""
        begin = re.match(r"(https?:)?//[^/]+/|[/?]|", href)[0]  # type: ignore[index]
        exact = f'{css}[href^="{begin}"]'
        if begin and '"' not in begin and [request.url for request in page.links(exact)] == [url]:
            return exact
    return ""


def _is_other(page: Page, url: str) -> bool:
    return url != page.url and urlsplit(url).netloc == urlsplit(page.url).netloc


def _by_words(page: Page) -> Iterator[str]:
    """Links whose whole text is a word or arrow for "next", found again by that text."""
    for node in page.select("a[href]"):
        text = node.text
        if (
            text
            and len(text) < 25
            and WORDS.fullmatch(text)
            and any(char.isalpha() or char in ARROWS for char in text)
            and '"' not in text
        ):
            css = f'a:lexbor-contains("{text}")'
            if len(list(page.links(css))) == 1 and _is_other(page, next(page.links(css)).url):
                yield css


def _by_query(page: Page) -> Iterator[Turn]:
    """Parameters of the query that grow from link to link, everything else of the address staying as it is."""
    here = urlsplit(page.url)
    own = dict(parse_qsl(here.query, keep_blank_values=True))
    values: dict[str, set[int]] = {}
    for request in page.links("a[href]"):
        there = urlsplit(request.url)
        if (there.netloc, there.path) == (here.netloc, here.path):
            query = dict(parse_qsl(there.query, keep_blank_values=True))
            changed = [name for name in query.keys() | own.keys() if query.get(name) != own.get(name)]
            if len(changed) == 1 and query.get(changed[0], "").isdigit() and GROWING.match(changed[0]):
                values.setdefault(changed[0], set()).add(int(query[changed[0]]))
    for name, found in values.items():
        yield _turn(name, found, own.get(name))


def _turn(name: str, found: set[int], written: str | None) -> Turn:
    current = int(written) if written and written.isdigit() else None
    if current is None:
        # The first page has no number; with others at 20, 40, 60 it is 0, with 2, 3, 4 it is 1.
        lowest = sorted(found)[:2]
        gap = lowest[1] - lowest[0] if len(lowest) > 1 else 1
        current = max(0, lowest[0] - gap)
    later = sorted(value for value in found if value > current)
    return Turn(parameter=name, step=later[0] - current if later else 1, first=current)
