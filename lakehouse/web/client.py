"""The polite client: guard, robots, pace, exchange, redirects, retries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from types import TracebackType
from typing import Self

import structlog
from yarl import URL

from lakehouse.errors import WebError
from lakehouse.telemetry import call
from lakehouse.web.browser import Browser
from lakehouse.web.exchange import exchange, open_session
from lakehouse.web.guard import Guard, Lookup, system_lookup
from lakehouse.web.message import Fetched, FetchRequest
from lakehouse.web.pace import Pace
from lakehouse.web.policy import WebPolicy
from lakehouse.web.redirect import MAX_REDIRECTS, Hop, Trail, next_hop
from lakehouse.web.retry import LIMITED, retry_after, with_retries
from lakehouse.web.robots import MAX_REDIRECTS as MAX_ROBOTS_REDIRECTS
from lakehouse.web.robots import Robots

log = structlog.get_logger(__name__)


class WebClient:
    """Fetches the pages of one source as its policy says; `lookup` finds the addresses that the guard then checks.

    Use it as `async with WebClient(policy) as web`; `web.fetch` may be called many times at once.
    """

    def __init__(self, policy: WebPolicy, *, lookup: Lookup = system_lookup) -> None:
        self._policy = policy
        self._guard = Guard(policy, lookup)
        self._pace = Pace(policy)
        self._robots = Robots(self._fetch_robots, policy.user_agent)
        self._browser = Browser(policy, self._guard)

    async def __aenter__(self) -> Self:
        self._session = open_session(self._policy, self._guard)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close connections and the browser."""
        try:
            await self._robots.aclose()
            await self._session.close()
        finally:
            await self._browser.aclose()

    async def fetch(self, request: FetchRequest) -> Fetched:
        """Return the answer, whatever its status; raises a `WebError` where there is none."""
        shown = request.url.partition("?")[0]  # queries may hold keys
        with call("web", request.url) as made:
            try:
                fetched = await self._fetch(request)
            except WebError as error:
                log.debug("not fetched", url=shown, error=type(error).__name__)
                raise
            is_page = fetched.status < 400
            made.results_returned, made.status = int(is_page), "succeeded" if is_page else "failed"
        log.debug("fetched", url=shown, status=fetched.status, attempts=fetched.attempts, ms=fetched.elapsed_ms)
        return replace(fetched, url=request.url)

    async def crawl_delay(self, url: str) -> float:
        """Return the seconds that robots.txt wants between two requests, or 0; raises `RobotsDisallowed`."""
        return await self._robots.check(self._guard.check(url))

    async def _fetch(self, request: FetchRequest) -> Fetched:
        url = self._guard.check(request.url)
        rendered = request.render and request.method == "GET"
        self._guard.check_message(request, rendered=rendered)
        first = Hop(url, request.method, _headers(request), request.body.encode() if request.body else None)

        once = partial(self._render, url, request.wait_for) if rendered else partial(self._follow, first)
        return await with_retries(once, self._policy, repeatable=request.method != "POST")

    async def _follow(self, hop: Hop, *, robots: bool = True, most: int = MAX_REDIRECTS) -> Fetched:
        """Send a request and go where redirects lead, every hop through guard, robots.txt and pace."""
        trail = Trail(most)
        while True:
            await self._admit(hop.url, robots=robots)
            cookies = trail.enter(hop)
            async with self._pace[hop.url.raw_host or ""]:
                fetched_at, started = datetime.now(UTC), monotonic()
                answer = await exchange(self._session, hop, cookies, self._policy)
            self._heed(hop.url, answer.status, answer.headers)
            if answer.target is None:
                break
            trail.keep(answer.cookies, hop.url)
            hop = next_hop(hop, answer.status, self._guard.check(answer.target))
        return Fetched(
            url=trail.urls[0],
            final_url=trail.urls[-1],
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            fetched_at=fetched_at,
            elapsed_ms=round(1000 * (monotonic() - started)),
            not_modified=answer.status == 304 and _is_conditional(hop),
            redirects=tuple(trail.urls[:-1]),
        )

    async def _render(self, url: URL, wait_for: str | None) -> Fetched:
        await self._admit(url)
        await self._guard.addresses(url.raw_host or "", url.port or 0)
        async with self._pace[url.raw_host or ""]:
            fetched = await self._browser.render(url, wait_for)
        final = self._guard.check(fetched.final_url)
        if final != url:
            await self._admit(final)
        self._heed(final, fetched.status, fetched.headers)
        return fetched

    async def _admit(self, url: URL, *, robots: bool = True) -> None:
        if robots and self._policy.robots:
            self._pace[url.raw_host or ""].slow_to(await self._robots.check(url))

    def _heed(self, url: URL, status: int, headers: dict[str, str]) -> None:
        pace = self._pace[url.raw_host or ""]
        if status in LIMITED:
            pace.limited(retry_after(headers))
        else:
            pace.answered()

    async def _fetch_robots(self, url: URL) -> Fetched:
        once = partial(self._follow, Hop(url), robots=False, most=MAX_ROBOTS_REDIRECTS)
        return await with_retries(once, self._policy, repeatable=True)


def _headers(request: FetchRequest) -> dict[str, str]:
    validators = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {**request.headers, **{name: value for name, value in validators.items() if value}}


def _is_conditional(hop: Hop) -> bool:
    return any(name.lower() in ("if-none-match", "if-modified-since") for name in hop.headers)
