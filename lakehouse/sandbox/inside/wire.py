"""The pipe as the worker sees it: commands come in on descriptor 0, answers go out on descriptor 1.

A command is a header (JSON) and a body (the page), an answer is one JSON document; each has its length before it, as
four bytes, the highest first.
"""

from __future__ import annotations

import json
import os
import struct
from typing import Any

COMMANDS = 0
ANSWERS = 1
CHUNK = 1 << 20
LENGTH = struct.Struct(">I")

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":")).encode


def receive() -> tuple[dict[str, Any], bytes]:
    """Return the next command's header and body; ends the worker when the engine has closed the pipe."""
    header = json.loads(_read_sized())
    return header, _read_sized()


def packed(answer: dict[str, Any]) -> bytes:
    """Return an answer as it goes over the pipe; what UTF-8 cannot hold (half a surrogate pair) becomes `?`."""
    data = _encode(answer).encode("utf-8", "replace")
    return LENGTH.pack(len(data)) + data


def send(data: bytes) -> None:
    """Write a packed answer."""
    view = memoryview(data)
    while view:
        view = view[os.write(ANSWERS, view) :]


def _read_sized() -> bytes:
    return _read(LENGTH.unpack(_read(LENGTH.size))[0])


def _read(size: int) -> bytes:
    chunks: list[bytes] = []
    while size:
        chunk = os.read(COMMANDS, min(size, CHUNK))
        if not chunk:
            os._exit(0)
        chunks.append(chunk)
        size -= len(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)
