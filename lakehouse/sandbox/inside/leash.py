"""The leash: the kernel kills the worker when the engine is gone, however it went.

PR_SET_PDEATHSIG is tied to the thread that started the worker, and threads end before their process does. So the worker
holds the reading end of a pipe whose other end the engine holds and never writes to: when that closes, for whatever
reason, the kernel sends the signal that was asked for here, even to a worker that is busy.
"""

from __future__ import annotations

import fcntl
import os
import signal
from typing import Final

F_SETSIG: Final = 10


def tie(descriptor: int) -> None:
    """Die when the other end of this pipe closes; raises `OSError` where the kernel does not offer that."""
    fcntl.fcntl(descriptor, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(descriptor, F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(descriptor, fcntl.F_SETFL, os.O_RDONLY | os.O_ASYNC | os.O_NONBLOCK)
    if not _open(descriptor):
        os._exit(0)


def _open(descriptor: int) -> bool:
    """Tell whether the other end was still open after the signal was asked for."""
    try:
        return os.read(descriptor, 1) != b""
    except BlockingIOError:
        return True
