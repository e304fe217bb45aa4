"""Hostile code gets nowhere: not past the static check, and not past the locks where the check is taken away."""

from __future__ import annotations

import platform

import pytest

from lakehouse.errors import (
    FetcherOutOfMemory,
    FetcherRaised,
    FetcherRefused,
    FetcherTimeout,
    ForbiddenCall,
    MalformedAnswer,
    SandboxError,
)
from lakehouse.sandbox import Limits, Record, Worker
from tests.sandbox.cases import LOCKS, fetcher, page
from tests.sandbox.escapes import EXHAUSTION, KERNEL, LANGUAGE, Attempt

SMALL = Limits(parse_seconds=2, memory=256 << 20, cpu_seconds=20, output=1 << 20, records=1_000, requests=100)
LIBC = "import ctypes\nlibc = ctypes.CDLL(None)\n"


def attempted(attempt: Attempt, layers: frozenset[str]) -> list[Record]:
    """Return the records of an attempt; an errno that came back as a number is none."""
    code = fetcher(attempt.body, attempt.top)
    with Worker(code, "hostile/0001", SMALL, _layers=layers) as worker:
        return [record for record in worker.parse(page()).records if record.get("escaped") != -1]


@pytest.mark.parametrize("attempt", LANGUAGE, ids=lambda attempt: attempt.name)
def test_a_way_through_the_language_is_refused_before_it_runs(attempt: Attempt) -> None:
    with pytest.raises(FetcherRefused) as refusal:
        Worker(fetcher(attempt.body, attempt.top), "hostile/0001")
    assert all(reason.startswith("line ") for reason in refusal.value.reasons)


@pytest.mark.parametrize("attempt", LANGUAGE, ids=lambda attempt: attempt.name)
def test_a_way_through_the_language_that_was_not_refused_ends_at_the_locks(attempt: Attempt) -> None:
    with pytest.raises((FetcherRaised, FetcherTimeout, ForbiddenCall)):
        attempted(attempt, LOCKS)


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the numbers of the system calls are those of x86_64")
@pytest.mark.parametrize("attempt", KERNEL, ids=lambda attempt: attempt.name)
def test_a_way_through_the_kernel_is_locked(attempt: Attempt) -> None:
    attempt = Attempt(attempt.name, attempt.body, LIBC + attempt.top)
    try:
        records = attempted(attempt, LOCKS)
    except (FetcherRaised, ForbiddenCall):
        records = []
    assert records == []


@pytest.mark.parametrize("attempt", EXHAUSTION, ids=lambda attempt: attempt.name)
def test_a_way_to_exhaust_the_engine_ends_in_a_typed_error(attempt: Attempt) -> None:
    with pytest.raises((FetcherRaised, FetcherTimeout, FetcherOutOfMemory, MalformedAnswer)):
        attempted(attempt, LOCKS | {"static", "facade"})


def test_the_suite_has_at_least_sixty_attempts_with_names_of_their_own() -> None:
    names = [attempt.name for attempt in (*LANGUAGE, *KERNEL, *EXHAUSTION)]
    assert len(set(names)) == len(names) >= 60


def test_every_error_of_the_sandbox_is_one_that_callers_catch() -> None:
    kinds = (FetcherOutOfMemory, FetcherRaised, FetcherRefused, FetcherTimeout, ForbiddenCall, MalformedAnswer)
    assert all(issubclass(kind, SandboxError) for kind in kinds)
