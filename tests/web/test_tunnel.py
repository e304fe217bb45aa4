"""The browser's way out: what the guard refuses gets no connection and no answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from lakehouse.web import Guard
from lakehouse.web.tunnel import Tunnel
from tests.web.server import Site, Wire, policy

pytestmark = pytest.mark.anyio


@pytest.fixture
async def tunnel(site: Site) -> AsyncIterator[Tunnel]:
    tunnel = Tunnel(Guard(policy(site)), max_bytes=100_000)
    await tunnel.start()
    yield tunnel
    await tunnel.aclose()


async def say(tunnel: Tunnel, *parts: bytes) -> bytes:
    """Return all that comes back for these bytes; each further part is sent after an answer has begun."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(tunnel.address.rpartition(":")[2]))
    came = b""
    for number, part in enumerate(parts):
        writer.write(part)
        if number < len(parts) - 1:
            came += await reader.readuntil(b"\r\n\r\n")
    try:
        async with asyncio.timeout(5):
            came += await reader.read(-1)
    except ConnectionError:
        # A tunnel that refuses may reset the connection; what came before it is what the test looks at.
        pass
    finally:
        writer.close()
    return came


def get(url: str, *lines: str) -> bytes:
    return "\r\n".join([f"GET {url} HTTP/1.1", "Host: ignored", *lines, "", ""]).encode()


async def test_a_plain_request_reaches_the_site_as_the_site_expects_it(tunnel: Tunnel, site: Site) -> None:
    site.pages["/a"] = "page"
    came = await say(tunnel, get(site.url("/a?b=c"), "Proxy-Connection: keep-alive", "X-A: b"))
    assert came.startswith(b"HTTP/1.1 200")
    assert came.endswith(b"page")
    asked = site.asked[0]
    assert (asked.path, asked.headers["X-A"], asked.headers["Connection"]) == ("/a?b=c", "b", "close")
    assert "Proxy-Connection" not in asked.headers


async def test_connect_opens_a_way_through(tunnel: Tunnel, site: Site) -> None:
    site.pages["/"] = "page"
    came = await say(tunnel, f"CONNECT {site.host} HTTP/1.1\r\n\r\n".encode(), get("/", "Connection: close"))
    assert came.startswith(b"HTTP/1.1 200 Connected")
    assert came.endswith(b"page")


@pytest.mark.parametrize("way", ["connect", "get"])
async def test_a_port_that_is_not_listed_gets_no_connection_and_no_answer(tunnel: Tunnel, way: str) -> None:
    async with Site() as inside:
        inside.pages["/"] = "secret"
        asking = f"CONNECT {inside.host} HTTP/1.1\r\n\r\n".encode() if way == "connect" else get(inside.url())
        assert await say(tunnel, asking) == b""
    assert inside.asked == []


@pytest.mark.parametrize(
    "target",
    [
        "localhost:{port}",
        "2130706433:{port}",
        "0x7f000001:{port}",
        "[::1]:{port}",
        "[::ffff:127.0.0.1]:{port}",
        "169.254.169.254:80",
        "10.0.0.1:443",
        "nonsense",
        ":80",
        "a:b:c",
    ],
)
async def test_no_way_of_writing_a_private_address_gets_through(tunnel: Tunnel, target: str) -> None:
    async with Site() as inside:
        assert await say(tunnel, f"CONNECT {target.format(port=inside.port)} HTTP/1.1\r\n\r\n".encode()) == b""
        assert await say(tunnel, get(f"http://{target.format(port=inside.port)}/")) == b""
    assert inside.asked == []


@pytest.mark.parametrize("noise", [b"\r\n\r\n", b"GET\r\n\r\n", b"\xff\xfe \x00 \x01\r\n\r\n", b"x" * 200_000])
async def test_noise_is_hung_up_on(tunnel: Tunnel, noise: bytes) -> None:
    assert await say(tunnel, noise) == b""


async def test_a_connection_that_brings_too_much_is_cut_and_counted() -> None:
    async with Wire(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65_536, repeat=1_000) as wire:
        tunnel = Tunnel(Guard(policy(wire)), max_bytes=100_000)
        await tunnel.start()
        came = await say(tunnel, get(wire.url))
        await tunnel.aclose()
    assert len(came) <= 100_000
    assert tunnel.overruns == {"127.0.0.1": 1}
    assert wire.sent < 20_000_000


async def test_closing_hangs_up_on_connections_that_are_open(site: Site) -> None:
    tunnel = Tunnel(Guard(policy(site)), max_bytes=1_000)
    await tunnel.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", int(tunnel.address.rpartition(":")[2]))
    writer.write(f"CONNECT {site.host} HTTP/1.1\r\n\r\n".encode())
    await reader.readuntil(b"\r\n\r\n")
    async with asyncio.timeout(5):
        await tunnel.aclose()
        assert await reader.read() == b""
    writer.close()
