"""A repair must find its way to all pages of the day that it is proved on, or to pages that are still to be fetched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Blueprint, Rows
from lakehouse.agents.doctor.candidate import Candidate, try_on_days
from lakehouse.agents.doctor.evidence import gather
from lakehouse.agents.doctor.reach import Kept, Reach, reach, walk
from lakehouse.engine.replay import Capture
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.agents.doctor.broken_books import BAD, GOOD, run
from tests.books import FETCHER, page
from tests.little_site import Answer, LittleSite


def reached(lake: Lake, registry: Registry, site: LittleSite, code: str, path: str = "/books") -> Reach:
    start = site.url(path)
    plan = Blueprint(kind="listing", start=start, rows=Rows(form="select", selector="li.book"), fields=())
    candidate = Candidate(plan, code.format(start=start))
    tried = try_on_days(lake, registry, "books", candidate, [BAD])
    return reach(lake, registry, gather(lake, registry, "books", "checks", BAD), candidate, tried.derived[BAD])


def test_a_fetcher_that_goes_on_as_before_reaches_all_pages(lake: Lake, registry: Registry, site: LittleSite) -> None:
    run(lake, registry, GOOD, BAD)
    found = reached(lake, registry, site, FETCHER)
    assert found == Reach(reached=2, before=2)
    assert found.doubts == ()


def test_a_way_that_was_lost_is_a_doubt_and_names_the_page(lake: Lake, registry: Registry, site: LittleSite) -> None:
    run(lake, registry, GOOD, BAD)
    found = reached(lake, registry, site, FETCHER.replace("a.next", "a.no-such"))
    assert found == Reach(reached=1, before=2, lost=(site.url("/books?p=2"),))
    [doubt] = found.doubts
    assert "1 of the 2 pages" in doubt
    assert site.url("/books?p=2") in doubt


def test_pages_that_the_old_fetcher_never_saw_are_to_be_fetched(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    run(lake, registry, GOOD)
    site.pages["/books"] = Answer(site.pages["/books"].body.replace(b'"next"', b'"onward"'))
    run(lake, registry, BAD)
    found = reached(lake, registry, site, FETCHER.replace("a.next", "a.onward"))
    assert found == Reach(reached=1, before=2, asked=(site.url("/books?p=2"),))
    assert found.doubts == ()


def test_a_redirect_is_one_page_by_whichever_address(lake: Lake, registry: Registry, site: LittleSite) -> None:
    site.pages["/shop/1"] = site.pages["/books"]
    site.pages["/books"] = Answer(status=301, headers={"Location": "/shop/1#top"})
    run(lake, registry, GOOD, BAD)
    assert reached(lake, registry, site, FETCHER, "/shop/1") == Reach(reached=2, before=2)
    assert reached(lake, registry, site, FETCHER, "/books#here") == Reach(reached=2, before=2)


def test_what_was_asked_for_in_vain_is_not_asked_for_again(lake: Lake, registry: Registry, site: LittleSite) -> None:
    pages = {f"/books?p={n}": page(5 * n - 4, 5, following=f"/books?p={n + 1}") for n in range(2, 13)}
    site.pages = {"/books": page(1, 5, following="/books?p=2"), **pages}
    run(lake, registry, GOOD, BAD)
    assert reached(lake, registry, site, FETCHER) == Reach(reached=12, before=12)


@pytest.mark.parametrize(("now", "doubted"), [(1, True), (2, True), (3, False), (6, False), (9, False)])
def test_far_fewer_pages_with_records_than_on_the_good_day_are_a_doubt(now: int, doubted: bool) -> None:
    assert bool(Reach(reached=now, before=6).doubts) is doubted


@given(st.dictionaries(st.integers(0, 9), st.sets(st.integers(0, 12))), st.sets(st.integers(0, 12)))
def test_a_walk_ends_and_comes_by_each_page_once(links: dict[int, set[int]], start: set[int]) -> None:
    asked: list[str] = []

    def follow(page: Kept) -> list[str]:
        asked.append(page.capture.url)
        return [f"/{number}#{page.capture.url}" for number in sorted(links[int(page.capture.url[1:])])]

    kept = [Kept(Capture("", 0, f"/{n}", "", "", {}), frozenset({f"/{n}", f"/old{n}"})) for n in links]
    seen, missing = walk((f"/{number}" for number in sorted(start)), follow, kept)
    assert len(asked) == len(set(asked))
    assert set(asked) <= seen
    assert set(missing) == {url for url in seen if not url.startswith("/old")} - {f"/{number}" for number in links}
