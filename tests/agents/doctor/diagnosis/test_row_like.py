"""Items that look like rows are counted without the fetcher, and not where the count cannot be believed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.diagnosis import declared_empty, row_like_items
from lakehouse.fetcher import Page
from tests.agents.doctor.diagnosis.registry_pages import ADDRESS, KNOWN, RECORDS, framed, html, listing

FEED = "<?xml version='1.0'?><rss version='2.0'><channel><title>Decisions</title>{}</channel></rss>"
ENTRIES = [f"<item><title>{record['title']}</title></item>" for record in RECORDS]


def data(text: str) -> Page:
    """Return a page of data."""
    return Page(ADDRESS, text.encode())


def document(records: object, **more: object) -> Page:
    """Return a JSON document with a list of records."""
    return data(json.dumps({"page": {"size": 50}, "results": records, **more}))


@given(st.integers(min_value=2, max_value=12))
def test_as_many_items_are_counted_as_there_are_rows(count: int) -> None:
    assert row_like_items([listing(RECORDS[:count])], [KNOWN]) == count


def test_class_names_do_not_matter_and_pages_add_up() -> None:
    restyled = html(listing().text.replace("class=list", "class='grid striped'"), f"{ADDRESS}?page=2")
    assert row_like_items([listing(RECORDS[:4]), restyled], [KNOWN]) == 16


def test_a_note_over_the_whole_width_is_no_row() -> None:
    page = listing([])
    assert row_like_items([html(page.text.replace("<tbody>", "<tbody><tr><td colspan=3>None</td></tr>"))], [KNOWN]) == 0


def test_a_page_of_another_kind_or_address_leaves_all_uncounted() -> None:
    assert row_like_items([listing(), html("<p>x", "https://else.example/y")], [KNOWN]) is None
    assert row_like_items([document([])], [KNOWN]) is None
    assert row_like_items([], [KNOWN]) is None


def test_a_count_that_is_wrong_on_the_known_page_is_not_believed() -> None:
    known = Known(listing(), RECORDS[:4])
    assert row_like_items([listing(RECORDS[:4])], [known]) is None


def test_a_page_of_one_record_has_one_item() -> None:
    known = Known(framed("<h1>One</h1>"), RECORDS[:1])
    assert row_like_items([framed("<h1>Other</h1>")], [known]) == 1


@pytest.mark.parametrize(
    ("known", "page", "items"),
    [
        (document(list(RECORDS)), document([{"title": "x"}] * 3), 3),
        (document(list(RECORDS)), document([]), 0),
        (document(list(RECORDS)), data('{"hits": []}'), None),
        (data(json.dumps(RECORDS)), data("[]"), 0),
        (data(FEED.format("".join(ENTRIES))), data(FEED.format(ENTRIES[0])), 1),
        (data("title,docket\n" + "\n".join(r["title"] for r in RECORDS)), data("title,docket\nx,1\ny,2\n"), 2),
    ],
)
def test_items_of_data_are_counted_where_the_known_ones_stood(known: Page, page: Page, items: int | None) -> None:
    assert row_like_items([page], [Known(known, RECORDS)]) == items


@pytest.mark.parametrize(
    ("known", "page", "is_empty"),
    [
        (document(list(RECORDS)), document([]), True),
        (document(list(RECORDS)), document([], error="no database"), False),
        (document(list(RECORDS)), document([{"title": "x"}]), False),
        (document(list(RECORDS)), data('{"results": []}'), False),
        (data(FEED.format("".join(ENTRIES))), data(FEED.format("")), True),
        (data(FEED.format("".join(ENTRIES))), data("<?xml version='1.0'?><error/>"), False),
        (data("title,docket\n" + "\n".join(r["title"] for r in RECORDS)), data("title,docket\n"), True),
        (data("title,docket\n" + "\n".join(r["title"] for r in RECORDS)), data("Service Unavailable\n"), False),
    ],
)
def test_data_is_empty_where_all_but_its_items_is_there(known: Page, page: Page, is_empty: bool) -> None:
    assert bool(declared_empty(page, Known(known, RECORDS))) is is_empty
