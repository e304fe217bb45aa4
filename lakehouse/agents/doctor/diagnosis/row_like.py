"""How many items on pages look like rows, counted without the fetcher."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.diagnosis.known_rows import KnownRows, distinctive
from lakehouse.agents.doctor.diagnosis.twins import twin_of
from lakehouse.agents.scout.candidates import is_html
from lakehouse.agents.scout.formats.feed import is_feed
from lakehouse.agents.scout.match import bare
from lakehouse.agents.scout.outline import outline_of
from lakehouse.fetcher.errors import PageError
from lakehouse.fetcher.page import Page

LEAST_RATIO, MOST_RATIO = 0.8, 1.1
"""Known records for each item counted on their own page, between which the count is believed."""


def row_like_items(pages: Sequence[Page], known: Sequence[Known]) -> int | None:
    """Return how many items of the pages are built as the known records were, or None where that cannot be told.

    The worse error is to count too few, for then a loss is taken for the site's own doing. So the count is tried on
    the known pages first, class names do not matter, and one page that cannot be counted leaves all uncounted.
    """
    total = 0
    for page in pages:
        twin = twin_of(page.url, known)
        items = None if twin is None else _items(page, twin)
        if items is None:
            return None
        total += items
    return total if pages else None


def _items(page: Page, twin: Known) -> int | None:
    if len(twin.records) < 2:
        return len(twin.records)
    if is_html(page) != is_html(twin.page):
        return None
    if is_html(page):
        rows = KnownRows(twin)
        return _believed(len(rows.like(rows.page)), len(rows.like(outline_of(page))), twin)
    before, after = (data_items(each, twin) for each in (twin.page, page))
    return None if before is None or after is None else _believed(len(before), len(after), twin)


def _believed(before: int, after: int, twin: Known) -> int | None:
    return after if before and LEAST_RATIO <= len(twin.records) / before <= MOST_RATIO else None


def data_items(page: Page, known: Known) -> list[Any] | None:
    """Return the items of a page of data that stand where the known records stood; None where that place is gone."""
    try:
        if is_feed(page):
            return list(page.feed())
        if page.is_json:
            path = _records_path(known)
            return None if path is None else dict(_lists(page.document)).get(path)
        if page.text.lstrip().startswith("<"):
            return list(page.sitemap())
        return [line for line in page.text.splitlines()[1:] if line.strip()]
    except PageError:
        return None


def _records_path(known: Known) -> str | None:
    """Return the path of the list of a known document that says the most of its records, the shortest such list."""
    wanted = [values for values in distinctive(known.records) if values]
    best, chosen = 0, None
    for path, items in sorted(_lists(known.page.document), key=lambda found: len(found[1])):
        text = bare(json.dumps(items, ensure_ascii=False, default=str))
        hits = sum(any(value in text for value in values) for values in wanted)
        if hits > best and len(items) >= len(known.records) * LEAST_RATIO:
            best, chosen = hits, path
    return chosen


def _lists(document: Any) -> Iterator[tuple[str, list[Any]]]:
    """Yield the lists of a JSON value by path; those inside of other lists are parts of items."""
    stack: list[tuple[str, Any]] = [("", document)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, list):
            yield path, value
        elif isinstance(value, dict):
            stack.extend((f"{path}.{key}", inner) for key, inner in value.items())
