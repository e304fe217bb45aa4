"""The pipe as the engine sees it: one command goes in, one answer comes out, within a time and a size."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import struct
import time

LENGTH = struct.Struct(">I")
CHUNK = 1 << 20


class Unruly(Exception):
    """The worker sent what was not asked for, or more than it may; the message says which."""


class Pipe:
    """Both directions between the engine and one worker."""

    def __init__(self, commands: int, answers: int, most: int) -> None:
        self._commands = commands
        self._answers = answers
        self._most = most
        self._received = bytearray()
        for descriptor in (commands, answers):
            os.set_blocking(descriptor, False)
            # Only a matter of speed, and the kernel limits how much one user may have.
            with contextlib.suppress(OSError):
                fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, CHUNK)

    def exchange(self, header: bytes, body: bytes, seconds: float) -> bytes:
        """Send a command, return the answer; raises `TimeoutError`, `EOFError` where the worker died, or `Unruly`."""
        if self._wait(self._answers, select.POLLIN, 0):
            self._read()
            raise Unruly("it sent something before it was asked")
        deadline = time.monotonic() + seconds
        self._send(LENGTH.pack(len(header)) + header + LENGTH.pack(len(body)), deadline)
        self._send(body, deadline)
        return self.receive(deadline)

    def receive(self, deadline: float) -> bytes:
        """Return one answer; raises as `exchange` does."""
        while not self._is_whole():
            remaining = deadline - time.monotonic()
            if not self._wait(self._answers, select.POLLIN, remaining):
                raise TimeoutError
            self._read()
            # What lay there at the deadline still counts, but more of it need not be waited for.
            if remaining < 0 and not self._is_whole():
                raise TimeoutError
        answer = bytes(memoryview(self._received)[LENGTH.size :])
        self._received.clear()
        return answer

    def _send(self, data: bytes, deadline: float) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[os.write(self._commands, view[:CHUNK]) :]
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise TimeoutError from None
                self._wait_until_writable(deadline)
            except BrokenPipeError:
                raise EOFError from None

    def _wait_until_writable(self, deadline: float) -> None:
        poll = select.poll()
        poll.register(self._commands, select.POLLOUT)
        poll.register(self._answers, select.POLLIN)
        ready = poll.poll(max(0, deadline - time.monotonic()) * 1000)
        if not ready:
            raise TimeoutError
        if self._answers in dict(ready):
            self._read()
            raise Unruly("it answered before it had read the page")

    def _wait(self, descriptor: int, event: int, seconds: float) -> bool:
        poll = select.poll()
        poll.register(descriptor, event)
        return bool(poll.poll(max(0, seconds) * 1000))

    def _read(self) -> None:
        chunk = os.read(self._answers, CHUNK)
        if not chunk:
            raise EOFError
        self._received += chunk
        if len(self._received) >= LENGTH.size and self._expected() > self._most:
            raise Unruly(f"its answer is longer than {self._most} bytes")
        if len(self._received) > LENGTH.size and len(self._received) > self._expected() + LENGTH.size:
            raise Unruly("it sent more than one answer")

    def _expected(self) -> int:
        return LENGTH.unpack_from(self._received)[0]

    def _is_whole(self) -> bool:
        return len(self._received) >= LENGTH.size and len(self._received) == self._expected() + LENGTH.size
