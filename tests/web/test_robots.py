"""robots.txt by RFC 9309."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import Any

import pytest
from aiohttp import web as server

from lakehouse.errors import GuardRefused, RobotsDisallowed
from lakehouse.web import FetchRequest, WebClient
from lakehouse.web.robots import MAX_SIZE
from tests.web.server import Site, answer, in_turn, policy

pytestmark = pytest.mark.anyio


async def allowed(site: Site, path: str, **changes: Any) -> bool:
    async with WebClient(policy(site, retries=0, **changes)) as web:
        try:
            await web.fetch(FetchRequest(site.url(path)))
        except RobotsDisallowed:
            return False
    return True


@pytest.mark.parametrize(
    ("rules", "path", "expected"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /a", "/a/b", False),
        ("User-agent: *\nDisallow: /a", "/b", True),
        ("User-agent: *\nDisallow: /\nAllow: /public", "/public/x", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf?y", True),
        ("User-agent: lakehouse\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: Lakehouse\nDisallow:\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: otherbot\nDisallow: /", "/a", True),
        ("\ufeffUser-agent: *\nDisallow: /", "/a", False),
        ("<html><body>not found</body></html>", "/a", True),
        ("\0\x01 nonsense\n\n::::", "/a", True),
    ],
)
async def test_the_rules_are_obeyed(site: Site, rules: str, path: str, expected: bool) -> None:
    site.pages["/robots.txt"] = rules
    assert await allowed(site, path) is expected
    assert (site.paths() == [path]) is expected


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
async def test_a_robots_txt_that_is_not_there_allows_everything(site: Site, status: int) -> None:
    site.pages["/robots.txt"] = answer(status, "User-agent: *\nDisallow: /")
    assert await allowed(site, "/a")


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_robots_txt_that_fails_forbids_everything(site: Site, status: int) -> None:
    site.pages["/robots.txt"] = answer(status)
    async with WebClient(policy(site, retries=1)) as web:
        with pytest.raises(RobotsDisallowed, match=f"could not be read.*{status}"):
            await web.fetch(FetchRequest(site.url("/a")))
    assert [asked.path for asked in site.asked] == ["/robots.txt"] * 2


async def test_a_robots_txt_that_does_not_come_in_time_forbids_everything(site: Site) -> None:
    async def never(request: server.Request) -> server.StreamResponse:
        await asyncio.sleep(30)
        return server.Response()

    site.pages["/robots.txt"] = never
    async with WebClient(policy(site, retries=0, timeout=0.2)) as web:
        with pytest.raises(RobotsDisallowed, match="could not be read"):
            await web.fetch(FetchRequest(site.url("/a")))
    assert site.paths() == []


async def test_a_failure_that_passes_is_tried_again(site: Site) -> None:
    site.pages["/robots.txt"] = in_turn(answer(503), answer(200))
    async with WebClient(policy(site)) as web:
        assert (await web.fetch(FetchRequest(site.url("/a")))).status == 404


@pytest.mark.parametrize(("hops", "expected"), [(5, True), (6, False)])
async def test_five_redirects_are_followed(site: Site, hops: int, expected: bool) -> None:
    for number in range(hops):
        site.pages["/robots.txt" if number == 0 else f"/r{number}"] = answer(301, Location=f"/r{number + 1}")
    site.pages[f"/r{hops}"] = "User-agent: *\nDisallow: /closed"
    assert await allowed(site, "/open") is expected
    assert not await allowed(site, "/closed")


async def test_a_redirect_to_a_foreign_host_leaves_it_unread(site: Site) -> None:
    site.pages["/robots.txt"] = answer(302, Location="http://evil.example/robots.txt")
    async with WebClient(policy(site)) as web:
        with pytest.raises(RobotsDisallowed, match=r"evil\.example"):
            await web.fetch(FetchRequest(site.url("/a")))


async def test_each_origin_is_asked_once_even_when_many_pages_are_wanted_at_once(site: Site) -> None:
    site.pages["/robots.txt"] = "User-agent: *\nDisallow: /x"
    async with WebClient(policy(site, concurrency=8)) as web:
        await asyncio.gather(*(web.fetch(FetchRequest(site.url(f"/{n}"))) for n in range(20)))
    assert [asked.path for asked in site.asked].count("/robots.txt") == 1


async def test_redirect_targets_are_checked_too(site: Site) -> None:
    site.pages["/robots.txt"] = "User-agent: *\nDisallow: /closed"
    site.pages["/open"] = answer(302, Location="/closed")
    assert not await allowed(site, "/open")
    assert site.paths() == ["/open"]


async def test_every_origin_has_its_own_rules(site: Site) -> None:
    async with Site() as other:
        other.pages["/robots.txt"] = "User-agent: *\nDisallow: /"
        async with WebClient(policy(site, other)) as web:
            assert (await web.fetch(FetchRequest(site.url("/a")))).status == 404
            with pytest.raises(RobotsDisallowed):
                await web.fetch(FetchRequest(other.url("/a")))


async def test_crawl_delay_is_kept_between_starts(site: Site) -> None:
    site.pages["/robots.txt"] = "User-agent: *\nCrawl-delay: 0.15"
    async with WebClient(policy(site, concurrency=4)) as web:
        await asyncio.gather(*(web.fetch(FetchRequest(site.url(f"/{n}"))) for n in range(3)))
    starts = sorted(asked.at for asked in site.asked if asked.path != "/robots.txt")
    assert all(later - earlier > 0.1 for earlier, later in pairwise(starts))


@pytest.mark.parametrize("delay", ["3601", "86400", "1e9"])
async def test_a_crawl_delay_without_end_forbids_instead_of_hanging(site: Site, delay: str) -> None:
    site.pages["/robots.txt"] = f"User-agent: *\nCrawl-delay: {delay}"
    assert not await allowed(site, "/a")


async def test_what_comes_after_500_kib_is_not_read_and_half_a_rule_is_none(site: Site) -> None:
    head = "User-agent: *\nDisallow: /first\n"
    filler = "#" * (MAX_SIZE - len(head) - len("Disallow: /") - 1) + "\n"
    site.pages["/robots.txt"] = head + filler + "Disallow: /late\n"
    assert not await allowed(site, "/first")
    assert await allowed(site, "/late")
    assert await allowed(site, "/other")


async def test_a_robots_txt_past_the_body_cap_is_unread(site: Site) -> None:
    site.pages["/robots.txt"] = "#" * 10_000
    assert not await allowed(site, "/a", max_bytes=1_000)


async def test_a_private_site_is_refused_by_the_guard_rather_than_by_robots(site: Site) -> None:
    name = f"localhost:{site.port}"
    async with WebClient(policy(names=(name,), private_hosts=frozenset())) as web:
        with pytest.raises(GuardRefused):
            await web.fetch(FetchRequest(site.url("/a", host="localhost")))
    assert site.asked == []


async def test_a_person_may_turn_robots_off(site: Site) -> None:
    site.pages["/robots.txt"] = "User-agent: *\nDisallow: /"
    assert await allowed(site, "/a", robots=False)
    assert [asked.path for asked in site.asked] == ["/a"]
