"""Pages that need JavaScript: crawl4ai's browser, driving the system's Chromium from behind the guard."""

from __future__ import annotations

import asyncio
import os
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from time import monotonic
from typing import TYPE_CHECKING, Any

import structlog
from yarl import URL

from lakehouse.errors import TooLarge, Unreachable
from lakehouse.web.chromium import Chromium, find_chromium
from lakehouse.web.guard import Guard
from lakehouse.web.message import Fetched
from lakehouse.web.policy import WebPolicy
from lakehouse.web.tunnel import Tunnel

if TYPE_CHECKING:
    from crawl4ai.async_crawler_strategy import AsyncPlaywrightCrawlerStrategy
    from playwright.async_api import BrowserContext, Page, Response

log = structlog.get_logger(__name__)

_IDLE_SECONDS = 5.0
_NOT_OF_THE_RENDERED = frozenset({"set-cookie", "content-encoding", "content-length", "transfer-encoding"})


class Browser:
    """One Chromium for one client, started when the first page is rendered, and again should it die."""

    def __init__(self, policy: WebPolicy, guard: Guard) -> None:
        self._policy = policy
        self._guard = guard
        self._starting = asyncio.Lock()
        self._running: _Running | None = None

    async def render(self, url: URL, wait_for: str | None) -> Fetched:
        """Return the page as it stands once its scripts have run, encoded as UTF-8.

        It is taken when the selector `wait_for` has appeared or else when the network has been idle, for which five
        seconds are given. Raises `BrowserMissing`, `TooLarge` and `Unreachable`.
        """
        browser = await self._ready(str(url))
        overruns = browser.tunnel.overruns.total()
        try:
            fetched = await browser.take(url, wait_for, self._policy.timeout)
        except Unreachable:
            self._check_size(browser, overruns, str(url))  # the better reason, and none to try again
            raise
        self._check_size(browser, overruns, str(url))
        if len(fetched.body) > (limit := self._policy.max_decompressed):
            raise TooLarge(f"the rendered page is more than {limit:,} bytes.", url=str(url), limit=limit)
        return fetched

    def _check_size(self, browser: _Running, overruns: int, url: str) -> None:
        if browser.tunnel.overruns.total() > overruns:
            limit = self._policy.max_bytes
            raise TooLarge(f"the page loads more than {limit:,} bytes, and was cut off.", url=url, limit=limit)

    async def aclose(self) -> None:
        """Kill the browser, if there is one."""
        running, self._running = self._running, None
        if running:
            await running.stack.aclose()

    async def _ready(self, url: str) -> _Running:
        async with self._starting:
            if self._running and not self._running.chromium.is_running:
                await self.aclose()
            if not self._running:
                self._running = await self._start(url)
            return self._running

    async def _start(self, url: str) -> _Running:
        path = find_chromium(self._policy.chromium, url)
        async with AsyncExitStack() as stack:
            tunnel = Tunnel(self._guard, self._policy.max_bytes)
            await tunnel.start()
            stack.push_async_callback(tunnel.aclose)
            chromium = await Chromium.start(path, user_agent=self._policy.user_agent, url=url)
            stack.push_async_callback(chromium.stop)
            driver = await asyncio.to_thread(_driver, chromium.port, self._policy.user_agent)
            await _connect(driver, url)
            stack.push_async_callback(driver.close)
            return _Running(chromium, tunnel, driver, stack.pop_all())
        raise AssertionError("the stack does not swallow errors")


