"""Looking at an address through the polite client, so that every way it can end has clear words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self

from yarl import URL

from lakehouse.agents.scout.outcome import Note, check_outcome, notes_on
from lakehouse.errors import GuardRefused, NotFeasible, RobotsDisallowed
from lakehouse.fetcher.page import Page
from lakehouse.web.client import WebClient
from lakehouse.web.guard import system_lookup
from lakehouse.web.message import Fetched, FetchRequest
from lakehouse.web.policy import WebPolicy, user_agent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from lakehouse.settings import Settings
    from lakehouse.web.guard import Lookup

MOST_HOSTS = 4
MAX_BYTES = 25_000_000
RETRIES = 1
PATIENCE = 20.0


@dataclass(frozen=True)
class Look:
    """A page that can be searched for records, how it came, and what a person should know about it."""

    page: Page
    fetched: Fetched
    notes: tuple[Note, ...] = ()


class Robots(NamedTuple):
    """What robots.txt says of an address: whether it may be fetched, the pause it wants in seconds, and why not."""

    allowed: bool
    delay: float
    message: str = ""


class Viewer:
    """Fetches pages of one site for the scout: `async with Viewer(settings) as viewer`.

    The hosts are those of the first address and of where it redirects to; private ones only where `private_hosts` names
    them, as `host` or `host:port`.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        private_hosts: Iterable[str] = (),
        delay: float = 1.0,
        lookup: Lookup = system_lookup,
    ) -> None:
        self._settings = settings
        self._private = frozenset(private_hosts)
        self._delay = delay
        self._lookup = lookup
        self._hosts: frozenset[str] = frozenset()
        self._client: WebClient | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._close()

    async def look(self, address: str, *, render: bool = False) -> Look:
        """Return the page at an address; raises `NotFeasible`, `NothingFound` or a `WebError` that says why not."""
        request = FetchRequest(_whole(address), render=render)
        await self._admit(authority(request.url))
        fetched = await self._fetch_anywhere(request)
        page = page_of(fetched)
        check_outcome(fetched, page)
        return Look(page, fetched, tuple(notes_on(fetched, page)))

    async def fetch(self, url: str, *, render: bool = False) -> Page:
        """Return another page of the site, as a browser shows it with `render`; raises a `LakehouseError` for none."""
        if not self._hosts:
            await self._admit(authority(url))
        fetched = await (await self._web()).fetch(FetchRequest(url, render=render))
        page = page_of(fetched)
        check_outcome(fetched, page)
        return page

    async def robots(self, url: str) -> Robots:
        """Return what robots.txt says of an address."""
        await self._admit(authority(url))
        try:
            return Robots(allowed=True, delay=await (await self._web()).crawl_delay(url))
        except RobotsDisallowed as error:
            return Robots(allowed=False, delay=0.0, message=error.message)

    async def _fetch_anywhere(self, request: FetchRequest) -> Fetched:
        """Fetch an address, letting redirects lead to a few other hosts, each of which the guard has to pass."""
        for _ in range(MOST_HOSTS):
            try:
                return await (await self._web()).fetch(request)
            except GuardRefused as error:
                if error.reason != "foreign":
                    raise
                await self._admit(authority(error.url))
        return await (await self._web()).fetch(request)

    async def _admit(self, host: str) -> None:
        if host not in self._hosts:
            await self._close()
            self._hosts |= {host}

    async def _web(self) -> WebClient:
        if self._client is None:
            self._client = await WebClient(self._policy(), lookup=self._lookup).__aenter__()
        return self._client

    def _policy(self) -> WebPolicy:
        return WebPolicy(
            user_agent=user_agent(self._settings.contact),
            hosts=self._hosts,
            private_hosts=self._private & self._hosts,
            delay=self._delay,
            max_bytes=MAX_BYTES,
            retries=RETRIES,
            patience=PATIENCE,
            chromium=self._settings.chromium,
        )

    async def _close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()


def page_of(fetched: Fetched) -> Page:
    """Return the page that an answer holds; its address is where redirects ended."""
    headers = fetched.headers
    return Page(fetched.final_url, fetched.body, headers.get("content-type", ""), link_header=headers.get("link", ""))


def authority(address: str) -> str:
    """Return the host of an address, with its port where it names one."""
    url = URL(address)
    return f"{url.host_subcomponent}:{url.explicit_port}" if url.explicit_port else url.host_subcomponent or ""


def _whole(address: str) -> str:
    """Return an address as a person types it with its scheme; raises `NotFeasible` where it is none."""
    written = address.strip()
    try:
        url = URL(written if "://" in written else f"https://{written}")
    except ValueError:
        url = URL()
    if url.scheme not in ("http", "https") or not url.host:
        message = "this is no address of a web page."
        raise NotFeasible(message, url=written, reason="address", hint="Give one like https://example.org/list.")
    return str(url)
