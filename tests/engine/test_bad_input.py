"""Whatever a site or a fetcher does, the error says what happened, and what was there before is still there."""

from __future__ import annotations

import gzip
import itertools
import json
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
import stamina

from lakehouse.engine import fetch_day, parse_day
from lakehouse.errors import (
    EarlyFetch,
    FetcherRefused,
    FetcherTimeout,
    FetchFailed,
    LakehouseError,
    MalformedAnswer,
    NotInStore,
)
from lakehouse.lake import Lake
from lakehouse.lake.bodies import body_key
from lakehouse.registry import Registry
from tests.books import FETCHER, fetcher, page, source_yaml
from tests.conftest import release
from tests.little_site import Answer, LittleSite
from tests.raw_site import RawSite, ok

TODAY = datetime.now(UTC).date().isoformat()
YESTERDAY = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()
TABLES = ("silver/books", "silver/books__rejects", "silver/books__checks")


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    """Let the web client give up at once, for these tests are not about its retries."""
    stamina.set_active(False)
    yield
    stamina.set_active(True)


@pytest.fixture
def before(lake: Lake, registry: Registry) -> dict[str, pl.DataFrame]:
    """Return the tables after one good day."""
    fetch_day(lake, registry, "books", YESTERDAY)
    parse_day(lake, registry, "books", YESTERDAY)
    return kept(lake)


def kept(lake: Lake) -> dict[str, pl.DataFrame]:
    """Return what the lake keeps of the day that was there before, and check that its bodies can be read."""
    pages = lake.table("bronze/books").read([YESTERDAY]).sort("seq")
    for sha256 in pages["sha256"]:
        lake.bodies.get(sha256)
    tables = {name: lake.table(name).read([YESTERDAY]) for name in TABLES}
    return {"bronze/books": pages} | {name: rows.sort(rows.columns[:2]) for name, rows in tables.items()}


def same(a: dict[str, pl.DataFrame], b: dict[str, pl.DataFrame]) -> bool:
    return a.keys() == b.keys() and all(a[name].equals(b[name]) for name in a)


def is_a_sentence(error: LakehouseError) -> bool:
    text = str(error)
    return "\n" not in text and text.endswith((".", "`.", "`")) and len(text) < 500 and "Traceback" not in text


def visit(lake: Lake, registry: Registry, site: RawSite, **changes: str) -> FetchFailed:
    """Point the books at a raw server, fetch today, and return how that failed."""
    registry.register(source_yaml(site, **changes))
    release(registry, FETCHER.format(start=site.url()))
    with pytest.raises(FetchFailed) as caught:
        fetch_day(lake, registry, "books", TODAY)
    assert is_a_sentence(caught.value), str(caught.value)
    return caught.value


def endless(head: bytes, chunk: bytes) -> Iterable[bytes]:
    return itertools.chain([head], itertools.repeat(chunk, 20_000))


def test_a_server_that_sends_gigabytes_is_cut_off_at_the_limit(
    lake: Lake, registry: Registry, before: dict[str, pl.DataFrame]
) -> None:
    with RawSite(lambda: endless(ok("Content-Length: 2000000000"), b"x" * 100_000)) as site:
        failed = visit(lake, registry, site, limits="{max_bytes: 1 MB}")
        assert site.sent < 20_000_000
    assert "limits.max_bytes" in str(failed)
    assert same(kept(lake), before)


def test_gigabytes_without_a_length_are_cut_off_too(
    lake: Lake, registry: Registry, before: dict[str, pl.DataFrame]
) -> None:
    with RawSite(lambda: endless(ok(), b"x" * 100_000)) as site:
        failed = visit(lake, registry, site, limits="{max_bytes: 1 MB}")
        assert site.sent < 20_000_000
    assert "limits.max_bytes" in str(failed)
    assert same(kept(lake), before)


def test_a_bomb_is_not_unpacked(lake: Lake, registry: Registry, before: dict[str, pl.DataFrame]) -> None:
    bomb = gzip.compress(bytes(100_000_000), 1)
    with RawSite(lambda: [ok("Content-Encoding: gzip", f"Content-Length: {len(bomb)}"), bomb]) as site:
        failed = visit(lake, registry, site, limits="{max_bytes: 1 MB}")
    assert "limits.max_bytes" in str(failed)
    assert same(kept(lake), before)


