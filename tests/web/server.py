"""Real servers on loopback: one that speaks HTTP as told, and one that says any bytes at all."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from lakehouse.web import WebPolicy

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it; `at` is in seconds of the monotonic clock."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    at: float


class Site:
    """Serves `pages`, path to handler or text, and notes in `asked` what came; other paths are 404."""

    def __init__(self) -> None:
        self.pages: dict[str, Handler | str] = {}
        self.asked: list[Asked] = []
        self.busiest = 0
        self._busy = 0

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, auto_decompress=False, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port: int = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    @property
    def host(self) -> str:
        """Return `127.0.0.1:port`."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """Return the address of a path."""
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """Return the paths that were asked for, robots.txt left out."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        asked = Asked(request.method, request.path_qs, request.headers, await request.read(), monotonic())
        self.asked.append(asked)
        page = self.pages.get(request.path)
        if page is None:
            return web.Response(status=404, text="nothing here")
        self._busy += 1
        self.busiest = max(self.busiest, self._busy)
        try:
            return web.Response(text=page, content_type="text/html") if isinstance(page, str) else await page(request)
        finally:
            self._busy -= 1


def answer(status: int = 200, text: str = "", **headers: str) -> Handler:
    """Return a handler that always answers the same; `Retry_After` is written `Retry-After`."""

    async def handler(request: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=status, text=text, headers=named)

    return handler


def in_turn(*handlers: Handler) -> Handler:
    """Return a handler that answers as each of these once, and then for ever as the last."""
    waiting = list(handlers)

    async def handler(request: web.Request) -> web.StreamResponse:
        current = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return await current(request)

    return handler


class Wire:
    """Says `chunks` to whoever connects, after the head of the request has come, and hangs up; `sent` counts bytes."""

    def __init__(self, *chunks: bytes, repeat: int = 1) -> None:
        self._chunks = chunks
        self._repeat = repeat
        self.sent = 0
        self.connections = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._say, "127.0.0.1", 0)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        await self._server.wait_closed()

    @property
    def host(self) -> str:
        """Return `127.0.0.1:port`."""
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """Return the address of its only page."""
        return f"http://{self.host}/"

    async def _say(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            await reader.readuntil(b"\r\n\r\n")
            head, *rest = self._chunks
            writer.write(head)
            for _ in range(self._repeat):
                for chunk in rest:
                    writer.write(chunk)
                    await writer.drain()
                    self.sent += len(chunk)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()


def policy(*servers: Site | Wire, names: tuple[str, ...] = (), **changes: Any) -> WebPolicy:
    """Return a policy for these servers that hurries; `names` are more hosts, with their ports."""
    hosts = frozenset({*(server.host for server in servers), *names})
    hurried: dict[str, Any] = {"delay": 0.0, "backoff": 0.01, "timeout": 5.0, "retries": 2}
    known = {"user_agent": "lakehouse/0 (+t@example.org)", "hosts": hosts, "private_hosts": hosts}
    return WebPolicy(**{**known, **hurried, **changes})
