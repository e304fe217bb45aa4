"""A page that moved is found again by what the site itself tells, with few requests and no rule broken."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

import pytest

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.moved import MOST_REQUESTS, Search, find_moved
from lakehouse.agents.scout.look import page_of
from lakehouse.demo.site import DemoSite
from lakehouse.demo.site.catalogue import SourceName
from lakehouse.fetcher import Page
from lakehouse.web import FetchRequest, WebClient, WebPolicy
from tests.agents.doctor.diagnosis.registry_pages import RECORDS, listing
from tests.agents.doctor.diagnosis.walls import CHALLENGES, LOGINS
from tests.little_site import Answer, LittleSite, html

LIST = listing().text
HOME = "<html><head><title>City Registry</title></head><body><h1>City Registry</h1>{}</body></html>"
GONE = Answer(b"<html><body><h1>Gone</h1></body></html>", 410, {"Content-Type": "text/html"})


@pytest.fixture
def little() -> Iterator[LittleSite]:
    """Return a running site with a home page that tells nothing."""
    with LittleSite({"/": html(HOME.format("<p>Welcome."))}) as site:
        yield site


def policy(host: str) -> WebPolicy:
    """Give a policy for one host on this machine."""
    return WebPolicy("lakehouse/0", frozenset({host}), frozenset({host}), delay=0, retries=0)


def search(site: LittleSite, path: str = "/decisions", text: str = LIST, **more: int | str) -> Search:
    """Look for a page that stood at a path."""

    async def searching() -> Search:
        async with WebClient(policy(site.host)) as web:
            known = Known(Page(site.url(path), text.encode(), "text/html"), RECORDS)
            return await find_moved(site.url(path), [known], web, **more)  # type: ignore[arg-type]

    return asyncio.run(searching())


def places(found: Search, site: LittleSite) -> list[str]:
    """Give the paths that were found, best first."""
    return [each.url.removeprefix(site.url("")) for each in found.found]


def sitemap(site: LittleSite, paths: Sequence[str], kind: str = "url") -> Answer:
    """Give a sitemap, or an index of sitemaps."""
    root = {"url": "urlset", "sitemap": "sitemapindex"}[kind]
    entries = "".join(f"<{kind}><loc>{site.url(path)}</loc></{kind}>" for path in paths)
    return Answer(f"<?xml version='1.0'?><{root}>{entries}</{root}>".encode(), headers={"Content-Type": "text/xml"})


def test_a_page_that_moved_is_found_by_its_redirect(little: LittleSite) -> None:
    little.pages |= {"/decisions": Answer(b"", 301, {"Location": "/rulings"}), "/rulings": html(LIST)}
    found = search(little)
    assert places(found, little) == ["/rulings"]
    assert found.found[0].evidence[1] == "12 of 12 known records stand on it"
    assert len(found.asked) == 1


def test_a_page_that_moved_is_found_by_the_menu_of_the_error_page(little: LittleSite) -> None:
    menu = "<nav><a href=/fees>Fees and forms</a><a href=/court/rulings>Decisions</a></nav>"
    little.pages |= {"/decisions": Answer(f"<html><body>{menu}<h1>404</h1></body></html>".encode(), 404)}
    little.pages |= {"/court/rulings": html(LIST)}
    assert places(search(little), little) == ["/court/rulings"]


def test_a_page_that_moved_is_found_by_the_home_page(little: LittleSite) -> None:
    little.pages |= {"/": html(HOME.format("<a href=/x17>Decisions</a>")), "/x17": html(LIST), "/decisions": GONE}
    assert places(search(little), little) == ["/x17"]


def test_a_page_that_moved_is_found_by_a_sitemap_that_robots_names(little: LittleSite) -> None:
    little.pages |= {
        "/robots.txt": Answer(f"User-agent: *\nDisallow: /staff\nSitemap: {little.url('/maps/all.xml')}\n".encode()),
        "/maps/all.xml": sitemap(little, ["/maps/part.xml"], "sitemap"),
        "/maps/part.xml": sitemap(little, ["/help", "/archive/decisions.html"]),
        "/archive/decisions.html": html(LIST),
    }
    assert places(search(little), little) == ["/archive/decisions.html"]


def test_a_hundred_thousand_empty_lines_hide_no_sitemap(little: LittleSite) -> None:
    robots = "\n" * 100_000 + f" Sitemap : {little.url('/maps/all.xml')}\n"
    little.pages |= {
        "/robots.txt": Answer(robots.encode()),
        "/maps/all.xml": sitemap(little, ["/archive/decisions.html"]),
    }
    little.pages["/archive/decisions.html"] = html(LIST)
    assert places(search(little), little) == ["/archive/decisions.html"]


def test_a_page_that_moved_is_found_by_the_folder_of_its_records(little: LittleSite) -> None:
    records = tuple({**record, "url": f"/d/{record['docket']}"} for record in RECORDS)
    little.pages |= {"/sitemap.xml": sitemap(little, [f"/q9/{r['docket']}" for r in records]), "/q9": html(LIST)}

    async def searching() -> Search:
        async with WebClient(policy(little.host)) as web:
            return await find_moved(
                little.url("/decisions"), [Known(Page(little.url("/decisions"), b"{}"), records)], web
            )

    assert places(asyncio.run(searching()), little) == ["/q9"]


def test_a_page_that_moved_is_found_by_its_canonical_address(little: LittleSite) -> None:
    head = "<link rel=canonical href=/registry/decisions-list>"
    little.pages |= {"/decisions": html(f"<html><head>{head}</head><body><h1>404</h1></body></html>")}
    little.pages |= {"/registry/decisions-list": html(LIST)}
    assert places(search(little), little) == ["/registry/decisions-list"]


def test_the_page_with_the_records_comes_before_the_one_with_the_name(little: LittleSite) -> None:
    links = "<a href=/old>Decisions of the council</a><a href=/new>Rulings</a><a href=/decisions-1>All decisions</a>"
    little.pages |= {
        "/": html(HOME.format(links)),
        "/old": html("<html><head><title>Decisions</title></head><body><h1>Decisions</h1><p>None yet.</body></html>"),
        "/decisions-1": html(LIST),
    }
    assert places(search(little), little)[0] == "/decisions-1"


@pytest.mark.parametrize("wall", [CHALLENGES["proof of work"], LOGINS["plain form"]])
def test_a_wall_at_the_new_address_is_no_answer(little: LittleSite, wall: str) -> None:
    little.pages |= {"/": html(HOME.format("<a href=/rulings>Decisions</a>")), "/rulings": html(wall)}
    found = search(little)
    assert "/rulings" in little.asked
    assert found.found == []


def test_what_robots_forbids_is_not_asked_for(little: LittleSite) -> None:
    little.pages |= {
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /rulings\n"),
        "/": html(HOME.format("<a href=/rulings>Decisions</a>")),
        "/rulings": html(LIST),
    }
    found = search(little)
    assert found.found == []
    assert "/rulings" not in little.asked
    assert "robots.txt forbids" in found.failures[little.url("/rulings")]


def test_another_host_is_not_asked_and_told(little: LittleSite) -> None:
    little.pages |= {"/decisions": Answer(b"", 301, {"Location": "https://elsewhere.example/decisions"})}
    found = search(little)
    assert found.found == []
    assert "elsewhere.example" in found.failures[little.url("/decisions")]


def test_a_large_site_is_asked_for_a_few_pages_only(little: LittleSite) -> None:
    links = "".join(f"<a href=/decisions-{n}>Decisions {n}</a>" for n in range(200))
    little.pages["/"] = html(HOME.format(links))
    found = search(little)
    assert len(found.asked) == MOST_REQUESTS
    assert len(set(found.asked)) == MOST_REQUESTS
    assert len(search(little, most=4).asked) == 4


def test_where_the_site_tells_nothing_nothing_is_found(little: LittleSite) -> None:
    found = search(little)
    assert found.found == []
    assert found.failures[little.url("/decisions")] == "answered 404"


@pytest.mark.parametrize(
    ("source", "start", "new"),
    [("inspections", "/inspections", "/food-safety"), ("news", "/news/feed.xml", "/feeds/news.atom"),
     ("opinions", "/opinions", "/court/decisions/page/1")],
)  # fmt: skip
def test_the_moved_sources_of_the_city_are_found(source: SourceName, start: str, new: str) -> None:
    async def searching(site: DemoSite) -> Search:
        async with WebClient(policy(f"127.0.0.1:{site.port}")) as web:
            page = page_of(await web.fetch(FetchRequest(site.url + start)))
            records = tuple({key: str(value) for key, value in each.items()} for each in site.records(source, site.day))
            site.set_version(source, 2)
            return await find_moved(page.url, [Known(page, records[:25])], web)

    with DemoSite() as site:
        found = asyncio.run(searching(site))
        assert found.found[0].url == site.url + new
        assert len(found.asked) <= MOST_REQUESTS
