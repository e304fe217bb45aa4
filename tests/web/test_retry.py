"""What passes is tried again; what is final, or may have been acted on, is not."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.errors import Unreachable
from lakehouse.web import FetchRequest, WebClient
from lakehouse.web.retry import retry_after
from tests.web.server import Site, Wire, answer, in_turn, policy

pytestmark = pytest.mark.anyio

NOON = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
async def test_a_status_that_passes_is_tried_again(site: Site, status: int) -> None:
    site.pages["/"] = in_turn(answer(status), answer(200, "well again"))
    async with WebClient(policy(site)) as web:
        fetched = await web.fetch(FetchRequest(site.url()))
    assert (fetched.status, fetched.attempts) == (200, 2)


@pytest.mark.parametrize("status", [200, 204, 400, 401, 403, 404, 410, 501])
async def test_a_final_status_is_an_answer_at_once(site: Site, status: int) -> None:
    site.pages["/"] = answer(status)
    async with WebClient(policy(site)) as web:
        fetched = await web.fetch(FetchRequest(site.url()))
    assert (fetched.status, fetched.attempts) == (status, 1)


async def test_a_status_that_stays_comes_back_as_it_is(site: Site) -> None:
    site.pages["/"] = answer(500, "broken")
    async with WebClient(policy(site, retries=2)) as web:
        fetched = await web.fetch(FetchRequest(site.url()))
    assert (fetched.status, fetched.body, fetched.attempts) == (500, b"broken", 3)
    assert site.paths() == ["/"] * 3


async def test_a_body_that_breaks_off_is_tried_again_and_then_an_error() -> None:
    async with (
        Wire(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", b"short") as wire,
        WebClient(policy(wire, robots=False, retries=2)) as web,
    ):
        with pytest.raises(Unreachable) as error:
            await web.fetch(FetchRequest(wire.url))
    assert wire.connections == 3
    assert error.value.sent


async def test_a_host_that_is_not_there_is_unreachable() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{held.getsockname()[1]}"
        async with WebClient(policy(names=(host,), robots=False)) as web:
            with pytest.raises(Unreachable, match="no connection") as error:
                await web.fetch(FetchRequest(f"http://{host}/"))
    assert not error.value.sent


async def test_a_name_that_does_not_exist_is_unreachable() -> None:
    async with WebClient(policy(names=("nowhere.invalid",), robots=False, retries=0)) as web:
        with pytest.raises(Unreachable) as error:
            await web.fetch(FetchRequest("http://nowhere.invalid/"))
    assert not error.value.sent


@pytest.mark.parametrize(("status", "tries"), [(500, 1), (502, 1), (504, 1), (429, 3), (503, 3)])
async def test_a_post_is_repeated_only_where_the_host_says_that_it_did_nothing(
    site: Site, status: int, tries: int
) -> None:
    site.pages["/"] = answer(status, Retry_After="0")
    async with WebClient(policy(site, robots=False, retries=2)) as web:
        fetched = await web.fetch(FetchRequest(site.url(), "POST", body="order"))
    assert (fetched.status, fetched.attempts) == (status, tries)


async def test_a_post_that_may_have_arrived_is_not_sent_twice() -> None:
    async with (
        Wire(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", b"short") as wire,
        WebClient(policy(wire, robots=False)) as web,
    ):
        with pytest.raises(Unreachable):
            await web.fetch(FetchRequest(wire.url, "POST", body="order"))
    assert wire.connections == 1


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("99999999999999999999", 999999999.0),
        ("Fri, 20 Nov 2026 12:01:00 GMT", 60.0),
        ("Fri, 20 Nov 2026 11:59:00 GMT", 0.0),
        ("Friday, 20-Nov-26 12:00:30 GMT", 30.0),
        ("Fri, 20 Nov 2026 12:00:10 -0000", 10.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(written: str, expected: float | None) -> None:
    assert retry_after({"retry-after": written}, NOON) == expected


def test_no_retry_after_asks_for_nothing() -> None:
    assert retry_after({}) is None


@given(st.text(max_size=60))
def test_any_retry_after_is_a_pause_or_nothing(written: str) -> None:
    seconds = retry_after({"retry-after": written}, NOON)
    assert seconds is None or seconds >= 0


@given(st.timedeltas(timedelta(0), timedelta(days=300)))
def test_a_date_is_as_far_away_as_it_is(ahead: timedelta) -> None:
    when = (NOON + ahead).replace(microsecond=0)
    seconds = retry_after({"retry-after": when.strftime("%a, %d %b %Y %H:%M:%S GMT")}, NOON)
    assert seconds == (when - NOON).total_seconds()
