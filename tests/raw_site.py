"""A server on loopback that says any bytes at all: what web frameworks are too well-behaved to say."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterable
from types import TracebackType

Saying = Callable[[], Iterable[bytes]]


class RawSite:
    """Answers every request with the chunks of `saying` and hangs up; `sent` counts the bytes that were taken."""

    def __init__(self, saying: Saying) -> None:
        self.saying = saying
        self.sent = 0
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self._handler(), bind_and_activate=True)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def host(self) -> str:
        """Return the host with its port."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    def url(self, path: str = "/books") -> str:
        """Return the address of a path; all paths answer the same."""
        return f"http://{self.host}{path}"

    def __enter__(self) -> RawSite:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[socketserver.BaseRequestHandler]:
        site = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                asked = self.request.recv(65536)
                if asked.startswith(b"GET /robots.txt"):
                    self.request.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    return
                try:
                    for chunk in site.saying():
                        self.request.sendall(chunk)
                        site.sent += len(chunk)
                except OSError:
                    return  # whoever asked has heard enough

        return Handler


def ok(*headers: str) -> bytes:
    """Return the head of a good answer with more header lines."""
    return "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html", "Connection: close", *headers, "", ""]).encode()
