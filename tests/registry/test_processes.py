"""Several processes release at once, and some are killed: what is in force is always one whole release."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from lakehouse.lake import Lake
from lakehouse.registry import Registry

RELEASER = Path(__file__).with_name("releaser.py")


@contextmanager
def _process(store: Path, rounds: int, *tasks: str) -> Iterator[subprocess.Popen[str]]:
    """Give a process that has everything loaded and waits for its name; it is gone afterwards."""
    command = [sys.executable, str(RELEASER), str(store), str(rounds), *tasks]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def _begin(process: subprocess.Popen[str], name: str) -> None:
    assert process.stdin
    process.stdin.write(f"{name}\n")
    process.stdin.flush()


def _outcomes(store: Path, processes: int, rounds: int, *tasks: str) -> list[dict]:
    """Let several processes loose on one store and return what they say."""
    with ExitStack() as stack:
        running = [stack.enter_context(_process(store, rounds, *tasks)) for _ in range(processes)]
        for number, process in enumerate(running):
            _begin(process, f"p{number}")
        said = [process.communicate(timeout=60)[0] for process in running]
        assert [process.returncode for process in running] == [0] * processes
    return [json.loads(line) for lines in said for line in lines.splitlines()]


def _check_history(registry: Registry) -> None:
    """Check that the log is one unbroken chain that ends in what is in force, and that every release is whole."""
    changes = [entry for entry in registry.audit("opinions") if entry.kind in ("released", "rolled back")]
    assert [entry.details["previous"] for entry in changes] == [
        None,
        *(entry.details["release"] for entry in changes[:-1]),
    ]
    current = registry.current("opinions")
    assert (current.number if current else None) == (changes[-1].details["release"] if changes else None)
    for note in registry.releases("opinions"):
        release = registry.read("opinions", note.number)
        assert release.code.count(release.blueprint["title"]) == 1
        assert release.blueprint == release.proof == {"title": release.author}


@pytest.fixture
def store(lake: Lake, registry: Registry, tmp_path: Path) -> Path:
    return tmp_path / "store"


def test_releasers_that_race_get_numbers_of_their_own_or_are_refused(registry: Registry, store: Path) -> None:
    outcomes = _outcomes(store, 3, 8, "release")
    released = [outcome["done"] for outcome in outcomes if "done" in outcome]
    refused = [outcome["refused"] for outcome in outcomes if "refused" in outcome]
    assert len(released) + len(refused) == 24
    assert len(set(released)) == len(released) > 0
    assert all("somebody else changed it meanwhile" in reason for reason in refused)
    logged = [entry.details["release"] for entry in registry.audit("opinions") if entry.kind == "released"]
    assert sorted(logged) == sorted(released)
    _check_history(registry)


def test_releases_and_rollbacks_that_race_make_one_history(registry: Registry, store: Path) -> None:
    _outcomes(store, 1, 2, "release")
    outcomes = _outcomes(store, 3, 8, "release", "roll_back")
    assert any("done" in outcome for outcome in outcomes)
    refused = [outcome["refused"] for outcome in outcomes if "refused" in outcome]
    assert all("meanwhile" in reason or "in force already" in reason for reason in refused)
    _check_history(registry)


def test_what_is_in_force_is_whole_whenever_a_releaser_is_killed(registry: Registry, store: Path) -> None:
    pauses, told = random.Random(2026), 0
    for life in range(5):
        with _process(store, 100_000, "release", "release", "roll_back") as process:
            _begin(process, f"p{life}")
            assert process.stdout
            told += sum("done" in json.loads(process.stdout.readline()) for _ in range(2))
            time.sleep(pauses.uniform(0, 0.03))
        _check_history(registry)
    assert told == 10
    assert _outcomes(store, 1, 1, "release")[0]["done"] > told
    _check_history(registry)


def test_many_who_register_one_source_leave_one_whole_text(registry: Registry, lake: Lake, store: Path) -> None:
    outcomes = _outcomes(store, 2, 10, "register")
    assert registry.source_text("opinions") in [outcome.get("done") for outcome in outcomes]
    refused = [outcome["refused"] for outcome in outcomes if "refused" in outcome]
    assert all("changed by somebody else meanwhile" in reason for reason in refused)
    logged = {entry.details["sha256"] for entry in registry.audit("opinions")}
    kept = {key.rsplit("/", 1)[-1].removesuffix(".yaml") for key in lake.objects.list("registry/opinions/sources/")}
    assert logged == kept
    assert len(logged) == 1 + sum("done" in outcome for outcome in outcomes)
