"""Several who work on one source at once: nothing is doubled, and the newest pages and release win."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import polars as pl

from lakehouse.engine import fetch_day, parse_day
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.books import FETCHER, fetcher, page
from tests.conftest import release
from tests.little_site import LittleSite

TODAY = datetime.now(UTC).date().isoformat()
SLOW = FETCHER.replace("def parse(page):\n", "def parse(page):\n    for n in range(8_000_000):\n        pass\n")

WORK = """
import sys
from lakehouse.engine import fetch_day, parse_day
from lakehouse.lake import Lake
from lakehouse.registry import Registry
lake = Lake.open(sys.argv[1])
fetch_day(lake, Registry(lake), "books", sys.argv[2])
parse_day(lake, Registry(lake), "books", sys.argv[2])
"""


def rows(lake: Lake, day: str = TODAY) -> pl.DataFrame:
    return lake.table("silver/books").read([day]).sort("price")


def test_two_processes_on_one_day_are_two_rounds_of_one_table(lake: Lake, registry: Registry) -> None:
    assert registry.sources() == ["books"]
    command = [sys.executable, "-c", WORK, lake.address, TODAY]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=100)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    pages = lake.table("bronze/books").read([TODAY])
    assert (pages.height, pages["run_id"].n_unique()) == (4, 2)
    assert rows(lake)["title"].to_list() == [f"Book {n}" for n in range(1, 11)]
    assert lake.table("silver/books__checks").read([TODAY])["check"].n_unique() == 5
    assert lake.table("silver/books__checks").row_count(TODAY) == 5


def test_a_release_during_a_parse_is_the_one_that_the_table_ends_with(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    fetch_day(lake, registry, "books", TODAY)
    release(registry, fetcher(site, SLOW))
    with ThreadPoolExecutor(1) as pool:
        parsing = pool.submit(parse_day, lake, Registry(lake), "books", TODAY)
        release(registry, fetcher(site, FETCHER + "# newest\n"))
        report = parsing.result(60)
    assert report.release == 3
    assert rows(lake)["_release"].unique().to_list() == [3]
    assert lake.table("silver/books__checks").read([TODAY])["release"].unique().to_list() == [3]


def test_a_rollback_during_a_fetch_keeps_the_pages_with_the_release_that_asked_for_them(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    release(registry, fetcher(site, FETCHER + "# worse\n"))
    fetch_day(lake, registry, "books", TODAY, progress=lambda visit: rolled_back(registry))
    assert lake.table("bronze/books").read([TODAY])["release"].to_list() == [2, 2]
    assert parse_day(lake, registry, "books", TODAY).release == 1


def rolled_back(registry: Registry) -> None:
    if registry.in_force("books").number == 2:
        registry.rollback("books", 1, "in the middle")


def test_pages_that_came_during_a_parse_are_in_the_table(lake: Lake, registry: Registry, site: LittleSite) -> None:
    release(registry, fetcher(site, SLOW))
    fetch_day(lake, registry, "books", TODAY)
    site.pages["/books?p=2"] = page(6, 8)
    with ThreadPoolExecutor(1) as pool:
        parsing = pool.submit(parse_day, lake, Registry(lake), "books", TODAY)
        fetch_day(lake, registry, "books", TODAY)
        parsing.result(60)
    assert rows(lake).height == 13


def test_rounds_of_a_day_are_one_table_in_which_the_last_word_counts(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    reports = []
    for hour in range(4):
        site.pages["/books"] = page(hour + 1, 5)
        fetch_day(lake, registry, "books", TODAY)
        reports.append(parse_day(lake, registry, "books", TODAY))
    assert [report.pages for report in reports] == [1, 2, 3, 4]
    assert all(report.passed for report in reports)
    assert rows(lake)["title"].to_list() == [f"Book {n}" for n in range(1, 9)]
