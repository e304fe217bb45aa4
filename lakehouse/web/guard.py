"""The guard: which addresses may be asked for, and where connections may go."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import ip_address

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from lakehouse.errors import GuardRefused
from lakehouse.web.addresses import is_public
from lakehouse.web.message import FetchRequest
from lakehouse.web.policy import WebPolicy

Lookup = Callable[[str, int], Awaitable[list[str]]]

METHODS = frozenset({"GET", "HEAD", "POST"})
_OUR_HEADERS = re.compile(
    r"host|user-agent|accept-encoding|connection|keep-alive|content-length|transfer-encoding|te|trailer|upgrade|expect"
    r"|proxy-.*",
    re.IGNORECASE,
)
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")
_WEB_PORTS = frozenset({80, 443})


async def system_lookup(host: str, port: int) -> list[str]:
    """Return the addresses that the system's resolver knows for a name; raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard:
    """Answers for one policy what may leave this machine; each refusal is a `GuardRefused` with one of these reasons:

    scheme, userinfo, host (no host name that the web knows), port, foreign, private, method, header.
    """

    def __init__(self, policy: WebPolicy, lookup: Lookup = system_lookup) -> None:
        self._hosts = _entries(policy.hosts)
        self._private = _entries(policy.private_hosts)
        self._lookup = lookup
        self._passed: set[tuple[str, str | None, int | None]] = set()

    def check(self, address: str | URL) -> URL:
        """Return the address as it will be asked for; raises `GuardRefused`. Names are resolved by `addresses`."""
        try:
            url = URL(address).with_fragment(None)
            origin = (url.scheme, url.raw_host, url.port)
        except ValueError as error:
            raise _refused(str(address), "host", f"this is no address ({error})") from error
        if url.raw_user is not None or url.raw_password is not None:
            raise _refused(str(url.with_user(None)), "userinfo", "a name or password in the address is not allowed")
        if origin not in self._passed:
            self._check_origin(url)
            self._passed.add(origin)
        return url

    def check_message(self, request: FetchRequest, *, rendered: bool) -> None:
        """Refuse methods that change things, and headers that are the client's own or would break out of their line."""
        if request.method not in METHODS:
            wanted = f"the method {request.method[:20]!r} is not one of {', '.join(sorted(METHODS))}"
            raise _refused(request.url, "method", wanted)
        for name, value in request.headers.items():
            # A browser would send them to every host that the page loads from.
            if rendered or _OUR_HEADERS.fullmatch(name) or not _NAME.fullmatch(name) or _CONTROL.search(value):
                raise _refused(request.url, "header", f"the header {name[:40]!r} may not be set")

    async def addresses(self, host: str, port: int) -> list[str]:
        """Return the checked addresses of a host, for connecting to just these.

        One private address among them refuses the host. Ports and number-like names are checked too, so that this is
        enough for connections that a page's scripts ask for. Raises `GuardRefused` and OSError.
        """
        self._check_place(host, port, f"{host}:{port}")
        found = [host] if _is_address(host) else await self._lookup(host, port)
        private = [] if _listed(self._private, host, port) else [each for each in found if not is_public(each)]
        if private or not found:
            where = f"{host} leads to {private[0]}" if private else f"{host} leads nowhere"
            raise _refused(f"{host}:{port}", "private", where, "Name the host in `private_hosts` if this is meant.")
        return found

    def _check_origin(self, url: URL) -> None:
        host, port = url.raw_host, url.port
        if url.scheme not in ("http", "https"):
            raise _refused(str(url), "scheme", f"the scheme {url.scheme!r} is neither http nor https")
        if not host or not port:
            raise _refused(str(url), "host", "the address names no host")
        if not _listed(self._hosts, host, port):
            hint = "Name the host in `hosts` of source.yaml if it belongs to the source."
            raise _refused(str(url), "foreign", f"{host} is not one of the source's hosts", hint)
        self._check_place(host, port, str(url))

    def _check_place(self, host: str, port: int, url: str) -> None:
        if _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]) and not _is_address(host):
            raise _refused(url, "host", f"{host} is a number in disguise")
        if port not in _WEB_PORTS and (_plain(host), port) not in self._hosts:
            hint = f"Name `{host}:{port}` in `hosts` of source.yaml if this is meant."
            raise _refused(url, "port", f"port {port} is not a port of the web", hint)
        if _is_address(host) and not is_public(host) and not _listed(self._private, host, port):
            raise _refused(
                url, "private", f"{host} is a private address", "Name it in `private_hosts` if this is meant."
            )


class CheckedResolver(AbstractResolver):
    """Gives aiohttp the addresses that the guard has checked, so that a connection goes to one of these or nowhere."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the host's checked addresses; raises `GuardRefused` and OSError."""
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=_family(address),
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in await self._guard.addresses(host, port)
            if family in (socket.AF_UNSPEC, _family(address))
        ]

    async def close(self) -> None:
        """Hold nothing that would have to be let go."""


def _entries(hosts: Iterable[str]) -> frozenset[tuple[str, int | None]]:
    urls = [URL(f"http://[{host}]" if _is_address(host) and ":" in host else f"http://{host}") for host in hosts]
    return frozenset((_plain(url.raw_host or ""), url.explicit_port) for url in urls)


def _listed(entries: frozenset[tuple[str, int | None]], host: str, port: int) -> bool:
    return (_plain(host), None) in entries or (_plain(host), port) in entries


def _plain(host: str) -> str:
    return host.lower().rstrip(".").removeprefix("www.")


def _is_address(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def _family(address: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def _refused(url: str, reason: str, message: str, hint: str = "") -> GuardRefused:
    return GuardRefused(f"{message}.", url=url, reason=reason, hint=hint)
