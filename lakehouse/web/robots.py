"""robots.txt by RFC 9309: read once an origin, obeyed for a day."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic

from protego import Protego
from yarl import URL

from lakehouse.errors import GuardRefused, RobotsDisallowed, WebError
from lakehouse.web.message import Fetched

MAX_SIZE = 500 * 1024
MAX_REDIRECTS = 5
LONGEST_DELAY = 3600.0
_LIFE_SECONDS = 24 * 3600
_UNREAD_SECONDS = 300  # after that a site that was down is asked again

Fetch = Callable[[URL], Awaitable[Fetched]]


@dataclass(frozen=True)
class Rules:
    """What one origin's robots.txt says; where it could not be read, `unread` says why, and all is forbidden."""

    parsed: Protego
    read_at: float
    unread: str = ""


class Robots:
    """The rules of every origin that one client asks; `fetch` gets robots.txt, through the guard."""

    def __init__(self, fetch: Fetch, user_agent: str) -> None:
        self._fetch = fetch
        self._name = user_agent.partition("/")[0]
        self._rules: dict[URL, asyncio.Task[Rules]] = {}

    async def check(self, url: URL) -> float:
        """Return the Crawl-delay in seconds, 0 where there is none; raises `RobotsDisallowed`."""
        rules = await self._rules_of(url.origin())
        if rules.unread:
            raise RobotsDisallowed(f"robots.txt could not be read, so nothing is allowed: {rules.unread}", url=str(url))
        if not rules.parsed.can_fetch(str(url), self._name):
            raise RobotsDisallowed(f"robots.txt forbids this address to {self._name!r}.", url=str(url))
        delay = rules.parsed.crawl_delay(self._name) or 0.0
        if delay > LONGEST_DELAY:
            raise RobotsDisallowed(
                f"robots.txt wants {delay:g} s between two requests, which is for ever.", url=str(url)
            )
        return delay

    async def aclose(self) -> None:
        """Give up readings that are under way."""
        for task in self._rules.values():
            task.cancel()
        await asyncio.gather(*self._rules.values(), return_exceptions=True)

    async def _rules_of(self, origin: URL) -> Rules:
        task = self._rules.get(origin)
        if task is None or (task.done() and _is_spent(task)):
            # A task of its own, so that a caller who is cancelled takes nobody else's answer away.
            task = self._rules[origin] = asyncio.create_task(self._read(origin))
        return task.result() if task.done() else await asyncio.shield(task)

    async def _read(self, origin: URL) -> Rules:
        try:
            fetched = await self._fetch(origin.with_path("/robots.txt"))
        except WebError as error:
            if isinstance(error, GuardRefused) and error.reason == "private":
                raise  # the site itself is out of bounds, which is the better answer
            return Rules(Protego(), monotonic(), unread=str(error))
        if fetched.status >= 500 or fetched.status == 429:
            return Rules(Protego(), monotonic(), unread=f"it answered {fetched.status}.")
        text = _text(fetched.body) if fetched.status < 300 else ""
        return Rules(Protego.parse(text), monotonic())


def _text(body: bytes) -> str:
    if len(body) > MAX_SIZE:  # half a rule would be another rule
        body = body[:MAX_SIZE].rpartition(b"\n")[0]
    return body.decode("utf-8-sig", "replace")


def _is_spent(task: asyncio.Task[Rules]) -> bool:
    if task.cancelled() or task.exception():
        return True
    rules = task.result()
    return monotonic() - rules.read_at > (_UNREAD_SECONDS if rules.unread else _LIFE_SECONDS)
