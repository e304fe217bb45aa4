"""How fast one host is asked: spacing, concurrency, and pauses that the host asked for."""

from __future__ import annotations

import asyncio
from time import monotonic
from types import TracebackType

from lakehouse.errors import Unreachable
from lakehouse.web.policy import WebPolicy


class Pace(dict[str, "HostPace"]):
    """The paces of all hosts of one client; `pace[host]` is the same object for as long as the client lives."""

    def __init__(self, policy: WebPolicy) -> None:
        super().__init__()
        self._policy = policy

    def __missing__(self, host: str) -> HostPace:
        return self.setdefault(host, HostPace(host, self._policy))


class HostPace:
    """`async with` it around one request to the host: entering waits for its turn, and raises `Unreachable` where the
    host has asked for a longer pause than anybody wants to wait.
    """

    def __init__(self, host: str, policy: WebPolicy) -> None:
        self._host = host
        self._policy = policy
        self._delay = policy.delay
        self._places = asyncio.Semaphore(policy.concurrency)
        self._next_start = 0.0
        self._paused_until = 0.0
        self._strikes = 0

    def slow_to(self, delay: float) -> None:
        """Keep at least `delay` seconds between two starts from now on."""
        self._delay = max(self._delay, delay)

    def limited(self, retry_after: float | None) -> None:
        """Take note that the host wants less: no request starts before `retry_after` seconds, or a growing guess."""
        self._strikes += 1
        guess = min(self._policy.backoff * 2**self._strikes, self._policy.patience)
        self._paused_until = max(self._paused_until, monotonic() + (guess if retry_after is None else retry_after))

    def answered(self) -> None:
        """Take note that the host answers as it should."""
        self._strikes = 0

    async def __aenter__(self) -> None:
        await self._places.acquire()
        try:
            await self._turn()
        except BaseException:
            self._places.release()
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._places.release()

    async def _turn(self) -> None:
        # Looked at again after each sleep: others may have started, or been told to wait, meanwhile.
        while (wait := max(self._next_start, self._paused_until) - (now := monotonic())) > 0:
            if self._paused_until - now > self._policy.patience:
                raise Unreachable(
                    f"the host asks to be left alone for {self._paused_until - now:.0f} s.", url=self._host, sent=False
                )
            await asyncio.sleep(wait)
        self._next_start = now + self._delay
