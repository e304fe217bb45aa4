"""Where a redirect leads, and what may travel along (RFC 9110, section 15.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

from aiohttp import CookieJar
from yarl import URL

from lakehouse.errors import RedirectLoop

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_REDIRECTS = 10

_CREDENTIALS = frozenset({"authorization", "cookie"})
_OF_THE_BODY = frozenset({"content-type", "content-encoding", "content-language", "content-location"})


@dataclass(frozen=True)
class Hop:
    """One request on the way to a page."""

    url: URL
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


def next_hop(hop: Hop, status: int, target: URL) -> Hop:
    """Return the request that a redirect asks for.

    303 and, as all browsers do, a POST answered with 301 or 302 go on as GET without the body. Credentials do not leave
    the origin, and so do not follow from https to http either.
    """
    as_get = (status == 303 and hop.method != "HEAD") or (status in (301, 302) and hop.method == "POST")
    dropped = (_OF_THE_BODY if as_get else frozenset()) | (
        frozenset() if hop.url.origin() == target.origin() else _CREDENTIALS
    )
    return Hop(
        url=target,
        method="GET" if as_get else hop.method,
        headers={name: value for name, value in hop.headers.items() if name.lower() not in dropped},
        body=None if as_get else hop.body,
    )


class Trail:
    """The hops of one fetch so far: where it has been, and the cookies that were set on the way.

    Cookies live for one fetch only, since consent and session pages set one and send the visitor back for it.
    """

    def __init__(self, most: int = MAX_REDIRECTS) -> None:
        self._most = most
        self._been: set[tuple[str, URL, tuple[tuple[str, str], ...]]] = set()
        self._jar: CookieJar | None = None
        self.urls: list[str] = []

    def enter(self, hop: Hop) -> dict[str, str]:
        """Take the next hop and return the cookies that it carries; raises `RedirectLoop`."""
        cookies = (
            {name: morsel.value for name, morsel in self._jar.filter_cookies(hop.url).items()} if self._jar else {}
        )
        step = (hop.method, hop.url, tuple(sorted(cookies.items())))
        self.urls.append(str(hop.url))
        if step in self._been or len(self._been) > self._most:
            how = "come back to where they were" if step in self._been else f"do not end after {self._most}"
            raise RedirectLoop(f"redirects {how}.", url=self.urls[0], hops=tuple(self.urls))
        self._been.add(step)
        return cookies

    def keep(self, cookies: SimpleCookie, url: URL) -> None:
        """Keep what a redirect set."""
        if cookies:
            self._jar = self._jar or CookieJar()
            self._jar.update_cookies(cookies, url)
