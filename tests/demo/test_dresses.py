"""What the machine-made pages of a source say, in its first design and in its second, is the truth of the day."""

from __future__ import annotations

import csv
import io
import json
from base64 import urlsafe_b64encode
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.demo.site import CATALOGUE, FIRST_DAY, SourceName
from lakehouse.demo.site.answer import Answer, Asked, moved_to
from lakehouse.demo.site.dress.air import PLAIN, RENAMED
from lakehouse.demo.site.dress.permits import PAGE_SIZE

ATOM = "{http://www.w3.org/2005/Atom}"
any_day = st.dates(date(2024, 1, 1), date(2031, 12, 31))
cursors = {1: "cursor", 2: "after"}


def answer(
    source: SourceName, version: int, path: str = "", day: date = FIRST_DAY, query: dict[str, str] | None = None
) -> Answer | None:
    dress = CATALOGUE[source].dresses[version]
    path = path or dress.data
    return dress.views[path](Asked(path, CATALOGUE[source].records(day), query or {}, origin="http://a.example"))


def body(
    source: SourceName, version: int, path: str = "", day: date = FIRST_DAY, query: dict[str, str] | None = None
) -> bytes:
    said = answer(source, version, path, day, query)
    assert said is not None
    return said.body


def permits(version: int, day: date) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        said = json.loads(body("permits", version, day=day, query={cursors[version]: cursor}))
        found += said["data"] if version == 1 else said["results"]["permits"]
        cursor = said["meta"]["next_cursor"] if version == 1 else said["paging"]["after"]
        if cursor is None:
            return found


def feed_items(version: int, day: date) -> list[Element]:
    root = fromstring(body("news", version, day=day))
    return root.findall("channel/item") if version == 1 else root.findall(f"{ATOM}entry")


@settings(max_examples=10, deadline=None)
@given(any_day)
def test_both_ways_of_turning_pages_lead_to_every_permit_once(day: date) -> None:
    numbers = [permit.number for permit in CATALOGUE["permits"].records(day)]
    assert [permit["permit_number"] for permit in permits(1, day)] == numbers
    assert [permit["id"]["permitNo"] for permit in permits(2, day)] == numbers


def test_permits_say_the_same_in_other_words() -> None:
    for old, new in zip(permits(1, FIRST_DAY), permits(2, FIRST_DAY), strict=True):
        assert old["valuation"].replace("$", "").replace(",", "") == new["cost"]["amount"]
        assert ", ".join(old["trades"]) == new["work"]["trades"]
        assert old["contractor"] == (new["builder"] and new["builder"]["name"])
        assert old["issued_on"].split("-") == new["dateOfIssue"].split(".")[::-1]


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("cursor", ["!!", "YQ", urlsafe_b64encode(b"offset:-1").decode(), "b2Zmc2V0Og==", "_w=="])
def test_a_cursor_that_the_site_never_gave_leads_nowhere(version: int, cursor: str) -> None:
    assert answer("permits", version, query={cursors[version]: cursor}) is None


@pytest.mark.parametrize("version", [1, 2])
def test_a_cursor_behind_the_last_permit_gives_an_empty_last_page(version: int) -> None:
    far = urlsafe_b64encode(f"offset:{50 * PAGE_SIZE}".encode()).decode()
    said = json.loads(body("permits", version, query={cursors[version]: far}))
    assert said in (
        {"data": [], "meta": {"total": len(CATALOGUE["permits"].records(FIRST_DAY)), "next_cursor": None}},
        {"results": {"permits": []}, "paging": {"after": None}},
    )


@settings(max_examples=15, deadline=None)
@given(any_day)
def test_the_sheet_of_air_has_a_line_for_each_reading_in_both_designs(day: date) -> None:
    readings = CATALOGUE["air"].records(day)
    for version, header, delimiter in ((1, PLAIN, ","), (2, RENAMED, ";")):
        head, *lines = csv.reader(io.StringIO(body("air", version, day=day).decode()), delimiter=delimiter)
        assert tuple(head) == header
        assert len(lines) == len(readings)
        assert {len(line) for line in lines} == {len(header)}


def test_the_new_sheet_of_air_writes_decimals_with_a_comma() -> None:
    old = csv.DictReader(io.StringIO(body("air", 1).decode()))
    new = csv.DictReader(io.StringIO(body("air", 2).decode()), delimiter=";")
    pairs = list(zip(old, new, strict=True))
    assert all(before["pm25"].replace(".", ",") == after["Fine dust"] for before, after in pairs)
    assert {(before["status"], after["Verified"]) for before, after in pairs} == {
        ("provisional", "no"),
        ("verified", "yes"),
    }


@settings(max_examples=15, deadline=None)
@given(any_day)
def test_both_feeds_tell_the_same_news_in_the_same_order(day: date) -> None:
    titles = [release.title for release in CATALOGUE["news"].records(day)]
    assert [item.findtext("title") for item in feed_items(1, day)] == titles
    assert [entry.findtext(f"{ATOM}title") for entry in feed_items(2, day)] == titles


def test_feeds_link_to_whole_addresses() -> None:
    links = [item.findtext("link") or "" for item in feed_items(1, FIRST_DAY)]
    assert all(link.startswith("http://a.example/news/") for link in links)
    hrefs = [link.attrib["href"] for entry in feed_items(2, FIRST_DAY) for link in entry.findall(f"{ATOM}link")]
    assert hrefs == links


@settings(max_examples=15, deadline=None)
@given(any_day)
def test_both_boards_tell_the_same_trips_in_local_time(day: date) -> None:
    old = json.loads(body("departures", 1, "/transit/departures.json", day))
    new = json.loads(body("departures", 2, "/transit/board.json", day))
    assert [trip["trip"] for trip in old] == [trip["ref"] for trip in new]
    assert {trip["departs"][:10] for trip in old} == {f"{day}"}
    assert [trip["departs"][11:16] for trip in old] == [trip["when"].split()[3] for trip in new]
    assert [f"+{trip['delay']} min" for trip in old] == [trip["late"] for trip in new]


@pytest.mark.parametrize("version", [1, 2])
def test_the_schedule_of_fees_is_the_same_file_whenever_it_is_made(version: int) -> None:
    first = body("fees", version)
    assert first.startswith(b"%PDF-")
    assert body("fees", version) == first


@pytest.mark.parametrize(
    ("query", "words", "location"),
    [
        ({}, {}, "/new/page/1"),
        ({"page": "3"}, {}, "/new/page/3"),
        ({"page": "3"}, {"page": "2"}, "/new/page/2"),
        ({"page": "../x?y"}, {}, "/new/page/..%2Fx%3Fy"),
        ({"page": "1\r\nSet-Cookie: a"}, {}, "/new/page/1%0D%0ASet-Cookie%3A%20a"),
        ({"page": "{docket}"}, {}, "/new/page/%7Bdocket%7D"),
    ],
)
def test_a_moved_page_keeps_its_number_and_lets_nothing_else_into_the_address(
    query: dict[str, str], words: dict[str, str], location: str
) -> None:
    said = moved_to("/new/page/{page}")(Asked("/old", [], query, words))
    assert said is not None
    assert (said.status, said.headers["Location"], said.body) == (301, location, b"")
