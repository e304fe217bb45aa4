"""Soft errors: answers of 200 that say that there is no such page."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from lakehouse.agents.doctor.diagnosis.sight import Sight
from lakehouse.agents.doctor.diagnosis.structure import heading_of, same_structure, title_of
from lakehouse.fetcher.errors import PageError
from lakehouse.fetcher.page import Page

NUMBER = re.compile(r"(?<![\w./-])(40[13489]|410|429|451|50[0234])(?![\w/.-])")
GONE = frozenset({404, 410})
MARKS = (
    "[class*=error404 i], [class*=error-404 i], [class*=page-404 i], [id*=error404 i], [id*=error-404 i],"
    " [class*=not-found i], [class*=notfound i], [id*=not-found i], [class*=page-not-found i], [class~=error-page],"
    " [class*=parked i]"
)
SHORT = 200
FRAME_KEPT = 0.5
SHRUNK = 0.6
ALIKE = 0.9
ERROR_KEYS = frozenset({"error", "errors", "exception", "fault"})
BESIDE_ERRORS = frozenset({
    "message", "detail", "details", "code", "status", "statuscode", "title", "type", "success", "timestamp", "path",
    "data",
})  # fmt: skip
ERROR_PATH = re.compile(r"(^|[/._-])(404|not-?found|error|page-?missing)([/._-]|$)", re.IGNORECASE)


def soft_404(sight: Sight) -> str | None:
    """Return what shows that a page is an error page in disguise, or None.

    The worse error is to miss one where the site's menu or the like could be read as records; but a whole page that
    is called an error sends the doctor to look for an address that never changed. So the content must be gone, and
    something must say that it is not this page: its name, its marks, its canonical address, a page for nonsense.
    """
    if sight.page.is_json:
        return _error_object(sight)
    if not sight.is_html or not sight.is_bare():
        return None
    if other := _canonical_elsewhere(sight):
        return f"The page says that its own address is {other}, and shows nothing else."
    return next((said for shows, said in SIGNS if shows(sight)), None)


def soft_status(sight: Sight) -> int | None:
    """Return the status that a page without content calls itself by, in its name or in the few words that it has."""
    if not sight.is_html or not sight.is_bare():
        return None
    text = sight.outline.root.text
    names = f"{title_of(sight.page)} | {heading_of(sight.page)}"
    found = NUMBER.search(names) or (NUMBER.search(text) if len(text) < SHORT else None)
    return int(found[1]) if found else None


def _calls_itself_missing(sight: Sight) -> bool:
    return soft_status(sight) in GONE


def _is_marked(sight: Sight) -> bool:
    return sight.has(f":is(body, main, div, section, article, h1, h2):is({MARKS})")


def _is_another_page(sight: Sight) -> bool:
    """Tell whether another page stands at the very address: in the site's frame, or with nothing that acts on it."""
    remains = sight.remains
    if remains is None or _key(remains.known.page.url) != _key(sight.url):
        return False
    names = [(name(remains.known.page), name(remains.page)) for name in (title_of, heading_of)]
    differs = any(before and after and before != after for before, after in names)
    is_static = remains.frame >= FRAME_KEPT or not sight.has("form, iframe, script, noscript")
    return differs and is_static and remains.shrank < SHRUNK and not remains.has_new_scripts


def _is_like_nonsense(sight: Sight) -> bool:
    if sight.nonsense is None or same_structure(sight.nonsense, sight.page) < ALIKE:
        return False
    return all(name(sight.nonsense) == name(sight.page) for name in (title_of, heading_of))


SIGNS: tuple[tuple[Callable[[Sight], bool], str], ...] = (
    (_is_like_nonsense, "The page is the one that the site gives for an address that cannot exist."),
    (_calls_itself_missing, "The page calls itself by the number of an error, and shows nothing else."),
    (_is_marked, "The page is marked as an error page, and shows nothing else."),
    (_is_another_page, "A short page of another name stands in the place of the known one."),
)


def _canonical_elsewhere(sight: Sight) -> str | None:
    """Return the canonical address where it is another one, but was the page's own on the known page."""
    address = canonical(sight.page)
    if address is None or _key(address) in (_key(sight.page.url), _key(sight.url)):
        return None
    if ERROR_PATH.search(urlsplit(address).path):
        return address
    known = sight.known.page if sight.known else None
    before = canonical(known) if known else None
    return address if known and before and _key(before) == _key(known.url) else None


def canonical(page: Page) -> str | None:
    """Return the address that a page gives as its own."""
    for css, name in (("link[rel=canonical i]", "href"), ("meta[property='og:url']", "content")):
        node = page.html.first(css)
        if node and (written := node.attr(name)):
            try:
                return urljoin(page.base, written)
            except ValueError:
                return None
    return None


def _key(url: str) -> str:
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}"


def _error_object(sight: Sight) -> str | None:
    """Tell a small object that speaks of an error, in place of a document with lists."""
    try:
        document = sight.page.document
    except PageError:
        return None
    if not isinstance(document, dict) or any(isinstance(value, list) and value for value in document.values()):
        return None
    keys = {key.lower() for key in document}
    if keys & ERROR_KEYS and keys <= ERROR_KEYS | BESIDE_ERRORS:
        return "The answer is a short object that tells of an error."
    return None