def test_a_body_that_breaks_off_is_no_page(lake: Lake, registry: Registry, before: dict[str, pl.DataFrame]) -> None:
    with RawSite(lambda: [ok("Content-Length: 5000"), b"<html><li class=book><b>Book 1</b>"]) as site:
        failed = visit(lake, registry, site)
    assert f"{site.url()}: no usable answer (the body broke off before its end)" in str(failed)
    today = lake.table("bronze/books").read([TODAY])
    assert today["sha256"].to_list() == [None]
    assert same(kept(lake), before)


def test_a_host_that_is_not_there_is_unreachable(
    lake: Lake, registry: Registry, before: dict[str, pl.DataFrame]
) -> None:
    with RawSite(list) as gone:
        pass
    failed = visit(lake, registry, gone)
    assert "no connection (connection refused)" in str(failed)
    assert str(failed).count(gone.url()) == 1
    assert same(kept(lake), before)


def test_a_charset_that_is_a_lie_costs_characters_and_no_rows(lake: Lake, registry: Registry, site: LittleSite) -> None:
    body = "<ul><li class=book><b>Žluťoučký kůň</b> <i>1.50</i> <a href=/1>x</a></li></ul>".encode("cp1250")
    site.pages["/books"] = Answer(body, headers={"Content-Type": "text/html; charset=utf-8"})
    fetch_day(lake, registry, "books", TODAY)
    report = parse_day(lake, registry, "books", TODAY)
    assert report.rows == 1
    [sha256] = lake.table("bronze/books").read([TODAY])["sha256"]
    assert lake.bodies.get(sha256) == body


def test_a_charset_that_nobody_knows_is_found_out(lake: Lake, registry: Registry, site: LittleSite) -> None:
    body = "<ul><li class=book><b>Жук 北京 🐞</b> <i>1.50</i> <a href=/1>x</a></li></ul>".encode()
    site.pages["/books"] = Answer(body, headers={"Content-Type": "text/html; charset=x-klingon"})
    fetch_day(lake, registry, "books", TODAY)
    parse_day(lake, registry, "books", TODAY)
    assert lake.table("silver/books").read([TODAY])["title"].to_list() == ["Жук 北京 🐞"]


ENDLESS = {
    "start": ("yield Request(START)", "while True:\n        pass", FetcherTimeout),
    "requests": (
        "yield Request(START)",
        "number = 0\n    while True:\n        number += 1\n        yield Request(START + '?' + str(number))",
        MalformedAnswer,
    ),
    "follow": ('yield from page.links("a.next")', "while True:\n        pass", FetcherTimeout),
}


@pytest.mark.parametrize("case", ENDLESS)
def test_a_fetcher_that_asks_without_end_is_stopped(
    lake: Lake, registry: Registry, site: LittleSite, before: dict[str, pl.DataFrame], case: str
) -> None:
    old, new, kind = ENDLESS[case]
    registry.register(source_yaml(site, limits="{parse_seconds: 0.5}"))
    release(registry, fetcher(site, FETCHER.replace(old, new)))
    with pytest.raises(kind) as caught:
        fetch_day(lake, registry, "books", TODAY)
    assert is_a_sentence(caught.value), str(caught.value)
    assert "books/0002" in str(caught.value)
    assert same(kept(lake), before)


def test_the_page_on_which_follow_never_ended_is_kept(lake: Lake, registry: Registry, site: LittleSite) -> None:
    registry.register(source_yaml(site, limits="{parse_seconds: 0.5}"))
    release(registry, fetcher(site, FETCHER.replace(*ENDLESS["follow"][:2])))
    with pytest.raises(FetcherTimeout):
        fetch_day(lake, registry, "books", TODAY)
    [sha256] = lake.table("bronze/books").read([TODAY])["sha256"]
    assert lake.bodies.get(sha256) == site.pages["/books"].body


def test_a_parse_that_yields_without_end_is_stopped_and_nothing_is_written(
    lake: Lake, registry: Registry, site: LittleSite, before: dict[str, pl.DataFrame]
) -> None:
    flood = FETCHER.replace("def parse(page):\n", "def parse(page):\n    while True:\n        yield {{'title': 'x'}}\n")
    release(registry, fetcher(site, flood))
    with pytest.raises(MalformedAnswer, match="books/0002") as caught:
        parse_day(lake, registry, "books", YESTERDAY)
    assert is_a_sentence(caught.value), str(caught.value)
    assert same(kept(lake), before)


