"""Fewer records on whole pages: whether the site has fewer, or the fetcher lost them."""

from __future__ import annotations

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.diagnosis.quiet import declared_empty, is_without_rows
from lakehouse.agents.doctor.diagnosis.remains import Remains
from lakehouse.agents.doctor.diagnosis.row_like import row_like_items
from lakehouse.agents.doctor.diagnosis.whole import Finding, Whole
from lakehouse.agents.scout.candidates import is_html
from lakehouse.agents.scout.scripted import needs_script
from lakehouse.fetcher.page import Page

AS_MANY = 0.9
"""Share of the items on the pages that were read, from which on nothing was lost."""


def empty(whole: Whole) -> Finding | None:
    """Return "quiet" where every page declares that it has no records; "unknown" where only some do, or none can.

    The worse error is to call a loss quiet.
    """
    if whole.records != 0 and not whole.raised:
        return None
    said = [declared_empty(page, twin) if twin else None for page, twin in whole.pairs]
    if not said or not any(said):
        return _silent(whole) if whole.records == 0 else None
    first = next(each for each in said if each)
    if not all(said):
        return "unknown", (first, "Other pages of the day do not say so.")
    if items := whole.items:
        return "unknown", (first, f"Yet {items} items on the pages look like rows.")
    return "quiet", (first, whole.built)


def _silent(whole: Whole) -> Finding | None:
    """Tell pages that have no records and give no reason, which nobody but a person can judge."""
    if any(_is_shell(page, twin) for page, twin in whole.pairs):
        return "unknown", ("Scripts bring the page now; `render: true` in source.yaml may show it.", whole.built)
    if whole.pairs and all(twin and is_without_rows(page, twin) for page, twin in whole.pairs):
        return "unknown", ("The place of the records is empty, and no page says that this is right.", whole.built)
    return None


def _is_shell(page: Page, twin: Known | None) -> bool:
    """Tell whether a page needs its scripts now, and carries no known record in them."""
    if not is_html(page) or not needs_script(page, 0):
        return False
    if twin is None or not is_html(twin.page):
        return True
    return not needs_script(twin.page, 0) and Remains(twin, page).records == 0


def fewer(whole: Whole) -> Finding | None:
    """Return "quiet" where another number of rows than usual is right.

    The pages must be built as before, have as many items as were read, and miss no page that should follow.
    """
    if not whole.records or not whole.is_same or whole.facts.unfollowed or whole.failed != ["volume"]:
        return None
    items = whole.items
    if items is None or len(whole.pairs) != len(whole.failing) or _lacks_pages(whole):
        return None
    if AS_MANY * items <= whole.records <= max(items, 1) / AS_MANY:
        read = f"The pages have {items} items that look like rows, and {whole.records} were read."
        return "quiet", (read, whole.built)
    return None


def _lacks_pages(whole: Whole) -> bool:
    """Tell whether fewer pages came than usual, though the last one is as full as if another followed."""
    stats, usual = whole.facts.stats, whole.facts.usual
    return bool(stats and usual and stats.pages < usual.pages) and _is_full(whole)


def _is_full(whole: Whole) -> bool:
    """Tell whether the last page is as full as the known ones, so that there should have been another."""
    page, twin = whole.pairs[-1]
    items = row_like_items([page], [twin]) if twin else None
    return items is None or (twin is not None and items >= len(twin.records))
