"""Shows, before the first fetcher runs, that the locks of this machine hold what they promise."""

from __future__ import annotations

import errno
import json
import signal
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache

from lakehouse.errors import SandboxUnavailable
from lakehouse.sandbox.decode import Raised, decode
from lakehouse.sandbox.model import Limits
from lakehouse.sandbox.pipe import Unruly
from lakehouse.sandbox.process import LAYERS, Process
from lakehouse.sandbox.values import Malformed

LIMITS = Limits()
SECONDS = 30

# The probes run without the static check and with all of Python's builtins: only the locks stand in their way.
OPEN = "def start():\n    open('/etc/passwd')"
LIST = "def start():\n    __import__('os').listdir('/')"
HOARD = f"def start():\n    bytearray({LIMITS.memory})"
CONNECT = "def start():\n    __import__('ctypes').CDLL(None).socket(2, 1, 0)"
FORK = "def start():\n    __import__('os').fork()"
EXECUTE = "def start():\n    __import__('os').execv('/bin/true', ['true'])"


@cache
def self_test() -> list[str]:
    """Return the locks in force, tried once a process; raises `SandboxUnavailable` where a promised one does not hold.

    Landlock is missing on older kernels: that is seen from the list, and fetchers run without it.
    """
    try:
        return _tried()
    except (TimeoutError, EOFError, Unruly, Malformed) as error:
        raise _broken("process", f"a worker did not answer ({type(error).__name__}: {error})") from error


def _tried() -> list[str]:
    with ThreadPoolExecutor(4) as pool:
        dead = [pool.submit(_expect_death, probe) for probe in (CONNECT, FORK, EXECUTE)]
        layers = _expect_refusals()
        for result in dead:
            result.result()
    if "landlock" in layers:
        _expect_landlock()
    return layers


def _expect_refusals() -> list[str]:
    """Try what must fail and leave the worker alive or out of memory; return the locks that it reported."""
    with _probed(LAYERS, OPEN) as process:
        if not _is_denied(process):
            raise _broken("seccomp", "a worker could open a file")
    with _probed(LAYERS, HOARD) as process:
        if _death(process) != errno.ENOMEM:
            raise _broken("rlimits", "a worker could take more memory than its limit")
        return process.layers


def _expect_death(probe: str) -> None:
    with _probed(LAYERS, probe) as process:
        if _death(process) != -signal.SIGSYS:
            raise _broken("seccomp", f"a worker survived `{probe.splitlines()[-1].strip()}`")


def _death(process: Process) -> int | None:
    """Return the status with which a worker died of its probe, or None where it lives."""
    try:
        _start(process)
    except EOFError:
        return process.ended()
    return None


def _expect_landlock() -> None:
    with _probed({"landlock"}, LIST) as process:
        if not _is_denied(process):
            raise _broken("landlock", "a worker could list a folder")


def _is_denied(process: Process) -> bool:
    reply = decode(_start(process), LIMITS)
    return isinstance(reply, Raised) and reply.kind == "PermissionError"


@contextmanager
def _probed(layers: Collection[str], probe: str) -> Iterator[Process]:
    process = Process(LIMITS, layers=layers, facade=False)
    try:
        process.pipe.exchange(json.dumps({"name": "probe"}).encode(), probe.encode(), SECONDS)
        yield process
    finally:
        process.end()


def _start(process: Process) -> bytes:
    return process.pipe.exchange(json.dumps({"command": "start"}).encode(), b"", SECONDS)


def _broken(layer: str, what: str) -> SandboxUnavailable:
    return SandboxUnavailable(
        f"the self-test of the sandbox failed: {what}.",
        layer=layer,
        hint="No fetcher is run here; use a Linux kernel with seccomp, and report this machine.",
    )
