"""A server between a client and an honest S3, which breaks one promise."""

from __future__ import annotations

import http.client
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

REFUSALS = {
    "refuses credentials": (403, "InvalidAccessKeyId"),
    "has no such bucket": (404, "NoSuchBucket"),
    "fails": (500, "InternalError"),
}
FORGOTTEN = {"forgets If-None-Match": "if-none-match", "forgets If-Match": "if-match"}


class BrokenS3:
    """Serves on a port of its own until `stop`; `fault` is a key of `REFUSALS` or `FORGOTTEN`."""

    def __init__(self, honest: str, fault: str) -> None:
        handler = type("Handler", (_Handler,), {"honest": urlsplit(honest).netloc, "fault": fault})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def stop(self) -> None:
        """Close the port and wait for the thread."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    honest = ""
    fault = ""

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.fault in REFUSALS:
            status, code = REFUSALS[self.fault]
            self.reply(status, {}, f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode())
        else:
            self.reply(*self.ask_the_honest(body))

    def ask_the_honest(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        dropped = {FORGOTTEN[self.fault], "host", "connection"}
        headers = {name: value for name, value in self.headers.items() if name.lower() not in dropped}
        connection = http.client.HTTPConnection(self.honest)
        try:
            connection.request(self.command, self.path, body, headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def reply(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in {"content-length", "transfer-encoding", "connection"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: tests read answers, not logs."""


for verb in ("GET", "PUT", "DELETE", "HEAD", "POST"):
    setattr(_Handler, f"do_{verb}", _Handler.answer)
