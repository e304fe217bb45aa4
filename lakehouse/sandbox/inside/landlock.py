"""Landlock: takes every right to files, TCP ports, abstract sockets and foreign signals from this process for good."""

from __future__ import annotations

import ctypes
import os
import struct
from typing import Final

from lakehouse.sandbox.inside.libc import PR_SET_NO_NEW_PRIVS, prctl, syscall

# These three numbers are the same on every architecture.
CREATE_RULESET: Final = 444
RESTRICT_SELF: Final = 446
VERSION: Final = 1

FILE_RIGHTS: Final = 13
"""Rights to files in the first version, from EXECUTE to MAKE_SYM; later versions add one each."""

LATER_FILE_RIGHTS: Final = (2, 3, 5)
"""Versions that added REFER, TRUNCATE and IOCTL_DEV."""


def version() -> int:
    """Return the kernel's version of Landlock, or 0 where it has none."""
    try:
        return syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint(VERSION))
    except OSError:
        return 0


def restrict(kernel: int) -> None:
    """Handle every right that this version knows and grant none; raises `OSError`."""
    rules = ruleset(kernel)
    handle = syscall(CREATE_RULESET, rules, ctypes.c_size_t(len(rules)), ctypes.c_uint(0))
    try:
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        syscall(RESTRICT_SELF, ctypes.c_int(handle), ctypes.c_uint(0))
    finally:
        os.close(handle)


def ruleset(kernel: int) -> bytes:
    """Return `struct landlock_ruleset_attr`: older kernels take a shorter one."""
    files = (1 << FILE_RIGHTS + sum(kernel >= later for later in LATER_FILE_RIGHTS)) - 1
    network = 0b11 if kernel >= 4 else 0
    scoped = 0b11 if kernel >= 6 else 0
    length = 24 if kernel >= 6 else 16 if kernel >= 4 else 8
    return struct.pack("=QQQ", files, network, scoped)[:length]
