"""The client as others see it: what it sends, what it gives back, what it leaves behind."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import structlog
from aiohttp import web as server

from lakehouse.errors import GuardRefused, Unreachable
from lakehouse.web import FetchRequest, WebClient
from tests.web.server import Site, answer, policy

pytestmark = pytest.mark.anyio


async def test_a_page_comes_back_with_all_that_a_capture_needs(site: Site) -> None:
    site.pages["/a"] = answer(200, "a page", X_Kind="list")
    before = datetime.now(UTC)
    async with WebClient(policy(site)) as web:
        fetched = await web.fetch(FetchRequest(site.url("/a#part")))
    assert (fetched.url, fetched.final_url) == (site.url("/a#part"), site.url("/a"))
    assert (fetched.status, fetched.body, fetched.headers["x-kind"]) == (200, b"a page", "list")
    assert before <= fetched.fetched_at <= datetime.now(UTC)
    assert fetched.elapsed_ms >= 0
    assert (fetched.attempts, fetched.redirects, fetched.not_modified, fetched.rendered) == (1, (), False, False)


async def test_it_says_who_it_is_and_what_it_can_read(site: Site) -> None:
    async with WebClient(policy(site)) as web:
        await web.fetch(FetchRequest(site.url()))
    for asked in site.asked:
        assert asked.headers["User-Agent"] == "lakehouse/0 (+t@example.org)"
        assert asked.headers["Accept-Encoding"] == "gzip, deflate, br, zstd"


async def test_a_fetcher_cannot_make_it_say_otherwise(site: Site) -> None:
    async with WebClient(policy(site)) as web:
        with pytest.raises(GuardRefused):
            await web.fetch(FetchRequest(site.url(), headers={"User-Agent": "Mozilla/5.0"}))
    assert site.asked == []


async def test_an_unchanged_page_costs_one_304(site: Site) -> None:
    async def page(request: server.Request) -> server.StreamResponse:
        if request.headers.get("If-None-Match") == '"v1"':
            return server.Response(status=304, headers={"ETag": '"v1"'})
        return server.Response(text="page", headers={"ETag": '"v1"'})

    site.pages["/"] = page
    async with WebClient(policy(site, robots=False)) as web:
        first = await web.fetch(FetchRequest(site.url()))
        again = await web.fetch(FetchRequest(site.url(), etag=first.headers["etag"]))
    assert (first.status, first.not_modified, first.body) == (200, False, b"page")
    assert (again.status, again.not_modified, again.body) == (304, True, b"")
    assert len(site.asked) == 2


async def test_last_modified_is_sent_back_as_it_came(site: Site) -> None:
    site.pages["/"] = answer(304)
    when = "Fri, 20 Nov 2026 12:00:00 GMT"
    async with WebClient(policy(site)) as web:
        fetched = await web.fetch(FetchRequest(site.url(), last_modified=when))
    assert site.asked[-1].headers["If-Modified-Since"] == when
    assert fetched.not_modified


async def test_a_304_that_nobody_asked_for_is_not_taken_for_an_unchanged_page(site: Site) -> None:
    site.pages["/"] = answer(304)
    async with WebClient(policy(site)) as web:
        assert not (await web.fetch(FetchRequest(site.url()))).not_modified


async def test_a_post_carries_its_body_and_headers(site: Site) -> None:
    site.pages["/search"] = "found"
    request = FetchRequest(site.url("/search"), "POST", {"Content-Type": "application/json"}, '{"q": "ü"}')
    async with WebClient(policy(site)) as web:
        fetched = await web.fetch(request)
    asked = site.asked[-1]
    assert (asked.method, asked.body.decode(), asked.headers["Content-Type"]) == (
        "POST",
        request.body,
        "application/json",
    )
    assert fetched.body == b"found"


async def test_a_head_gives_headers_and_no_body(site: Site) -> None:
    site.pages["/"] = "x" * 1_000
    async with WebClient(policy(site, max_bytes=100)) as web:
        fetched = await web.fetch(FetchRequest(site.url(), "HEAD"))
    assert (fetched.body, fetched.headers["content-length"]) == (b"", "1000")


async def test_cookies_are_neither_kept_nor_sent_back(site: Site) -> None:
    site.pages["/"] = answer(200, "page", Set_Cookie="session=secret")
    async with WebClient(policy(site)) as web:
        pages = [await web.fetch(FetchRequest(site.url())) for _ in range(2)]
    assert all("secret" not in str(page.headers) for page in pages)
    assert all("Cookie" not in asked.headers for asked in site.asked)


async def test_headers_that_come_twice_are_joined(site: Site) -> None:
    async def page(request: server.Request) -> server.StreamResponse:
        response = server.Response(text="page")
        response.headers.add("Link", "<a>; rel=next")
        response.headers.add("Link", "<b>; rel=prev")
        return response

    site.pages["/"] = page
    async with WebClient(policy(site)) as web:
        fetched = await web.fetch(FetchRequest(site.url()))
    assert fetched.headers["link"] == "<a>; rel=next, <b>; rel=prev"


async def test_proxies_of_the_environment_are_not_trusted(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Site() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url())
        monkeypatch.setenv("HTTP_PROXY", proxy.url())
        monkeypatch.setenv("no_proxy", "")
        site.pages["/"] = "direct"
        async with WebClient(policy(site)) as web:
            assert (await web.fetch(FetchRequest(site.url()))).body == b"direct"
    assert proxy.asked == []


@pytest.fixture
def every_line() -> Iterator[None]:
    """Let lines of every severity through, whatever a test before has configured."""
    before = structlog.get_config()
    structlog.reset_defaults()
    yield
    structlog.configure(**before)


@pytest.mark.usefixtures("every_line")
async def test_addresses_in_the_log_are_without_their_query(site: Site) -> None:
    site.pages["/"] = "page"
    site.pages["/broken"] = answer(500)
    with structlog.testing.capture_logs() as logs:
        async with WebClient(policy(site, retries=1)) as web:
            await web.fetch(FetchRequest(site.url("/?key=secret")))
            await web.fetch(FetchRequest(site.url("/broken?key=secret")))
            with pytest.raises(GuardRefused):
                await web.fetch(FetchRequest("http://elsewhere.example/?key=secret"))
    assert "secret" not in str(logs)
    assert [(line["event"], line["log_level"]) for line in logs if "url" in line] == [
        ("fetched", "debug"),
        ("fetched", "debug"),
        ("not fetched", "debug"),
    ]


async def test_closing_twice_and_closing_under_way_leave_nothing_hanging(site: Site) -> None:
    async def never(request: server.Request) -> server.StreamResponse:
        await asyncio.sleep(30)
        return server.Response()

    site.pages["/robots.txt"] = never
    async with WebClient(policy(site, timeout=30.0)) as web:
        waiting = asyncio.create_task(web.fetch(FetchRequest(site.url())))
        while not site.asked:
            await asyncio.sleep(0.01)
        await web.aclose()
    with pytest.raises((asyncio.CancelledError, Unreachable)):
        await waiting


async def test_one_client_serves_many_fetches_at_once_over_few_connections(site: Site) -> None:
    peers = set()

    async def page(request: server.Request) -> server.StreamResponse:
        peers.add(request.transport.get_extra_info("peername") if request.transport else None)
        return server.Response(text=request.query["n"])

    site.pages["/"] = page
    async with WebClient(policy(site, concurrency=4)) as web:
        pages = await asyncio.gather(*(web.fetch(FetchRequest(site.url(f"/?n={n}"))) for n in range(50)))
    assert [page.body for page in pages] == [str(n).encode() for n in range(50)]
    assert len(peers) <= 5