def test_a_parse_that_eats_memory_costs_its_pages(lake: Lake, registry: Registry, site: LittleSite) -> None:
    greedy = FETCHER.replace("def parse(page):\n", 'def parse(page):\n    hoard = "x" * (1 << 40)\n')
    release(registry, fetcher(site, greedy))
    fetch_day(lake, registry, "books", TODAY)
    report = parse_day(lake, registry, "books", TODAY)
    rejects = lake.table("silver/books__rejects").read([TODAY])
    assert (report.rows, report.passed) == (0, False)
    assert "512 MiB of memory" in rejects["reasons"][0][0]


def test_a_fetcher_with_a_syntax_error_is_never_in_force(
    registry: Registry, site: LittleSite, before: dict[str, pl.DataFrame], lake: Lake
) -> None:
    with pytest.raises(FetcherRefused, match="line 2") as caught:
        release(registry, "def start():\n    yield (\n")
    assert is_a_sentence(caught.value), str(caught.value)
    assert registry.in_force("books").number == 1
    assert same(kept(lake), before)


def test_a_day_that_has_not_come_is_not_fetched(lake: Lake, registry: Registry, site: LittleSite) -> None:
    tomorrow = (datetime.now(UTC).date() + timedelta(days=2)).isoformat()
    with pytest.raises(EarlyFetch) as caught:
        fetch_day(lake, registry, "books", tomorrow)
    assert is_a_sentence(caught.value), str(caught.value)
    assert site.asked == []


def test_a_body_that_was_deleted_is_named_and_the_table_stays(
    lake: Lake, registry: Registry, before: dict[str, pl.DataFrame]
) -> None:
    sha256 = before["bronze/books"]["sha256"][0]
    body = lake.bodies.get(sha256)
    lake.objects.delete(body_key(sha256))
    with pytest.raises(NotInStore, match=sha256):
        parse_day(lake, registry, "books", YESTERDAY)
    lake.bodies.put(body)
    assert same(kept(lake), before)


def test_a_page_whose_body_was_deleted_is_fetched_whole_again(lake: Lake, registry: Registry, site: LittleSite) -> None:
    first = site.pages["/books"]
    site.pages["/books"] = Answer(first.body, headers={**first.headers, "ETag": '"v1"'})
    fetch_day(lake, registry, "books", YESTERDAY)
    lake.objects.delete(body_key(lake.table("bronze/books").read([YESTERDAY]).sort("seq")["sha256"][0]))
    report = fetch_day(lake, registry, "books", TODAY)
    assert report.unchanged == 0
    parse_day(lake, registry, "books", TODAY)
    assert lake.table("silver/books").row_count(TODAY) == 10


def test_a_day_of_nothing_but_304s_has_all_its_rows(lake: Lake, registry: Registry, site: LittleSite) -> None:
    for path, first in list(site.pages.items()):
        site.pages[path] = Answer(first.body, headers={**first.headers, "ETag": f'"{path}"'})
    fetch_day(lake, registry, "books", YESTERDAY)
    report = fetch_day(lake, registry, "books", TODAY)
    assert (report.pages, report.unchanged) == (2, 2)
    assert parse_day(lake, registry, "books", TODAY).rows == 10


def test_a_page_that_grew_a_lone_surrogate_and_odd_signs_is_told_as_it_is(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    odd = "a\u202eb \U0001f600 \u0000 \ufffe 'quoted' \"twice\" <b>"
    site.pages["/books"] = page(1, 1)
    body = site.pages["/books"].body.replace(b"Book 1", odd.replace("<b>", "&lt;b&gt;").encode())
    site.pages["/books"] = Answer(body, headers={"Content-Type": "text/html; charset=utf-8"})
    fetch_day(lake, registry, "books", TODAY)
    assert parse_day(lake, registry, "books", TODAY).rows == 1
    [title] = lake.table("silver/books").read([TODAY])["title"]
    assert "\U0001f600" in title
    assert "<b>" in title


def test_a_store_that_is_full_says_so_and_keeps_what_it_has(
    lake: Lake, registry: Registry, site: LittleSite, before: dict[str, pl.DataFrame]
) -> None:
    noise = random.Random(0).randbytes(60_000).hex().encode()
    site.pages["/books"] = Answer(site.pages["/books"].body + b"<!--" + noise + b"-->")
    command = [sys.executable, "-m", "tests.engine.poor_day", lake.address]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=True)
    fetched, parsed = json.loads(done.stdout.splitlines()[-1])
    assert fetched[0] == "StoreUnavailable"
    assert "the store is full; nothing that was there is lost." in fetched[1]
    assert parsed[0] == "NothingToParse"
    assert same(kept(lake), before)
    assert lake.table("bronze/books").days() == [YESTERDAY]
