"""What became of one page, told from what the web client and a real site with a bad day really say."""

from __future__ import annotations

import asyncio

import pytest

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.diagnosis.facts import Failing
from lakehouse.agents.doctor.diagnosis.page_cause import PageCause, page_cause
from lakehouse.agents.doctor.incident import Class
from lakehouse.agents.scout.look import page_of
from lakehouse.demo.site import DemoSite
from lakehouse.demo.site.state import FaultKind
from lakehouse.errors import FetcherRaised, TooLarge, WebError
from lakehouse.fetcher import Page
from lakehouse.web import FetchRequest, WebClient, WebPolicy
from tests.agents.doctor.diagnosis.registry_pages import ADDRESS, KNOWN
from tests.little_site import Answer, LittleSite, html


def fetch(host: str, url: str, **policy: float) -> Failing:
    """Fetch an address as the engine does, and keep what it keeps: the answer, or the error's words."""

    async def fetching() -> Failing:
        rules = WebPolicy("lakehouse/0", frozenset({host}), frozenset({host}), delay=0, retries=0, **policy)  # type: ignore[arg-type]
        async with WebClient(rules) as web:
            try:
                answer = await web.fetch(FetchRequest(url))
            except WebError as error:
                return Failing(url, error=str(error))
        return Failing(url, page_of(answer), answer.status, answer.headers)

    return asyncio.run(fetching())


def cause(pages: dict[str, Answer], path: str = "/list", **policy: float) -> PageCause:
    """Give the cause of a page of a site on this machine."""
    with LittleSite(pages) as site:
        return page_cause(fetch(site.host, site.url(path), **policy))


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ({"/robots.txt": Answer(b"User-agent: *\nDisallow: /list")}, "blocked"),
        ({"/robots.txt": Answer(b"User-agent: *\nCrawl-delay: 999999")}, "blocked"),
        ({"/robots.txt": Answer(b"", 500)}, "transient"),
        ({"/list": Answer(b"", 302, {"Location": "/list"})}, "blocked"),
        ({"/list": Answer(b"not compressed", headers={"Content-Encoding": "gzip"})}, "transient"),
        ({"/list": Answer(b"", 301, {"Location": "https://elsewhere.example/x"})}, "moved"),
        ({}, "moved"),
    ],
)
def test_what_the_web_client_says_has_its_class(pages: dict[str, Answer], expected: Class) -> None:
    assert cause(pages).cause == expected


def test_a_host_that_asks_to_be_left_alone_is_limited() -> None:
    found = cause({"/list": Answer(b"wait", 429, {"Retry-After": "9999"})})
    assert found.cause == "limited"


def test_a_site_that_is_down_is_transient() -> None:
    with LittleSite() as site:
        host, url = site.host, site.url("/list")
    assert page_cause(fetch(host, url)).cause == "transient"


def test_a_redirect_to_another_host_tells_where() -> None:
    found = cause({"/list": Answer(b"", 301, {"Location": "https://elsewhere.example/x"})})
    assert found.address == "https://elsewhere.example/x"


def test_an_answer_that_is_too_large_goes_to_a_person() -> None:
    assert (
        page_cause(Failing(ADDRESS, error=str(TooLarge("more than 9 bytes.", url=ADDRESS, limit=9)))).cause == "unknown"
    )
    assert page_cause(Failing(ADDRESS)).cause == "unknown"


def test_an_error_of_the_fetcher_leaves_the_page_whole() -> None:
    error = FetcherRaised("KeyError", "'next'", traceback="", url=ADDRESS, module="decisions/0001")
    assert page_cause(Failing(ADDRESS, KNOWN.page, 200, error=str(error)), KNOWN) == PageCause()


def test_a_whole_page_has_no_cause() -> None:
    assert cause({"/list": html(KNOWN.page.text)}) == PageCause()


@pytest.mark.parametrize(
    ("fault", "expected"),
    [("retry_after", "limited"), ("consent", "blocked"), ("server_error", "transient"), ("login", "blocked"),
     ("challenge", "blocked"), ("truncated", "transient"), ("not_found", "moved"), ("moved", "moved"), (None, None)],
)  # fmt: skip
@pytest.mark.parametrize("source", ["opinions", "inspections"])
def test_every_bad_day_of_the_city_has_its_class(source: str, fault: FaultKind | None, expected: Class | None) -> None:
    with DemoSite() as site:
        host, url = f"127.0.0.1:{site.port}", f"{site.url}/{source}"
        good = fetch(host, url)
        assert good.page is not None
        records = tuple({k: str(v) for k, v in each.items()} for each in site.records(source, site.day))  # type: ignore[arg-type]
        if fault:
            site.fault(f"/{source}", fault)
        assert page_cause(fetch(host, url), Known(good.page, records[:25])).cause == expected


def test_a_soft_error_object_in_place_of_data_is_moved() -> None:
    known = Known(Page(ADDRESS, b'{"items": [{"n": "one"}, {"n": "two"}]}'), ({"n": "one"}, {"n": "two"}))
    assert page_cause(Failing(ADDRESS, Page(ADDRESS, b'{"error": "no such resource"}'), 200), known).cause == "moved"
