"""Pace: spacing and concurrency hold under load, and a host that asks for a pause gets it."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest
from aiohttp import web as server

from lakehouse.errors import Unreachable
from lakehouse.web import FetchRequest, WebClient
from lakehouse.web.pace import Pace
from tests.web.server import Site, answer, in_turn, policy

pytestmark = pytest.mark.anyio


async def slow(request: server.Request) -> server.StreamResponse:
    await asyncio.sleep(0.02)
    return server.Response(text="slow")


async def fetch_many(web: WebClient, site: Site, count: int) -> None:
    await asyncio.gather(*(web.fetch(FetchRequest(site.url(f"/?{n}"))) for n in range(count)))


def gaps(site: Site) -> list[float]:
    starts = sorted(asked.at for asked in site.asked)
    return [later - earlier for earlier, later in pairwise(starts)]


async def test_starts_are_spaced_although_many_pages_are_wanted_at_once(site: Site) -> None:
    site.pages["/"] = "page"
    async with WebClient(policy(site, delay=0.05, concurrency=8, robots=False)) as web:
        await fetch_many(web, site, 8)
    starts = sorted(asked.at for asked in site.asked)
    assert starts[-1] - starts[0] > 7 * 0.05 * 0.9
    assert min(gaps(site)) > 0.02


async def test_no_more_requests_are_under_way_than_allowed(site: Site) -> None:
    site.pages["/"] = slow
    async with WebClient(policy(site, concurrency=3, robots=False)) as web:
        await fetch_many(web, site, 30)
    assert site.busiest == 3


async def test_every_host_has_its_own_pace(site: Site) -> None:
    paces = Pace(policy(site, concurrency=1))
    async with paces["a.example"], paces["b.example"]:
        assert paces["a.example"] is not paces["b.example"]
        assert paces["a.example"] is paces["a.example"]


async def test_a_failure_gives_the_place_back(site: Site) -> None:
    pace = Pace(policy(site, concurrency=1))["a.example"]
    for _ in range(3):
        with pytest.raises(ValueError, match="no"):
            async with asyncio.timeout(5), pace:
                raise ValueError("no")


async def test_somebody_who_stops_waiting_gives_the_place_back(site: Site) -> None:
    pace = Pace(policy(site, concurrency=1, delay=30.0))["a.example"]
    async with pace:
        pass
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05), pace:
            pass
    assert not pace._places.locked()


@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after_holds_the_whole_host_back(site: Site, status: int) -> None:
    site.pages["/busy"] = in_turn(answer(status, Retry_After="1"), answer(200, "at last"))
    site.pages["/other"] = "other"
    async with WebClient(policy(site, robots=False, concurrency=4)) as web:
        busy = asyncio.create_task(web.fetch(FetchRequest(site.url("/busy"))))
        while not site.asked:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        await web.fetch(FetchRequest(site.url("/other")))
        fetched = await busy
    assert (fetched.status, fetched.body, fetched.attempts) == (200, b"at last", 2)
    first, *later = sorted(asked.at for asked in site.asked)
    assert min(later) - first > 0.9


async def test_a_host_that_limits_without_saying_how_long_is_given_a_growing_pause(site: Site) -> None:
    site.pages["/"] = in_turn(answer(429), answer(429), answer(200))
    async with WebClient(policy(site, robots=False, backoff=0.05)) as web:
        assert (await web.fetch(FetchRequest(site.url()))).attempts == 3
    first, second = gaps(site)
    assert first > 0.09
    assert second > 0.19


async def test_a_pause_that_nobody_waits_out_ends_at_once_for_everybody(site: Site) -> None:
    site.pages["/"] = answer(429, "come tomorrow", Retry_After="86400")
    async with WebClient(policy(site, robots=False)) as web:
        fetched = await web.fetch(FetchRequest(site.url()))
        with pytest.raises(Unreachable, match="left alone"):
            await web.fetch(FetchRequest(site.url("/other")))
    assert (fetched.status, fetched.attempts) == (429, 1)
    assert site.paths() == ["/"]


async def test_crawl_delay_slows_down_and_never_speeds_up(site: Site) -> None:
    pace = Pace(policy(site, delay=0.05, concurrency=1))["a.example"]
    pace.slow_to(0.0)
    starts = []
    for _ in range(3):
        async with pace:
            starts.append(asyncio.get_running_loop().time())
    assert starts[1] - starts[0] > 0.04
    pace.slow_to(0.15)
    async with pace, asyncio.timeout(5):
        pass
    async with pace:
        assert asyncio.get_running_loop().time() - starts[2] > 0.15
