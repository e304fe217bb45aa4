"""Before the first fetcher runs, the locks are tried; where one does not hold, none runs."""

from __future__ import annotations

import os

import pytest

from lakehouse.errors import SandboxUnavailable
from lakehouse.sandbox import Limits, self_test
from lakehouse.sandbox.inside import landlock, layers
from lakehouse.sandbox.process import Process
from lakehouse.settings import settings


def test_it_names_the_locks_in_force() -> None:
    found = self_test()
    assert {"rlimits", "seccomp", "undumpable"} <= set(found)
    assert ("landlock" in found) == bool(landlock.version())
    assert ("user" in found) == (os.geteuid() == 0)


def test_it_runs_once_a_process() -> None:
    assert self_test() is self_test()


def test_a_required_lock_that_does_not_close_is_an_error_and_an_optional_one_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(layers, "ARCHITECTURES", {})
    with pytest.raises(layers.LockFailed) as failure:
        layers.close({"seccomp"}, memory=1, cpu_seconds=1)
    assert failure.value.layer == "seccomp"
    monkeypatch.setattr(layers.landlock, "version", lambda: 0)
    assert layers.close({"landlock"}, memory=1, cpu_seconds=1) == []


def test_a_worker_that_cannot_start_says_which_interpreter_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAKEHOUSE_PYTHON", "/nowhere/python")
    settings.cache_clear()
    try:
        with pytest.raises(SandboxUnavailable, match="no worker could be started") as error:
            Process(Limits())
    finally:
        settings.cache_clear()
    assert error.value.layer == "process"


def test_an_interpreter_that_ends_at_once_is_an_error_and_not_a_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAKEHOUSE_PYTHON", "/bin/false")
    settings.cache_clear()
    try:
        with pytest.raises(SandboxUnavailable, match="before it was ready") as error:
            Process(Limits())
    finally:
        settings.cache_clear()
    assert "/bin/false must be able to run" in str(error.value)


def test_there_is_no_setting_that_lets_fetchers_run_unlocked() -> None:
    assert not [name for name in type(settings()).model_fields if "lock" in name or "sandbox" in name]
