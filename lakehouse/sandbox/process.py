"""Starts, watches and ends the process of one worker; everything it opens is closed again, however it ends."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from lakehouse.errors import SandboxUnavailable
from lakehouse.sandbox.inside.layers import OPTIONAL, REQUIRED
from lakehouse.sandbox.model import Limits
from lakehouse.sandbox.pipe import Pipe, Unruly
from lakehouse.settings import settings

ENTRY = Path(__file__).parent / "inside" / "__main__.py"
ENVIRONMENT = {"TZ": "UTC", "PYTHONHASHSEED": "0"}
"""All that a worker knows of its environment: one time zone, and sets that have the same order every day."""

START_SECONDS = 60
LAYERS = frozenset({*REQUIRED, *OPTIONAL})


class Process:
    """One worker process, locked and ready for its module when `Process()` returns."""

    def __init__(
        self, limits: Limits, *, pdf: bool = False, layers: Collection[str] = LAYERS, facade: bool = True
    ) -> None:
        held, self._leash = os.pipe()
        config = {
            "paths": _paths(),
            "pdf": pdf,
            "leash": held,
            "layers": sorted(layers),
            "facade": facade,
            "memory": limits.memory,
            "cpu_seconds": limits.cpu_seconds,
            "limits": {"output": limits.output, "records": limits.records, "requests": limits.requests},
        }
        try:
            self._popen = _spawn(config, held)
        except OSError as error:
            os.close(self._leash)
            raise SandboxUnavailable(f"no worker could be started: {error}.", layer="process") from error
        finally:
            os.close(held)
        try:
            self.pipe = self._connect(limits)
            self.layers = self._greeting()
        except BaseException:
            self.end()
            raise

    @property
    def pid(self) -> int:
        """The worker's process id."""
        return self._popen.pid

    def end(self) -> int:
        """Kill the worker if it lives, close everything, return its status as `subprocess` does; may be repeated."""
        self._popen.kill()
        return self._close()

    def ended(self) -> int | None:
        """Return the status of a worker that closed its pipe, so is about to end; None where it had to be killed."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(5)
        alive = self._popen.poll() is None
        status = self.end()
        return None if alive else status

    def _close(self) -> int:
        status = self._popen.wait()
        for stream in (self._popen.stdin, self._popen.stdout):
            if stream:
                stream.close()
        if self._leash >= 0:
            os.close(self._leash)
            self._leash = -1
        return status

    def _connect(self, limits: Limits) -> Pipe:
        assert self._popen.stdin  # noqa: S101 (Popen was asked for both pipes)
        assert self._popen.stdout  # noqa: S101
        return Pipe(self._popen.stdin.fileno(), self._popen.stdout.fileno(), limits.output)

    def _greeting(self) -> list[str]:
        """Return the locks that closed; no code but ours has run yet, so this answer is to be believed."""
        try:
            said = json.loads(self.pipe.receive(time.monotonic() + START_SECONDS))
        except (TimeoutError, EOFError, Unruly) as error:
            raise SandboxUnavailable(
                f"the worker ended with status {self.end()} before it was ready.",
                layer="process",
                hint=f"{_python()} must be able to run {ENTRY} within {START_SECONDS} s and the memory limit.",
            ) from error
        if "unlocked" in said:
            raise SandboxUnavailable(
                f"this machine cannot lock a worker: {said['unlocked']} failed ({said['reason']}).",
                layer=said["unlocked"],
                hint="Fetchers run only where seccomp and resource limits work: Linux on x86_64 or aarch64.",
            )
        return said["layers"]


def _spawn(config: dict[str, Any], held: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [_python(), "-s", "-S", "-P", "-B", "-W", "ignore", "-X", "utf8", str(ENTRY), json.dumps(config)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
        cwd="/",
        bufsize=0,
        close_fds=True,
        pass_fds=(held,),
        start_new_session=True,
    )


def _python() -> str:
    return settings().python or sys.executable


@cache
def _paths() -> list[str]:
    """Return the folders that the worker imports from: ours, and the one of the libraries."""
    folders = [Path(__file__).parents[2]]
    for library in ("selectolax", "pdfplumber"):
        spec = importlib.util.find_spec(library)
        if spec and spec.origin:
            folders.append(Path(spec.origin).parents[1])
    return list(dict.fromkeys(map(str, folders)))
