"""A body that broke off is told from a page of another build."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.doctor.diagnosis.partial import partial
from lakehouse.fetcher import Page
from tests.agents.doctor.diagnosis.registry_pages import KNOWN, html, listing

WHOLE = KNOWN.page
XML = "<?xml version='1.0'?><rss><channel><item><title>One</title></item></channel></rss>"


@given(st.integers(min_value=700, max_value=len(WHOLE.text) - 20))
def test_a_page_that_is_cut_anywhere_is_partial(end: int) -> None:
    assert partial(html(WHOLE.text[:end]), WHOLE)


@pytest.mark.parametrize("text", ['{"a": [1, 2', "[", XML[:40], "", "<html><body><a hre"])
def test_data_and_tags_that_break_off_are_partial(text: str) -> None:
    known = Page("u", (XML if text.startswith("<?") else '{"a": [1, 2]}').encode())
    assert partial(Page("u", text.encode()), known)


@pytest.mark.parametrize(
    "page",
    [listing(), listing([]), html("<html><body><main><ul><li>another build, no end"), Page("u", b'{"a": []}')],
)
def test_a_whole_page_is_not_partial_nor_is_one_of_another_build(page: Page) -> None:
    assert partial(page, WHOLE) is None


def test_an_empty_body_is_partial_unless_it_was_empty_before() -> None:
    assert partial(Page("u", b"")) is not None
    assert partial(Page("u", b" \n"), Page("u", b"")) is None


def test_xml_that_ends_is_whole() -> None:
    longer = Page("u", XML.replace("<item>", "<item><link/></item><item>").encode())
    assert partial(Page("u", XML.encode()), longer) is None
