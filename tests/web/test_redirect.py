"""Redirects: followed one by one through the guard, with nothing carried along that should stay."""

from __future__ import annotations

import pytest
from aiohttp import web as server
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from lakehouse.errors import GuardRefused, RedirectLoop, Unreachable
from lakehouse.web import FetchRequest, WebClient
from lakehouse.web.redirect import Hop, next_hop
from tests.web.server import Site, Wire, answer, policy

pytestmark = pytest.mark.anyio

HERE, NEAR, FAR = URL("https://a.example/x"), URL("https://a.example/y"), URL("https://b.example/y")
SECRETS = {"Authorization": "Bearer t", "Cookie": "a=b", "Accept-Language": "de", "Content-Type": "text/plain"}


def to(target: str, cookie: str = "") -> server.Response:
    return server.Response(status=302, headers={"Location": target} | ({"Set-Cookie": cookie} if cookie else {}))


@pytest.mark.parametrize(
    ("method", "status", "expected"),
    [
        ("POST", 301, "GET"),
        ("POST", 302, "GET"),
        ("POST", 303, "GET"),
        ("POST", 307, "POST"),
        ("POST", 308, "POST"),
        ("GET", 301, "GET"),
        ("GET", 303, "GET"),
        ("HEAD", 302, "HEAD"),
        ("HEAD", 303, "HEAD"),
    ],
)
def test_the_method_follows_rfc_9110(method: str, status: int, expected: str) -> None:
    hop = next_hop(Hop(HERE, method, SECRETS, b"body" if method == "POST" else None), status, NEAR)
    assert hop.method == expected
    assert (hop.body is None) == (expected != "POST")
    assert ("Content-Type" in hop.headers) == (hop.method == method) or status == 303


def test_credentials_stay_at_their_origin() -> None:
    assert next_hop(Hop(HERE, headers=SECRETS), 302, NEAR).headers == SECRETS
    assert "Authorization" not in next_hop(Hop(HERE, headers=SECRETS), 302, FAR).headers
    assert "Cookie" not in next_hop(Hop(HERE, headers=SECRETS), 302, URL("http://a.example/y")).headers
    assert next_hop(Hop(HERE, headers=SECRETS), 302, FAR).headers["Accept-Language"] == "de"


@given(
    st.sampled_from(["GET", "HEAD", "POST"]),
    st.sampled_from([301, 302, 303, 307, 308]),
    st.sampled_from([NEAR, FAR, URL("http://a.example/"), URL("https://a.example:444/")]),
    st.sampled_from(["authorization", "Authorization", "COOKIE", "cookie"]),
)
def test_no_redirect_ever_carries_credentials_away_or_a_body_on_get(
    method: str, status: int, target: URL, secret: str
) -> None:
    hop = next_hop(Hop(HERE, method, {secret: "s"}, b"x" if method == "POST" else None), status, target)
    assert hop.url == target
    assert (secret in hop.headers) == (target.origin() == HERE.origin())
    assert hop.body is None or hop.method == "POST"


async def test_redirects_are_followed_and_named_in_order(site: Site) -> None:
    site.pages["/a"] = answer(301, Location="/b")
    site.pages["/b"] = answer(302, Location="c?d=e#f")
    site.pages["/c"] = "here"
    async with WebClient(policy(site)) as web:
        fetched = await web.fetch(FetchRequest(site.url("/a")))
    assert fetched.body == b"here"
    assert (fetched.url, fetched.final_url) == (site.url("/a"), site.url("/c?d=e"))
    assert fetched.redirects == (site.url("/a"), site.url("/b"))


async def test_a_redirect_without_location_is_an_answer(site: Site) -> None:
    site.pages["/"] = answer(302, "nowhere")
    async with WebClient(policy(site)) as web:
        fetched = await web.fetch(FetchRequest(site.url()))
    assert (fetched.status, fetched.body) == (302, b"nowhere")


async def test_a_redirect_to_itself_is_a_loop(site: Site) -> None:
    site.pages["/a"] = answer(302, Location="/b")
    site.pages["/b"] = answer(302, Location="/a")
    async with WebClient(policy(site)) as web:
        with pytest.raises(RedirectLoop, match="come back") as loop:
            await web.fetch(FetchRequest(site.url("/a")))
    assert loop.value.hops == (site.url("/a"), site.url("/b"), site.url("/a"))
    assert site.paths() == ["/a", "/b"]


