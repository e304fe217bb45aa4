"""Conditional requests: what has not changed costs a 304."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.demo.site import FIRST_DAY, DemoSite
from lakehouse.demo.site.freshness import Stamp, Stamps
from lakehouse.demo.site.truth.inspections import inspections
from tests.demo.ask import ask

PATHS = ["/", "/opinions", "/api/permits", "/news/feed.xml", "/data/air-quality.csv", "/documents/fee-schedule.pdf"]


@pytest.mark.parametrize("path", PATHS)
def test_an_unchanged_page_answers_304_to_its_etag(city: DemoSite, path: str) -> None:
    etag = ask(city, path).headers["etag"]
    said = ask(city, path, headers={"If-None-Match": etag})
    assert (said.status, said.body, said.headers["etag"]) == (304, b"", etag)


@pytest.mark.parametrize("path", PATHS)
def test_an_unchanged_page_answers_304_to_its_date(city: DemoSite, path: str) -> None:
    modified = ask(city, path).headers["last-modified"]
    assert ask(city, path, headers={"If-Modified-Since": modified}).status == 304


@pytest.mark.parametrize("path", PATHS)
def test_a_changed_page_answers_in_full(city: DemoSite, path: str) -> None:
    old = ask(city, path).headers
    city.set_day(FIRST_DAY + timedelta(1))
    assert ask(city, path, headers={"If-None-Match": old["etag"]}).status == 200
    assert ask(city, path, headers={"If-Modified-Since": old["last-modified"]}).status == 200


def test_a_page_that_a_day_leaves_alone_is_still_304_on_the_next(city: DemoSite) -> None:
    pages = {f"/inspections/{i.slug}" for i in inspections(FIRST_DAY)}
    etags = {path: ask(city, path).headers["etag"] for path in pages}
    city.set_day(FIRST_DAY + timedelta(1))
    statuses = [ask(city, path, headers={"If-None-Match": etag}).status for path, etag in etags.items()]
    assert statuses.count(304) > len(pages) / 2
    assert 200 in statuses


def test_the_etag_counts_before_the_date(city: DemoSite) -> None:
    modified = ask(city, "/opinions").headers["last-modified"]
    headers = {"If-None-Match": '"another"', "If-Modified-Since": modified}
    assert ask(city, "/opinions", headers=headers).status == 200


def test_a_page_was_last_modified_in_the_morning_of_the_day(city: DemoSite) -> None:
    modified = parsedate_to_datetime(ask(city, "/opinions").headers["last-modified"])
    assert modified == datetime(2026, 11, 18, 6, tzinfo=UTC)


def test_a_redesign_on_the_same_day_makes_a_later_date(city: DemoSite) -> None:
    before = ask(city, "/api/permits").headers
    city.set_version("permits", 2)
    after = ask(city, "/api/permits", headers={"If-Modified-Since": before["last-modified"]})
    assert after.status == 200
    assert parsedate_to_datetime(after.headers["last-modified"]) > parsedate_to_datetime(before["last-modified"])


def test_a_compressed_page_has_the_same_etag_and_the_same_text(city: DemoSite) -> None:
    plain = ask(city, "/opinions")
    squeezed = ask(city, "/opinions", headers={"Accept-Encoding": "gzip"})
    assert squeezed.headers["content-encoding"] == "gzip"
    assert squeezed.headers["etag"] == plain.headers["etag"]
    assert gzip.decompress(squeezed.body) == plain.body
    assert squeezed.headers["vary"] == "Accept-Encoding"


def test_pages_that_number_in_the_query_are_stamped_apart(city: DemoSite) -> None:
    assert ask(city, "/opinions").headers["etag"] != ask(city, "/opinions?page=2").headers["etag"]


@pytest.mark.parametrize(
    ("asked", "answers"),
    [
        ({"If-None-Match": 'W/"a"'}, True),
        ({"If-None-Match": '"x", W/"a"'}, True),
        ({"If-None-Match": "*"}, True),
        ({"If-None-Match": 'W/"b"'}, False),
        ({"If-Modified-Since": "Wed, 18 Nov 2026 06:00:00 GMT"}, True),
        ({"If-Modified-Since": "Thu, 19 Nov 2026 06:00:00 GMT"}, False),
        ({"If-Modified-Since": "nonsense"}, False),
        ({}, False),
    ],
)
def test_a_stamp_knows_its_own_body(asked: dict[str, str], answers: bool) -> None:
    assert Stamp('W/"a"', datetime(2026, 11, 18, 6, tzinfo=UTC)).answers(asked) is answers


@given(st.lists(st.tuples(st.binary(max_size=2), st.dates(date(2026, 1, 1), date(2026, 12, 31))), min_size=2))
def test_no_two_bodies_in_a_row_share_a_validator(served: list[tuple[bytes, date]]) -> None:
    stamps = Stamps()
    stamped = [(body, stamps.stamp("/a", body, day)) for body, day in served]
    for (before, old), (after, new) in pairwise(stamped):
        assert (before == after) == (old == new)
        assert (before == after) == (old.modified == new.modified)
        assert new.modified >= old.modified
