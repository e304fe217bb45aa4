"""A small server on loopback that speaks the HTTP of Ollama and of OpenAI, and says what it was told to say."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

OLLAMA, OPENAI = "/api/chat", "/v1/chat/completions"


@dataclass(frozen=True)
class Asked:
    """One question as it came over the wire."""

    path: str
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def messages(self) -> list[str]:
        """Return the texts of the messages in order."""
        return [message["content"] for message in self.body["messages"]]

    @property
    def text(self) -> str:
        """Return all that was said in one text."""
        return "\n".join(self.messages)


@dataclass(frozen=True)
class Says:
    """An answer of the model: a text, or a value that is said as JSON, and what it thought aloud before."""

    said: Any
    cut_off: bool = False
    tokens: tuple[int, int] = (100, 20)
    thought: str = ""

    @property
    def text(self) -> str:
        """Return the answer's text."""
        return self.said if isinstance(self.said, str) else json.dumps(self.said)


@dataclass(frozen=True)
class Fails:
    """An answer of the server that is none of the model."""

    status: int
    retry_after: str = ""
    body: str = '{"error": {"message": "scripted"}}'


@dataclass(frozen=True)
class Raw:
    """Bytes that are sent as the body of a good answer, chunk by chunk, until there are none left or nobody listens."""

    chunks: Callable[[], Iterator[bytes]]
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class HangsUp:
    """No answer: the connection is closed."""


def malformed() -> Raw:
    """Return what a wrong address or a proxy may say: 200, and no JSON."""
    return Raw(lambda: iter([b"<html>welcome</html>"]))


def endless(pause: float = 0.0) -> Raw:
    """Return an answer that goes on until nobody listens."""

    def chunks() -> Iterator[bytes]:
        yield b'{"message": {"role": "assistant", "content": "'
        while True:
            time.sleep(pause)
            yield b"a" * (65536 if not pause else 1)

    return Raw(chunks)


Answer = Says | Fails | Raw | HangsUp
Script = Sequence[Answer] | Callable[[Asked], Answer]


class Scripted:
    """Answers in the order of a script, whose last answer is repeated, or as a function of the question.

    `url` is what LLM_BASE_URL wants for ollama, `openai` what it wants for openai; `asked` are the questions so far.
    """

    def __init__(self, script: Script, *, latency: float = 0.0) -> None:
        self.script = script
        self.latency = latency
        self.asked: list[Asked] = []
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"scripted": self}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.openai = f"{self.url}/v1"

    def __enter__(self) -> Scripted:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def next(self, asked: Asked) -> Answer:
        """Return what is said to a question."""
        with self._lock:
            self.asked.append(asked)
            number = len(self.asked)
        if callable(self.script):
            return self.script(asked)
        return self.script[min(number, len(self.script)) - 1]


class _Handler(BaseHTTPRequestHandler):
    scripted: Scripted
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the name that the base class gives it
        """Say nothing of requests."""

    def do_GET(self) -> None:
        models = {"/api/tags": {"models": []}, "/v1/models": {"object": "list", "data": []}}
        found = models.get(self.path)
        self._send(200 if found else 404, json.dumps(found or {"error": "not found"}).encode())

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path not in {OLLAMA, OPENAI}:
            self._send(404, b'{"error": "not found"}')
            return
        answer = self.scripted.next(Asked(self.path, body, dict(self.headers)))
        time.sleep(self.scripted.latency)
        with suppress(OSError):  # whoever asked has gone
            self._answer(answer, body)

    def _answer(self, answer: Answer, body: dict[str, Any]) -> None:
        if isinstance(answer, Says):
            told = _ollama(answer, body) if self.path == OLLAMA else _openai(answer, body)
            self._send(200, json.dumps(told).encode())
        elif isinstance(answer, Fails):
            more = {"Retry-After": answer.retry_after} if answer.retry_after else {}
            self._send(answer.status, answer.body.encode(), more)
        elif isinstance(answer, Raw):
            self._stream(answer)
        self.close_connection = self.close_connection or isinstance(answer, (HangsUp, Raw))

    def _stream(self, answer: Raw) -> None:
        self.send_response(200)
        for name, value in {
            "Content-Type": "application/json",
            "Connection": "close",
            **answer.headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        for chunk in answer.chunks():
            self.wfile.write(chunk)
            self.wfile.flush()

    def _send(self, status: int, body: bytes, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), **(more or {})}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _ollama(answer: Says, body: dict[str, Any]) -> dict[str, Any]:
    assert body["stream"] is False
    thought = {"thinking": answer.thought} if answer.thought else {}
    return {
        "model": body["model"],
        "created_at": "2026-11-20T00:00:00.000000Z",
        "message": {"role": "assistant", "content": answer.text, **thought},
        "done": True,
        "done_reason": "length" if answer.cut_off else "stop",
        "total_duration": 1,
        "prompt_eval_count": answer.tokens[0],
        "eval_count": answer.tokens[1],
    }


def _openai(answer: Says, body: dict[str, Any]) -> dict[str, Any]:
    thought = {"reasoning_content": answer.thought} if answer.thought else {}
    message = {"role": "assistant", "content": answer.text, **thought}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": body["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": "length" if answer.cut_off else "stop"}],
        "usage": {
            "prompt_tokens": answer.tokens[0],
            "completion_tokens": answer.tokens[1],
            "total_tokens": sum(answer.tokens),
        },
    }
