"""One request and its answer: every failure becomes one of our errors."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from http.cookies import SimpleCookie

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorError,
    ClientError,
    ClientPayloadError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    TCPConnector,
)
from multidict import CIMultiDictProxy
from yarl import URL

from lakehouse.errors import Unreachable
from lakehouse.web.body import ACCEPT_ENCODING, BrokenBody, read_body
from lakehouse.web.guard import CheckedResolver, Guard
from lakehouse.web.policy import WebPolicy
from lakehouse.web.redirect import REDIRECTS, Hop

_DNS_SECONDS = 300
_NEVER_KEPT = frozenset({"set-cookie", "set-cookie2"})


@dataclass(frozen=True)
class Answer:
    """What one request got; `target` is set where it is a redirect."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: SimpleCookie
    target: URL | None


def open_session(policy: WebPolicy, guard: Guard) -> ClientSession:
    """Return the session of a client: no cookies, no proxies of the environment, connections to checked addresses."""
    return ClientSession(
        connector=TCPConnector(resolver=CheckedResolver(guard), ttl_dns_cache=_DNS_SECONDS, limit=0),
        cookie_jar=DummyCookieJar(),
        timeout=ClientTimeout(total=policy.timeout),
        headers={"User-Agent": policy.user_agent, "Accept": "*/*", "Accept-Encoding": ACCEPT_ENCODING},
        skip_auto_headers=("Content-Type",),
        auto_decompress=False,
        trust_env=False,
    )


async def exchange(session: ClientSession, hop: Hop, cookies: dict[str, str], policy: WebPolicy) -> Answer:
    """Send one request and read its answer; raises `Unreachable`, `TooLarge` and `GuardRefused`."""
    try:
        async with session.request(
            hop.method, hop.url, headers=hop.headers, data=hop.body, cookies=cookies or None, allow_redirects=False
        ) as response:
            return await _read(response, policy)
    except (ClientError, BrokenBody, TimeoutError, ValueError) as error:
        raise _unreachable(error, hop, policy) from error


async def _read(response: ClientResponse, policy: WebPolicy) -> Answer:
    target = _target(response)
    # The body of a redirect is of no use, and reading it would be one more thing to cap.
    body = b"" if target else await read_body(
        response, max_bytes=policy.max_bytes, max_decompressed=policy.max_decompressed
    )  # fmt: skip
    return Answer(response.status, _headers(response.headers), body, response.cookies, target)


def _target(response: ClientResponse) -> URL | None:
    location = response.headers.get("Location")
    if response.status not in REDIRECTS or not location:
        return None
    return response.url.join(URL(location))


def _headers(headers: CIMultiDictProxy[str]) -> dict[str, str]:
    kept: dict[str, str] = {}
    for name, value in headers.items():
        key = name.lower()
        if key not in _NEVER_KEPT:
            kept[key] = f"{kept[key]}, {value}" if key in kept else value
    return kept


def _unreachable(error: Exception, hop: Hop, policy: WebPolicy) -> Unreachable:
    url = str(hop.url)
    connecting = isinstance(error, ClientConnectorError | ConnectionTimeoutError | ClientConnectorCertificateError)
    if isinstance(error, TimeoutError):
        return Unreachable(f"no whole answer in {policy.timeout:g} s.", url=url, sent=not connecting)
    if isinstance(error, BrokenBody):
        return Unreachable(f"the body {error}.", url=url)
    return Unreachable(f"{'no connection' if connecting else 'no usable answer'} ({_words(error)}).", url=url,
                       sent=not connecting)  # fmt: skip


def _words(error: Exception) -> str:
    if isinstance(error, ClientPayloadError):
        return "the body broke off before its end"
    number = error.os_error.errno if isinstance(error, ClientConnectorError) else None
    if number is not None and number in errno.errorcode:
        return os.strerror(number).lower()
    return " ".join(str(error).split())[:200] or type(error).__name__
