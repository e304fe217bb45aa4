"""The browser's only way out: a forward proxy on loopback that asks the guard for every connection."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress

import structlog
from yarl import URL

from lakehouse.errors import GuardRefused
from lakehouse.web.guard import Guard

log = structlog.get_logger(__name__)

_HEAD_BYTES = 1 << 16
_CHUNK = 1 << 16
_CONNECT_SECONDS = 15


class Tunnel:
    """Serves CONNECT and plain requests of one browser, for pages, what they load, redirects and web sockets alike.

    What the guard refuses is hung up on without an answer, so that no page can take ours for the site's.
    `overruns` counts, by host, the connections that were cut because they brought more than `max_bytes`.
    """

    def __init__(self, guard: Guard, max_bytes: int) -> None:
        self._guard = guard
        self._max_bytes = max_bytes
        self._running: set[asyncio.Task[None]] = set()
        self.overruns: Counter[str] = Counter()

    async def start(self) -> None:
        """Listen on a free port of loopback."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=_HEAD_BYTES)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def aclose(self) -> None:
        """Stop listening and hang up on everybody."""
        self._server.close()
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            await self._forward(head, reader, writer)
        except GuardRefused as refusal:
            log.debug("kept a page from going out", reason=refusal.reason, to=refusal.url)
        except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            log.debug("lost a connection of the browser", error=type(error).__name__)
        finally:
            writer.close()

    async def _forward(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        method, target, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
        url = URL(f"//{target}") if method == "CONNECT" else URL(target)
        host, port = url.raw_host or "", url.port or 0
        out_reader, out_writer = await self._connect(host, port)
        try:
            if method == "CONNECT":
                writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            else:
                out_writer.write(_as_origin(head, url))
            await self._relay(host, reader, out_writer, out_reader, writer)
        finally:
            out_writer.close()

    async def _connect(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        failure: OSError | None = None
        for address in await self._guard.addresses(host, port):
            try:
                async with asyncio.timeout(_CONNECT_SECONDS):
                    return await asyncio.open_connection(address, port)
            except OSError as error:  # the next address may answer; TimeoutError is one of these
                failure = error
        raise failure or OSError(f"{host} has no address")

    async def _relay(
        self,
        host: str,
        reader: asyncio.StreamReader,
        out_writer: asyncio.StreamWriter,
        out_reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        up = asyncio.create_task(_copy(reader, out_writer))
        try:
            if not await _copy(out_reader, writer, self._max_bytes):
                self.overruns[host] += 1
        finally:
            up.cancel()
            with suppress(asyncio.CancelledError, OSError):
                await up


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, most: int | None = None) -> bool:
    """Copy to the end, and tell whether that came before `most` bytes."""
    copied = 0
    while chunk := await reader.read(_CHUNK):
        copied += len(chunk)
        if most is not None and copied > most:
            return False
        writer.write(chunk)
        await writer.drain()
    return True


def _as_origin(head: bytes, url: URL) -> bytes:
    """Return the request as the site expects it, alone on its connection: the next one may be for another host."""
    first, *lines = head[:-4].split(b"\r\n")
    method, _, version = first.split(b" ")
    kept = [line for line in lines if not line.lower().startswith((b"proxy-", b"connection:"))]
    upgrade = any(line.lower().startswith(b"upgrade:") for line in lines)
    connection = b"Connection: Upgrade" if upgrade else b"Connection: close"
    return b"\r\n".join([b" ".join([method, url.raw_path_qs.encode(), version]), *kept, connection, b"", b""])
