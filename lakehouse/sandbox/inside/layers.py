"""The locks of a worker, in the order in which they close: each one needs what the next one takes away."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Collection

from lakehouse.sandbox.inside import landlock, rlimits, seccomp
from lakehouse.sandbox.inside.libc import PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS, prctl
from lakehouse.sandbox.inside.syscalls import ARCHITECTURES

REQUIRED = ("rlimits", "seccomp")
OPTIONAL = ("landlock", "user", "undumpable")
NOBODY = 65534


class LockFailed(Exception):
    """A required lock did not close; `layer` names it."""

    def __init__(self, layer: str, reason: str) -> None:
        super().__init__(reason)
        self.layer = layer
        self.reason = reason


def close(wanted: Collection[str], *, memory: int, cpu_seconds: int) -> list[str]:
    """Close the locks that are wanted and return those in force; raises `LockFailed` for a required one."""
    steps = {
        "landlock": _landlock,
        "user": _user,
        "undumpable": lambda: prctl(PR_SET_DUMPABLE, 0),
        "rlimits": lambda: rlimits.restrict(memory, cpu_seconds),
        "seccomp": _seccomp,
    }
    return [name for name, step in steps.items() if name in wanted and _closed(name, step)]


def _closed(name: str, step: Callable[[], None]) -> bool:
    try:
        step()
    except (OSError, ValueError) as error:
        if name in REQUIRED:
            raise LockFailed(name, str(error)) from error
        return False
    return True


def _landlock() -> None:
    kernel = landlock.version()
    if not kernel:
        raise OSError("this kernel has no Landlock")
    landlock.restrict(kernel)


def _user() -> None:
    """Become nobody; a process that is not root has nothing to give up, and keeps its user."""
    if os.geteuid() != 0:
        raise OSError("only root can change the user")
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def _seccomp() -> None:
    machine = ARCHITECTURES.get(platform.machine())
    if machine is None:
        raise OSError(f"no filter is written for {platform.machine()}")
    seccomp.install(seccomp.build(machine, os.getpid(), read_from=0, write_to=1))
