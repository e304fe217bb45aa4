"""Runs one fetcher in a locked process of its own."""

from __future__ import annotations

import ast
import errno
import json
import signal
from functools import cached_property
from types import TracebackType
from typing import NoReturn, Self

from lakehouse.errors import (
    FetcherOutOfMemory,
    FetcherRaised,
    FetcherTimeout,
    ForbiddenCall,
    MalformedAnswer,
    SandboxError,
)
from lakehouse.fetcher import Request
from lakehouse.sandbox.check import check_module
from lakehouse.sandbox.decode import Failed, Raised, Reply, decode
from lakehouse.sandbox.model import Limits, PageInput, Parsed
from lakehouse.sandbox.pipe import Unruly
from lakehouse.sandbox.process import LAYERS, START_SECONDS, Process
from lakehouse.sandbox.self_testing import self_test
from lakehouse.sandbox.values import Malformed

STATIC, FACADE = "static", "facade"
ALL_LAYERS = LAYERS | {STATIC, FACADE}


class Worker:
    """A fetcher that can be asked; after any `SandboxError` but `FetcherRaised` its process is gone.

    `_layers` is for the tests of the locks alone: they show what each one holds back.
    """

    def __init__(
        self, code: str, name: str = "fetcher", limits: Limits | None = None, *, _layers: frozenset[str] = ALL_LAYERS
    ) -> None:
        if STATIC in _layers:
            check_module(code, name)
        self.name = name
        self.limits = limits or Limits()
        self._code = code
        self._layers = _layers
        self._process: Process | None = None

    def __enter__(self) -> Self:
        self_test()
        pdf = ".pdf" in self._code
        self._process = Process(self.limits, pdf=pdf, layers=self._layers & LAYERS, facade=FACADE in self._layers)
        self._exchange({"name": self.name}, self._code.encode(), seconds=START_SECONDS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process, if it lives, and wait for it."""
        if self._process:
            self._process.end()
            self._process = None

    def start(self) -> list[Request]:
        """Return the requests that the fetcher begins with; raises `SandboxError`."""
        return self._ask({"command": "start"}, b"", "").requests

    def handle(self, page: PageInput) -> Parsed:
        """Return what `follow` and `parse` make of a page; raises `SandboxError`."""
        return self._ask_about(page, "handle")

    @cached_property
    def follows(self) -> bool:
        """Whether the fetcher asks for more pages at all; if not, `follow` need not be asked."""
        return any(isinstance(node, ast.FunctionDef) and node.name == "follow" for node in ast.parse(self._code).body)

    def follow(self, page: PageInput) -> list[Request]:
        """Return the requests that `follow` makes of a page; raises `SandboxError`."""
        return self._ask_about(page, "follow").requests

    def restart(self) -> None:
        """Go on with a new process after one that is gone; raises `SandboxError`."""
        self.close()
        self.__enter__()

    def parse(self, page: PageInput) -> Parsed:
        """Return what `parse` makes of a page; raises `SandboxError`."""
        return self._ask_about(page, "parse")

    def _ask_about(self, page: PageInput, command: str) -> Parsed:
        header = {
            "command": command,
            "url": page.url,
            "content_type": page.content_type,
            "meta": dict(page.meta),
            "link_header": page.link_header,
        }
        return self._ask(header, page.body, page.url)

    def _ask(self, header: dict[str, object], body: bytes, url: str) -> Parsed:
        match self._exchange(header, body, url):
            case Parsed() as parsed:
                return parsed
            case Raised(kind, text, traceback):
                raise FetcherRaised(kind, text, traceback=traceback, url=url, module=self.name)
            case Failed(what):
                self.close()
                raise self._past_limit(what, url)

    def _exchange(self, header: dict[str, object], body: bytes, url: str = "", seconds: float | None = None) -> Reply:
        process = self._running()
        seconds = seconds or self.limits.parse_seconds
        try:
            frame = process.pipe.exchange(json.dumps(header).encode(), body, seconds)
            return decode(frame, self.limits)
        except TimeoutError:
            self.close()
            raise FetcherTimeout(seconds, url=url, module=self.name) from None
        except EOFError:
            self._explain_death(process, url)
        except (Unruly, Malformed) as error:
            self.close()
            raise MalformedAnswer(f"the worker's answer cannot be used: {error}.", module=self.name) from error
        except BaseException:
            # The answer to this command may still come, and must not be taken for that of the next one.
            self.close()
            raise

    def _running(self) -> Process:
        if self._process is None:
            raise SandboxError(
                "the worker is not running.", module=self.name, hint="Use a new `with Worker(...)` after an error."
            )
        return self._process

    def _explain_death(self, process: Process, url: str) -> NoReturn:
        status = process.ended()
        self.close()
        where = f" on {url}" if url else ""
        match -status if status is not None else None:
            case signal.SIGSYS:
                raise ForbiddenCall(
                    f"the kernel stopped a system call that no fetcher needs{where}; treat the module as hostile.",
                    module=self.name,
                )
            case died if died == -errno.ENOMEM:
                raise FetcherOutOfMemory(self.limits.memory, url=url, module=self.name)
            case signal.SIGXCPU:
                raise FetcherTimeout(self.limits.cpu_seconds, url=url, module=self.name)
            case signal.SIGKILL:
                # Nobody else kills workers but the kernel that is out of memory.
                raise FetcherOutOfMemory(self.limits.memory, url=url, module=self.name)
        raise MalformedAnswer(f"the worker died{where} before it answered (status {status}).", module=self.name)

    def _past_limit(self, what: str, url: str) -> SandboxError:
        most = getattr(self.limits, what)
        where = f" on {url}" if url else ""
        unit = "bytes of output" if what == "output" else what
        return MalformedAnswer(f"the fetcher gave more than {most} {unit}{where}.", module=self.name)
