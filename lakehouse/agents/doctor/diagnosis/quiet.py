"""Quiet pages: whole, and saying that there is nothing."""

from __future__ import annotations

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.diagnosis.notes import says_error, says_nothing
from lakehouse.agents.doctor.diagnosis.remains import Remains
from lakehouse.agents.doctor.diagnosis.row_like import data_items
from lakehouse.agents.doctor.diagnosis.structure import key_paths
from lakehouse.agents.scout.candidates import is_html
from lakehouse.agents.scout.formats.feed import is_feed
from lakehouse.fetcher.errors import PageError
from lakehouse.fetcher.page import Page

FRAME_KEPT = 0.8
LONGEST_NOTE = 300
"""Characters that may be new on a page that only says that there is nothing."""
NO_NEW_LIST = 3
EMPTY_MARKS = (
    "[class*=empty i]:not(table):not(td), [class*=no-result i], [class*=noresult i], [class*=no-data i],"
    " [class*=nodata i], [class*=no-record i], [class*=zero-result i]"
)
ERROR_MARKS = "[class*=error i], [class*=danger i], [class*=exception i], [class*=fail i]"


def declared_empty(page: Page, known: Known) -> str | None:
    """Return how a page declares that it has no records, or None.

    The worse error by far is to call a loss quiet: nobody would ever look for it. So the page must be the known one
    without its rows, down to title, frame and scripts, with nothing new but a short note; and the note, a count of
    nought or a mark must say so. An empty list of which nothing is said goes to a person.
    """
    if is_html(page) != is_html(known.page):
        return None
    if not is_html(page):
        return _empty_data(page, known)
    return _said(Remains(known, page)) if is_without_rows(page, known) else None


def is_without_rows(page: Page, known: Known) -> bool:
    """Return whether an HTML page is the known one without its rows, whatever short note stands there instead."""
    if not is_html(page) or not is_html(known.page):
        return False
    remains = Remains(known, page)
    known_rows = len(remains.rows.elements)
    return (
        known_rows > 1
        and remains.rows_there == 0
        and remains.new_lists < NO_NEW_LIST
        and remains.is_named_alike
        and remains.frame >= FRAME_KEPT
        and sum(map(len, remains.new_texts)) <= LONGEST_NOTE
        and not remains.has_new_scripts
    )


def _said(remains: Remains) -> str | None:
    note = " ".join(remains.new_texts)
    if says_error(note) or len(remains.page.select(ERROR_MARKS)) > len(remains.known.page.select(ERROR_MARKS)):
        return None
    if says_nothing(note):
        return f"The page is the known one without its rows, and says {note[:120]!r}."
    if note and remains.page.select(EMPTY_MARKS) and not remains.known.page.select(EMPTY_MARKS):
        return "The page is the known one without its rows, and marks the place as empty."
    return None


def _empty_data(page: Page, known: Known) -> str | None:
    before, after = data_items(known.page, known), data_items(page, known)
    if not before or after is None or after:
        return None
    if is_feed(known.page):
        return "The feed is whole, and has no entries." if is_feed(page) else None
    if page.is_json:
        return (
            "The document has its keys, and its list of records is empty." if _has_same_keys(page, known.page) else None
        )
    if page.text.lstrip().startswith("<"):
        return None
    heads = [each.text.strip().splitlines()[:1] for each in (page, known.page)]
    return "The file has its heading line, and no rows below." if heads[0] and heads[0] == heads[1] else None


def _has_same_keys(page: Page, known: Page) -> bool:
    """Tell whether a document has every key of the known one outside of lists, and none that speaks of an error."""
    try:
        mine, before = (set(key_paths(each.document)) for each in (page, known))
    except PageError:
        return False
    frame = {path for path in before if "[]" not in path}
    return frame <= mine and not any(says_error(path) for path in mine - before)
