"""The loop that asks a fetcher which pages it wants, and brings them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace

from lakehouse.errors import CorruptInStore, FetcherRaised, NotInStore, SandboxError, WebError
from lakehouse.fetcher import Request
from lakehouse.lake import Bodies
from lakehouse.sandbox import PageInput, Worker
from lakehouse.web import Fetched, FetchRequest, WebClient


@dataclass(frozen=True)
class Known:
    """What the lake has of an address from an earlier day: enough to ask "has it changed?"."""

    sha256: str
    headers: Mapping[str, str]

    @property
    def etag(self) -> str | None:
        """Return the validator of RFC 9110 that the server gave, if it did."""
        return self.headers.get("etag")

    @property
    def last_modified(self) -> str | None:
        """Return when the server said that the page changed last."""
        return self.headers.get("last-modified")


@dataclass(frozen=True)
class Visit:
    """One address that was asked for, and what came: `fetched` and `sha256`, or `error`."""

    seq: int
    request: Request
    wanted_by_start: bool
    fetched: Fetched | None = None
    sha256: str | None = None
    size: int = 0
    error: str = ""

    @property
    def failure(self) -> str:
        """Return why this visit gave no page to parse, or an empty string."""
        if self.error or self.fetched is None:
            return self.error or "nothing came"
        return f"answered {self.fetched.status}" if self.fetched.status >= 400 else ""


@dataclass
class Crawl:
    """One run of a fetcher over a site: breadth first, each address once, at most `max_pages`.

    `known` maps request addresses to what an earlier day kept of them. The fetcher is asked in a thread, one question
    at a time, since a worker answers in order.
    """

    worker: Worker
    web: WebClient
    bodies: Bodies
    known: Mapping[str, Known] = field(default_factory=dict)
    render: bool = False
    max_pages: int = 1000
    width: int = 4
    capped: bool = False

    def __post_init__(self) -> None:
        self._dead: SandboxError | None = None
        self._seen: set[tuple[str, str, str | None]] = set()
        self._asking = asyncio.Lock()

    async def visits(self) -> AsyncIterator[Visit]:
        """Yield each visit as it ends; raises `SandboxError` when the fetcher fails to say what it wants.

        Nothing is asked for after that, but what is under way still comes: a page that was fetched is kept.
        """
        wanted = self._fresh(await asyncio.to_thread(self.worker.start))
        waiting = deque((seq, request, True) for seq, request in enumerate(wanted))
        running: set[asyncio.Task[tuple[Visit, list[Request]]]] = set()
        try:
            while running or (waiting and not self._dead):
                while waiting and not self._dead and len(running) < self.width:
                    running.add(asyncio.create_task(self._visit(*waiting.popleft())))
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for visit, asked in (task.result() for task in done):
                    first = len(self._seen)
                    waiting.extend((first + n, request, False) for n, request in enumerate(self._fresh(asked)))
                    yield visit
            if self._dead:
                raise self._dead
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    def _fresh(self, requests: list[Request]) -> list[Request]:
        fresh = []
        for request in requests:
            identity = (request.method, request.url.split("#", 1)[0], request.body)
            if identity in self._seen:
                continue
            if len(self._seen) >= self.max_pages:
                self.capped = True
                break
            self._seen.add(identity)
            fresh.append(request)
        return fresh

    async def _visit(self, seq: int, request: Request, by_start: bool) -> tuple[Visit, list[Request]]:
        try:
            fetched, sha256, body = await self._bring(request)
        except WebError as error:
            return Visit(seq, request, by_start, error=str(error)), []
        visit = Visit(seq, request, by_start, fetched, sha256, len(body))
        try:
            return visit, [] if visit.failure else await self._follow(visit, body)
        except SandboxError as error:
            if not isinstance(error, FetcherRaised):
                self._dead = error
            return replace(visit, error=str(error)), []

    async def _bring(self, request: Request) -> tuple[Fetched, str, bytes]:
        """Return the answer with its body, which is kept by then; a page that has not changed has the known one."""
        known = self.known.get(request.url) if request.method == "GET" else None
        fetched = await self.web.fetch(self._ask(request, known))
        if fetched.not_modified and known:
            try:
                body = await asyncio.to_thread(self.bodies.get, known.sha256)
            except (NotInStore, CorruptInStore):
                fetched = await self.web.fetch(self._ask(request, None))
            else:
                # A 304 may leave out the headers that the parser and the next conditional request need.
                return replace(fetched, headers={**known.headers, **fetched.headers}), known.sha256, body
        return fetched, await asyncio.to_thread(self.bodies.put, fetched.body), fetched.body

    def _ask(self, request: Request, known: Known | None) -> FetchRequest:
        return FetchRequest(
            url=request.url,
            method=request.method,
            headers=dict(request.headers),
            body=request.body,
            render=self.render,
            etag=known.etag if known else None,
            last_modified=known.last_modified if known else None,
        )

    async def _follow(self, visit: Visit, body: bytes) -> list[Request]:
        if not self.worker.follows or visit.fetched is None:
            return []
        page = PageInput(
            url=visit.fetched.final_url,
            body=body,
            content_type=visit.fetched.headers.get("content-type", ""),
            meta=dict(visit.request.meta),
            link_header=visit.fetched.headers.get("link", ""),
        )
        async with self._asking:
            if self._dead:
                return []
            return await asyncio.to_thread(self.worker.follow, page)
