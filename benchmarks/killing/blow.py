"""Kill a process in the middle of its work, and see that what it had started dies with it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.killing.victim import STAGES
from benchmarks.killing.witness import TABLES


@dataclass(frozen=True)
class Aim:
    """When to kill: a share, 0 to 1, of the time from one stage to another, or when so many files have come to be."""

    since: str
    until: str
    share: float
    files: int = 0


@dataclass(frozen=True)
class Blow:
    """One kill: the stage in which it came, the workers that lived then, and those of them that outlived it."""

    stage: str
    workers: tuple[int, ...]
    orphans: tuple[int, ...]


def start(store: str, day: str) -> subprocess.Popen[str]:
    """Start a victim; it says its stages on stdout."""
    command = [sys.executable, "-m", "benchmarks.killing.victim", store, day]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def clock(store: str, day: str) -> dict[str, float]:
    """Let a victim work to its end, and return when it said each stage, in seconds after it was ready."""
    times: dict[str, float] = {}
    with start(store, day) as process:
        assert process.stdout is not None
        for line in process.stdout:
            times[line.strip()] = time.perf_counter()
    if process.returncode:
        raise RuntimeError(f"a run that nobody killed ended with {process.returncode}")
    return {stage: moment - times["ready"] for stage, moment in times.items()}


def strike(store: str, day: str, aim: Aim, times: dict[str, float]) -> Blow:
    """Start a victim and kill it where the aim says, by the times of a run that nobody killed."""
    with start(store, day) as process:
        assert process.stdout is not None
        before = files_of(store, day)
        said = [_await(process, aim.since)]
        if aim.files:
            # A commit takes a few milliseconds, too few to be met by the clock.
            while process.poll() is None and len(files_of(store, day) - before) < aim.files:
                pass
        else:
            time.sleep(aim.share * (times[aim.until] - times[aim.since]))
        # Stopped first, so that no worker is started between the look at its children and the kill.
        process.send_signal(signal.SIGSTOP)
        workers = children(process.pid)
        process.kill()
        said += process.stdout.read().split()
    return Blow(max(said, key=STAGES.index), workers, survivors(workers))


def _await(process: subprocess.Popen[str], stage: str) -> str:
    assert process.stdout is not None
    said = next((line.strip() for line in process.stdout if STAGES.index(line.strip()) >= STAGES.index(stage)), "")
    if not said:
        raise RuntimeError(f"the victim ended with {process.wait()} before it was {stage}")
    return said


def files_of(store: str, day: str) -> set[str]:
    """Return the files of one day in all tables, those too that no commit knows."""
    found = set()
    for folder in (f"{store}/{table}/day={day}" for table in TABLES):
        with contextlib.suppress(FileNotFoundError):
            found.update(f"{folder}/{name}" for name in os.listdir(folder))
    return found


def children(pid: int) -> tuple[int, ...]:
    """Return the ids of all processes that a process has started and that live."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return tuple(sorted({int(child) for task in tasks for child in task.read_text().split()}))


def survivors(pids: tuple[int, ...], patience: float = 10.0) -> tuple[int, ...]:
    """Return those that still live after some seconds, and end them."""
    end = time.monotonic() + patience
    while (alive := tuple(pid for pid in pids if is_alive(pid))) and time.monotonic() < end:
        time.sleep(0.02)
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
    return alive


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that is dead and waits to be collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in {"Z", "X"}