async def test_ten_redirects_are_followed_and_no_more(site: Site) -> None:
    async def onward(request: server.Request) -> server.StreamResponse:
        left = int(request.query["left"])
        return to(f"/?left={left - 1}") if left else server.Response(text="end")

    site.pages["/"] = onward
    async with WebClient(policy(site)) as web:
        assert (await web.fetch(FetchRequest(site.url("/?left=10")))).body == b"end"
        with pytest.raises(RedirectLoop, match="after 10"):
            await web.fetch(FetchRequest(site.url("/?left=11")))


async def test_cookies_live_as_long_as_one_fetch(site: Site) -> None:
    """A consent page sets a cookie and sends the visitor back: that is no loop, and the next fetch starts anew."""

    async def page(request: server.Request) -> server.StreamResponse:
        if request.cookies.get("seen") == "1":
            return server.Response(text="welcome")
        return to("/", cookie="seen=1; Path=/")

    site.pages["/"] = page
    name = f"localhost:{site.port}"
    async with WebClient(policy(site, names=(name,))) as web:
        for _ in range(2):
            fetched = await web.fetch(FetchRequest(site.url(host="localhost")))
            assert fetched.body == b"welcome"
            assert "set-cookie" not in fetched.headers
    assert ["Cookie" in asked.headers for asked in site.asked if asked.path == "/"] == [False, True, False, True]


async def test_a_redirect_to_another_origin_loses_the_credentials(site: Site) -> None:
    async with Site() as other:
        site.pages["/"] = answer(302, Location=other.url())
        other.pages["/"] = "there"
        async with WebClient(policy(site, other)) as web:
            await web.fetch(FetchRequest(site.url(), headers={"Authorization": "Bearer t", "Accept-Language": "de"}))
    assert site.asked[-1].headers["Authorization"] == "Bearer t"
    assert "Authorization" not in other.asked[-1].headers
    assert other.asked[-1].headers["Accept-Language"] == "de"


async def test_a_post_goes_on_as_get_after_303_and_as_post_after_307(site: Site) -> None:
    site.pages["/see"] = answer(303, Location="/end")
    site.pages["/same"] = answer(307, Location="/end")
    site.pages["/end"] = "end"
    async with WebClient(policy(site)) as web:
        for path in ("/see", "/same"):
            await web.fetch(FetchRequest(site.url(path), "POST", {"Content-Type": "text/plain"}, "hello"))
    seen = [(asked.method, asked.body) for asked in site.asked if asked.path == "/end"]
    assert seen == [("GET", b""), ("POST", b"hello")]


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", "foreign"),
        ("http://evil.example/", "foreign"),
        ("file:///etc/passwd", "scheme"),
        ("http://user:word@127.0.0.1/", "userinfo"),
        ("http://2130706433/", "foreign"),
    ],
)
async def test_the_guard_is_asked_again_after_each_redirect(site: Site, target: str, reason: str) -> None:
    site.pages["/"] = answer(302, Location=target)
    async with WebClient(policy(site)) as web:
        with pytest.raises(GuardRefused) as refusal:
            await web.fetch(FetchRequest(site.url()))
    assert refusal.value.reason == reason


async def test_a_redirect_to_another_port_of_this_machine_is_refused(site: Site) -> None:
    async with Site() as inside:
        inside.pages["/"] = "secret"
        site.pages["/"] = answer(302, Location=inside.url())
        async with WebClient(policy(site)) as web:
            with pytest.raises(GuardRefused):
                await web.fetch(FetchRequest(site.url()))
    assert inside.asked == []


async def test_a_location_that_is_no_address_is_an_error_of_ours() -> None:
    async with (
        Wire(b"HTTP/1.1 302 Found\r\nLocation: http://[::1/\r\nContent-Length: 0\r\n\r\n") as wire,
        WebClient(policy(wire, robots=False, retries=0)) as web,
    ):
        with pytest.raises((Unreachable, GuardRefused)):
            await web.fetch(FetchRequest(wire.url))
