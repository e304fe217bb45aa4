"""What became of looking at an address: a page to work with, or why there is none."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lakehouse.agents.scout.barriers import own_text, wall
from lakehouse.agents.scout.formats.feed import is_feed
from lakehouse.agents.scout.formats.pdf_table import is_pdf
from lakehouse.errors import NotFeasible, NothingFound
from lakehouse.fetcher.decode import declared_charset
from lakehouse.fetcher.errors import PageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lakehouse.fetcher.page import Page
    from lakehouse.web import Fetched

LARGEST_HTML = 10_000_000
"""Bytes of markup that are searched for records; tables and JSON may be larger."""
BINARY = re.compile(
    r"^(image|audio|video|font)/|^application/(octet-stream|zip|gzip|x-|vnd\.(ms-|openxml)|msword|java|wasm)",
    re.IGNORECASE,
)
TEXTUAL = re.compile(r"json|xml|csv|text|html|javascript", re.IGNORECASE)
MAGIC = (
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x7fELF",
    b"RIFF",
    b"\x1f\x8b",
    b"OggS",
    b"ID3",
    b"\xd0\xcf\x11\xe0",
)
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
"""What text has none of, in whatever encoding, and a binary file of some length has."""
WIDE = (b"\xff\xfe", b"\xfe\xff")
HEAD = 4096
NOTHING = 40
"""Characters of text under which a page without scripts says nothing."""

SAYING = "script, iframe, [itemprop], tr:has(td) + tr:has(td)"
"""What makes a page of fewer characters worth a look all the same: a small table says much in few."""

STATUSES = {
    401: ("login", "the site wants a login"),
    403: ("refused", "the site refuses to show this page to programs"),
    404: ("missing", "there is no page at this address"),
    407: ("login", "a proxy wants a login"),
    410: ("missing", "the page is gone for good"),
    429: ("limited", "the site says that it was asked too often"),
    451: ("refused", "the page is withheld for legal reasons"),
}
WALLS = {
    "login": "the page is behind a login",
    "challenge": "the site wants proof that a person is looking",
    "consent": "the page shows nothing until a visitor consents",
}
HINTS = {
    "missing": "Look the address up on the site again.",
    "login": "Only pages that anybody can see can be a source; look for a public page or an API.",
    "challenge": "Ask the operator for an API, a feed or a file; challenges are not got around.",
    "refused": "Ask the operator for permission, an API or a file.",
    "limited": "Try again later.",
    "broken": "Try again later.",
    "consent": "Look for a feed, an API or a page of the same data that asks for nothing.",
    "binary": "Name an address that gives HTML, JSON, CSV, a feed or a PDF file.",
    "large": "Name a page of the same data with fewer records, or a file of CSV or JSON.",
}


class Note(NamedTuple):
    """Something about the page that a person should know, in one sentence; `kind` is a fixed word."""

    kind: str
    message: str


def check_outcome(fetched: Fetched, page: Page) -> None:
    """Raise `NotFeasible` or `NothingFound` with the reason, where an answer is nothing to look for records in."""
    if fetched.status >= 400:
        raise _refusal(*_by_status(fetched.status, page), fetched)
    if _is_binary(fetched, page):
        kind = page.content_type.partition(";")[0] or "no text"
        raise _refusal("binary", f"this is a binary file ({kind}), which holds no text to read", fetched)
    if not page.body.strip():
        raise NothingFound("the page is empty.", url=fetched.url, hint="Look at it in a browser.")
    if is_pdf(page):
        return
    if _is_html(page):
        _check_html(fetched, page)
    elif is_feed(page) and _has_no_entries(page):
        raise NothingFound(
            "the feed is there, and has no entries.", url=fetched.url, hint="Try again when it has some."
        )
    elif page.is_json and _has_no_values(page):
        raise NothingFound(
            "the answer is JSON that holds nothing.", url=fetched.url, hint="Check the parameters of the address."
        )


def _refusal(reason: str, message: str, fetched: Fetched) -> NotFeasible:
    return NotFeasible(f"{message}.", reason=reason, url=fetched.url, hint=HINTS[reason])


def _by_status(status: int, page: Page) -> tuple[str, str]:
    barrier = wall(page) if _is_html(page) else None
    if barrier and status in (401, 403, 429, 503):
        return barrier, f"{WALLS[barrier]} (status {status})"
    reason, message = STATUSES.get(
        status, ("broken", "the site is out of order") if status >= 500 else ("refused", "the site refuses the request")
    )
    return reason, f"{message} (status {status})"


def _is_html(page: Page) -> bool:
    return (
        not page.is_json
        and not is_pdf(page)
        and (
            "html" in page.content_type.lower()
            or bool(re.search(r"<(!doctype|html|body|div|p|table)\b", page.text[:HEAD], re.IGNORECASE))
        )
    )


def _is_binary(fetched: Fetched, page: Page) -> bool:
    if is_pdf(page):
        return False
    head = fetched.body[:HEAD]
    wide = head.startswith(WIDE) or "utf-16" in page.content_type.lower()
    declared = bool(BINARY.search(page.content_type)) and not TEXTUAL.search(page.content_type)
    return (
        head.startswith(MAGIC)
        or (b"\x00" in head and not wide)
        or (declared and head.lstrip()[:1] not in (b"{", b"[", b"<") and not _is_plain(head, page.content_type))
    )


def _is_plain(head: bytes, content_type: str) -> bool:
    """Whether bytes are text whatever they are called: servers name tables so that browsers save them."""
    return content_type.lower().startswith("application/") and not CONTROL.search(head)


def _check_html(fetched: Fetched, page: Page) -> None:
    if len(page.body) > LARGEST_HTML:
        raise _refusal("large", f"the page has {len(page.body):,} bytes of markup, more than {LARGEST_HTML:,}", fetched)
    if barrier := wall(page):
        raise _refusal(barrier, WALLS[barrier], fetched)
    if len(own_text(page)) < NOTHING and not page.select(SAYING):
        raise NothingFound("there is nothing on this page.", url=fetched.url, hint="Look at it in a browser.")


def _has_no_entries(page: Page) -> bool:
    try:
        return not page.feed()
    except PageError:
        return False


def _has_no_values(page: Page) -> bool:
    """Whether an answer holds no value at all, or an empty list and nothing beside it but numbers."""
    try:
        stack = [page.document]
    except PageError:
        return False
    numbers, empty_lists = 0, 0
    while stack:
        value = stack.pop()
        if isinstance(value, dict | list):
            empty_lists += value == []
            stack.extend(value.values() if isinstance(value, dict) else value)
        elif isinstance(value, str) and value.strip():
            return False
        else:
            numbers += value not in (None, "")
    return empty_lists > 0 or not numbers


def notes_on(fetched: Fetched, page: Page) -> Iterator[Note]:
    """What a person should know about a page that can be worked with."""
    if fetched.redirects:
        yield Note("redirect", f"The address leads to {fetched.final_url}, which is looked at in its place.")
    if not is_pdf(page):
        yield from _charset(page)
        yield from _script(page)


def _charset(page: Page) -> Iterator[Note]:
    if (
        declared_charset(page.body, page.content_type)
        or page.body.isascii()
        or page.body.startswith((b"\xef\xbb\xbf", *WIDE))
    ):
        return
    try:
        page.body.decode()
    except UnicodeDecodeError:
        yield Note(
            "charset",
            "The page names no charset and is no UTF-8; it is read as windows-1252, so that some letters may be wrong.",
        )
    else:
        yield Note("charset", "The page names no charset; it is UTF-8 by its bytes.")


def _script(page: Page) -> Iterator[Note]:
    letters = Counter(
        unicodedata.name(letter, "").partition(" ")[0]
        for letter in page.text[: 10 * HEAD]
        if letter.isalpha() and not letter.isascii()
    )
    total = sum(letter.isalpha() for letter in own_text(page)[:HEAD]) if _is_html(page) else sum(letters.values())
    written = letters.most_common(1)[0] if letters else ("", 0)
    if written[1] * 3 > total > 0:
        direction = ", from right to left" if written[0] in ("ARABIC", "HEBREW", "SYRIAC", "THAANA") else ""
        name = "Japanese" if letters["HIRAGANA"] + letters["KATAKANA"] else written[0].title().replace("Cjk", "Chinese")
        if name != "Latin":
            yield Note(
                "script",
                f"The page is written in {name} letters{direction}; names of fields may have to be given by hand.",
            )
