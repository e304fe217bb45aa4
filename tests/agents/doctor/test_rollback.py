"""A rollback takes the tables along: which days belong to other releases, and what becomes of their rows."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.doctor.rollback import days_of_others, fingerprints, row_changes
from lakehouse.engine import fetch_day, parse_day
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from lakehouse.registry.releases import Releases
from tests.books import FETCHER, fetcher
from tests.conftest import release
from tests.little_site import LittleSite

DAYS = ["2026-01-01", "2026-01-02", "2026-01-03"]


def run(lake: Lake, registry: Registry, *days: str) -> None:
    for day in days:
        fetch_day(lake, registry, "books", day)
        parse_day(lake, registry, "books", day)


def another(registry: Registry, site: LittleSite, note: str = "# other\n") -> int:
    return release(registry, fetcher(site) + note)


def test_days_that_later_releases_parsed_belong_to_them(lake: Lake, registry: Registry, site: LittleSite) -> None:
    run(lake, registry, *DAYS[:2])
    another(registry, site)
    run(lake, registry, DAYS[2])
    parse_day(lake, registry, "books", DAYS[1])
    assert days_of_others(lake, registry, "books", 1) == DAYS[1:]
    assert days_of_others(lake, registry, "books", 2) == []


def test_going_forward_again_takes_what_was_parsed_since_the_way_back(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    run(lake, registry, DAYS[0])
    another(registry, site)
    run(lake, registry, DAYS[1])
    registry.rollback("books", 1, "Back.")
    parse_day(lake, registry, "books", DAYS[1])
    run(lake, registry, DAYS[2])
    assert days_of_others(lake, registry, "books", 2) == DAYS[1:]


def test_a_release_that_never_was_in_force_takes_what_was_parsed_since_it_was_made(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    run(lake, registry, DAYS[0])
    overtaken = registry.stage("books", fetcher(site) + "# overtaken\n", {}, {})
    assert Releases(lake.objects, "books").write(overtaken, "doctor", "lost the race").number == 2
    assert another(registry, site) == 3
    run(lake, registry, DAYS[1])
    assert days_of_others(lake, registry, "books", 2) == [DAYS[1]]


def test_a_day_without_pages_cannot_be_parsed_again(lake: Lake, registry: Registry, site: LittleSite) -> None:
    another(registry, site)
    run(lake, registry, *DAYS[:2])
    pages = lake.table("bronze/books")
    pages.replace_day(DAYS[0], pages.read([DAYS[0]]).clear())
    assert days_of_others(lake, registry, "books", 1) == [DAYS[1]]


def test_rows_of_real_tables_are_told_apart_by_what_the_fetcher_gave(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    source = registry.source("books")
    assert fingerprints(lake, source, DAYS).height == 0
    run(lake, registry, *DAYS[:2])
    before = fingerprints(lake, source, DAYS)
    release(registry, fetcher(site, FETCHER.replace('link(row, "a")', 'link(row, "u")')))
    parse_day(lake, registry, "books", DAYS[1])
    changes = row_changes(before, fingerprints(lake, source, DAYS))
    assert before.height == 20
    assert (changes.changed, changes.new, changes.gone) == (10, 0, 0)


ROWS = st.dictionaries(
    st.tuples(st.sampled_from(DAYS), st.integers(0, 5)), st.integers(0, 3), max_size=12
)  # key to content


@given(ROWS, ROWS)
def test_every_row_is_the_same_changed_new_or_gone(
    old: dict[tuple[str, int], int], new: dict[tuple[str, int], int]
) -> None:
    changes = row_changes(frame(old), frame(new))
    assert changes.changed == sum(old[key] != new[key] for key in old.keys() & new.keys())
    assert changes.new == len(new.keys() - old.keys())
    assert changes.gone == len(old.keys() - new.keys())


def frame(rows: dict[tuple[str, int], int]) -> pl.DataFrame:
    told = [{"day": day, "key": key, "row": row} for (day, key), row in rows.items()]
    return pl.DataFrame(told, schema={"day": pl.String, "key": pl.UInt64, "row": pl.UInt64})
