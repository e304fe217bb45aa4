"""Resource limits: memory and processor time as the caller says, and none of what a fetcher never needs."""

from __future__ import annotations

import resource

STACK = 8 << 20
DESCRIPTORS = 16


def restrict(memory: int, cpu_seconds: int) -> None:
    """Set hard limits for the rest of this process's life; raises `ValueError` or `OSError` where one cannot be set."""
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_NOFILE: DESCRIPTORS,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_STACK: STACK,
    }
    for limit, value in limits.items():
        resource.setrlimit(limit, (value, value))
    # The signal of the soft limit tells the engine that it was time, and not memory; the hard limit cannot be ignored.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
