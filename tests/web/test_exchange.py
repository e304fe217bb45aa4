"""One request and its answer over a real connection: caps, broken servers, and whose errors come out."""

from __future__ import annotations

import asyncio
import gzip
import resource
from typing import Any

import brotli
import pytest
import zstandard
from aiohttp import web as server

from lakehouse.errors import TooLarge, Unreachable
from lakehouse.web import FetchRequest, WebClient
from tests.web.server import Site, Wire, policy

pytestmark = pytest.mark.anyio

OK = b"HTTP/1.1 200 OK\r\n"
MIB = 1 << 20


async def fetch(wire: Wire, **changes: Any) -> bytes:
    async with WebClient(policy(wire, robots=False, retries=0, **changes)) as web:
        return (await web.fetch(FetchRequest(wire.url))).body


async def test_a_body_of_two_gigabytes_without_length_is_cut_off_and_never_held() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    async with Wire(OK + b"\r\n", b"x" * MIB, repeat=2_048) as wire:
        with pytest.raises(TooLarge, match="cut off") as error:
            await fetch(wire, max_bytes=4 * MIB)
    assert error.value.limit == 4 * MIB
    assert wire.sent < 64 * MIB
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


async def test_a_body_that_announces_two_gigabytes_is_not_even_begun() -> None:
    async with Wire(OK + b"Content-Length: 2147483648\r\n\r\n", b"x" * MIB, repeat=2_048) as wire:
        with pytest.raises(TooLarge):
            await fetch(wire, max_bytes=4 * MIB)
    assert wire.sent < 64 * MIB


async def test_a_body_of_exactly_the_cap_passes() -> None:
    async with Wire(OK + b"Content-Length: 1000\r\n\r\n", b"x" * 1000) as wire:
        assert len(await fetch(wire, max_bytes=1000)) == 1000


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [
        ("gzip", gzip.compress(b"\0" * (100 * MIB))),
        ("br", brotli.compress(b"\0" * (100 * MIB), quality=5)),
        ("zstd", zstandard.compress(b"\0" * (100 * MIB))),
    ],
)
async def test_compressed_bombs_are_dropped(coding: str, bomb: bytes) -> None:
    head = OK + f"Content-Encoding: {coding}\r\nContent-Length: {len(bomb)}\r\n\r\n".encode()
    async with Wire(head, bomb) as wire:
        with pytest.raises(TooLarge, match="when decompressed"):
            await fetch(wire, max_decompressed=MIB)


async def test_a_gzip_file_that_holds_too_much_is_dropped() -> None:
    async with Wire(OK + b"Content-Type: application/gzip\r\n\r\n", gzip.compress(b"\0" * (10 * MIB))) as wire:
        with pytest.raises(TooLarge, match="when decompressed"):
            await fetch(wire, max_decompressed=MIB)


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        (OK + b"Content-Length: 100\r\n\r\n", b"short"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\nshort\r\n"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\nshort\r\nzz\r\n"),
        (OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"a page" * 100, mtime=0)[:-9]),
        (OK + b"Content-Type: application/gzip\r\n\r\n", gzip.compress(b"a page" * 100, mtime=0)[:-9]),
        (OK + b"Content-Encoding: zstd\r\n\r\n", zstandard.compress(b"a page" * 100)[:-1]),
        (OK + b"Content-Encoding: br\r\n\r\n", brotli.compress(b"a page" * 100)[:-1]),
        (OK + b"Content-Encoding: compress\r\n\r\n", b"\x1f\x9d"),
        (b"", b""),
        (b"not http at all\r\n\r\n", b""),
        (b"HTTP/1.1 two hundred\r\n\r\n", b""),
        (OK + b"X-Large: " + b"x" * 100_000 + b"\r\n\r\n", b"body"),
        (OK + b"".join(b"X-%d: y\r\n" % n for n in range(5_000)) + b"\r\n", b"body"),
        (OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", b"ab"),
    ],
)
async def test_a_broken_answer_is_unreachable_and_never_a_short_page(head: bytes, rest: bytes) -> None:
    async with Wire(head, rest) as wire:
        with pytest.raises(Unreachable) as error:
            await fetch(wire)
    assert error.value.url == wire.url
    assert str(error.value).startswith(f"{wire.url}: ")
    assert "\n" not in str(error.value)


async def test_the_bytes_of_a_page_are_kept_whatever_charset_its_header_claims() -> None:
    body = "Zürich, 5 €".encode("windows-1252")
    head = OK + b"Content-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body)
    async with Wire(head, body) as wire, WebClient(policy(wire, robots=False)) as web:
        fetched = await web.fetch(FetchRequest(wire.url))
    assert fetched.body == body
    assert fetched.headers["content-type"] == "text/html; charset=utf-8"


async def test_a_charset_that_does_not_exist_is_no_trouble() -> None:
    async with Wire(OK + b"Content-Type: text/html; charset=klingon\r\n\r\n", b"nuqneH") as wire:
        assert await fetch(wire) == b"nuqneH"


async def test_an_answer_that_drips_is_given_up_in_time(site: Site) -> None:
    async def drip(request: server.Request) -> server.StreamResponse:
        response = server.StreamResponse()
        await response.prepare(request)
        for _ in range(1_000):
            await response.write(b".")
            await asyncio.sleep(0.02)
        return response

    site.pages["/"] = drip
    async with WebClient(policy(site, robots=False, retries=0, timeout=0.3)) as web:
        with pytest.raises(Unreachable, match=r"no whole answer in 0\.3 s"):
            await web.fetch(FetchRequest(site.url()))


async def test_a_compressed_page_is_decoded_and_its_headers_are_kept(site: Site) -> None:
    body = b"<p>page</p>" * 50_000

    async def page(request: server.Request) -> server.StreamResponse:
        return server.Response(body=zstandard.compress(body), headers={"Content-Encoding": "zstd", "X-A": "b"})

    site.pages["/"] = page
    async with WebClient(policy(site)) as web:
        fetched = await web.fetch(FetchRequest(site.url()))
    assert fetched.body == body
    assert (fetched.headers["content-encoding"], fetched.headers["x-a"]) == ("zstd", "b")


async def test_large_compressed_pages_are_decoded_off_the_loop(site: Site) -> None:
    body = bytes(range(256)) * 40_000
    wire = zstandard.ZstdCompressor(level=-50).compress(bytes(n * 7919 % 251 for n in range(600_000)) + body)

    async def page(request: server.Request) -> server.StreamResponse:
        return server.Response(body=wire, headers={"Content-Encoding": "zstd"})

    site.pages["/"] = page
    async with WebClient(policy(site)) as web:
        fetched = await web.fetch(FetchRequest(site.url()))
    assert fetched.body.endswith(body)


async def test_plain_http_on_a_tls_port_is_unreachable(site: Site) -> None:
    async with WebClient(policy(site, robots=False, retries=0)) as web:
        with pytest.raises(Unreachable, match="no connection") as error:
            await web.fetch(FetchRequest(site.url().replace("http:", "https:")))
    assert not error.value.sent
    assert site.asked == []