@dataclass
class _Running:
    chromium: Chromium
    tunnel: Tunnel
    driver: AsyncPlaywrightCrawlerStrategy
    stack: AsyncExitStack

    def __post_init__(self) -> None:
        self._answers: dict[int, Fetched] = {}
        self.driver.set_hook("on_page_context_created", _forget)
        self.driver.set_hook("after_goto", self._note)
        self.driver.set_hook("before_retrieve_html", _settle)

    async def take(self, url: URL, wait_for: str | None, timeout: float) -> Fetched:
        from crawl4ai import CrawlerRunConfig, ProxyConfig
        from playwright.async_api import Error

        config = CrawlerRunConfig(
            wait_until="domcontentloaded",
            wait_for=f"css:{wait_for}" if wait_for else "",
            page_timeout=int(timeout * 1000),
            proxy_config=ProxyConfig(server=self.tunnel.address),
            ignore_body_visibility=True,
            verbose=False,
        )
        fetched_at, started = datetime.now(UTC), monotonic()
        try:
            async with asyncio.timeout(timeout + _IDLE_SECONDS):
                page = await self.driver.crawl(str(url), config)
            return replace(
                self._answers[id(config)],
                final_url=page.redirected_url or str(url),
                body=page.html.encode(errors="replace"),  # scripts can write half of a pair
                fetched_at=fetched_at,
                elapsed_ms=round(1000 * (monotonic() - started)),
            )
        except (Error, RuntimeError, TimeoutError) as error:
            raise Unreachable(f"the browser could not render it ({_words(error)}).", url=str(url)) from error
        finally:
            self._answers.pop(id(config), None)

    async def _note(self, page: Page, *, url: str, response: Response | None, config: Any, **_: Any) -> Page:
        # crawl4ai itself keeps the status and headers of the first redirect only.
        if response is None:
            raise RuntimeError("no answer came")
        self._answers[id(config)] = Fetched(
            url=url,
            final_url=page.url,
            status=response.status,
            headers=_headers(await response.all_headers()),
            body=b"",
            fetched_at=datetime.now(UTC),
            elapsed_ms=0,
            redirects=_passed(response),
            rendered=True,
        )
        return page


async def _forget(page: Page, *, context: BrowserContext, **_: Any) -> Page:
    await context.clear_cookies(name="cookiesEnabled")  # crawl4ai's own, which no visitor would have
    return page


async def _connect(driver: AsyncPlaywrightCrawlerStrategy, url: str) -> None:
    try:
        await driver.start()
    except Exception as error:  # crawl4ai raises no narrower one
        raise Unreachable(f"the browser does not answer ({_words(error)}).", url=url, sent=False) from error


async def _settle(page: Page, *, config: Any, **_: Any) -> Page:
    from playwright.async_api import TimeoutError as PlaywrightTimeout

    if not config.wait_for:
        try:
            await page.wait_for_load_state("networkidle", timeout=_IDLE_SECONDS * 1000)
        except PlaywrightTimeout:  # pages that poll for ever are never idle
            log.debug("taken while still loading", url=page.url.partition("?")[0])
    return page


def _passed(answer: Response) -> tuple[str, ...]:
    urls: list[str] = []
    request = answer.request.redirected_from
    while request:
        urls.append(request.url)
        request = request.redirected_from
    return tuple(reversed(urls))


def _headers(headers: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in headers.items() if name not in _NOT_OF_THE_RENDERED}
    return {**kept, "content-type": "text/html; charset=utf-8"}


def _words(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip() and "ACS-GOTO" not in line]
    return lines[0][:200] if lines else type(error).__name__


@cache
def _crawl4ai_folder() -> tempfile.TemporaryDirectory[str]:
    # crawl4ai makes a folder when it is imported, in the home directory unless told otherwise.
    folder = tempfile.TemporaryDirectory(prefix="lakehouse-crawl4ai-")
    os.environ.setdefault("CRAWL4_AI_BASE_DIRECTORY", folder.name)
    os.environ.setdefault("CRAWL4AI_NO_CLOUD_NOTICE", "1")
    return folder


def _driver(port: int, user_agent: str) -> AsyncPlaywrightCrawlerStrategy:
    _crawl4ai_folder()
    from crawl4ai import AsyncLogger, BrowserConfig
    from crawl4ai.async_crawler_strategy import AsyncPlaywrightCrawlerStrategy

    config = BrowserConfig(
        cdp_url=f"http://127.0.0.1:{port}",
        user_agent=user_agent,
        create_isolated_context=True,
        cdp_cleanup_on_close=True,
        cdp_close_delay=0,
        verbose=False,
    )
    return AsyncPlaywrightCrawlerStrategy(browser_config=config, logger=AsyncLogger(verbose=False))
