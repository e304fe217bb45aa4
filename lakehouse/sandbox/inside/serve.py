"""The worker's loop: a command comes in, the fetcher's functions run, an answer goes out."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from typing import Any

from lakehouse.fetcher import Page
from lakehouse.sandbox.inside import encode, wire
from lakehouse.sandbox.inside.attribution import Attribution
from lakehouse.sandbox.inside.blame import blame
from lakehouse.sandbox.inside.module import Module


class PastLimit(Exception):
    """The fetcher gave more than one answer may hold; `what` is records or requests."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def serve(module: Module, limits: dict[str, int]) -> None:
    """Answer commands until the engine closes the pipe; raises `MemoryError`, after which the worker must end."""
    while True:
        header, body = wire.receive()
        reply = _reply(module, header, body, limits)
        del header, body
        # Before the answer: what is cleaned up may be a generator of the fetcher, whose `finally` belongs to this page.
        gc.collect()
        wire.send(reply)


def _reply(module: Module, header: dict[str, Any], body: bytes, limits: dict[str, int]) -> bytes:
    try:
        reply = wire.packed(_answer(module.functions(), header, body, limits))
    except PastLimit as error:
        return wire.packed({"failed": error.what})
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 (whatever a fetcher raises is an answer of this worker)
        return wire.packed({"raised": blame(error, module)})
    return reply if len(reply) - wire.LENGTH.size <= limits["output"] else wire.packed({"failed": "output"})


def _answer(
    functions: dict[str, Callable[..., Any]], header: dict[str, Any], body: bytes, limits: dict[str, int]
) -> dict[str, Any]:
    if header["command"] == "start":
        return {"requests": _requests(functions["start"](), "start", limits["requests"])}
    page = Page(header["url"], body, header["content_type"], header["meta"], header["link_header"])
    asked: list[Any] = []
    if header["command"] in {"follow", "handle"} and "follow" in functions:
        asked = _requests(functions["follow"](page), "follow", limits["requests"])
    if header["command"] == "follow":
        return {"requests": asked}
    return {"requests": asked, **_records(functions["parse"](page), page, limits["records"])}


def _requests(given: Any, function: str, most: int) -> list[list[Any]]:
    asked: list[list[Any]] = []
    for request in _many(given, function, "requests"):
        if len(asked) == most:
            raise PastLimit("requests")
        asked.append(encode.request(request, len(asked) + 1))
    return asked


def _records(given: Any, page: Page, most: int) -> dict[str, Any]:
    rows = encode.Rows()
    attribution = Attribution(page.answers)
    for record in _many(given, "parse", "records"):
        if len(rows.rows) == most:
            raise PastLimit("records")
        rows.add(record)
        attribution.add(record)
    return {"shapes": list(rows.shapes), "rows": rows.rows, "answers": attribution.counts()}


def _many(given: Any, function: str, what: str) -> Iterable[Any]:
    if given is None or isinstance(given, str | bytes | dict):
        raise encode.NoRecord(f"{function}() returned {type(given).__name__}; it yields {what}")
    return given
