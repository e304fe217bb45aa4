"""`python -m lakehouse.demo.site`: tells its address, and stops when it is told to."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import urlopen

import pytest

from lakehouse.demo.site import DemoSite

COMMAND = [sys.executable, "-m", "lakehouse.demo.site"]


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def finished(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], check=False, capture_output=True, text=True, timeout=60)


def address_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_prints_its_address_serves_and_stops_on_a_signal(number: signal.Signals) -> None:
    with running("--port", "0", "--day", "2026-11-20") as process:
        url = address_of(process)
        with urlopen(url, timeout=10) as answer:
            assert "20 November 2026" in answer.read().decode()
        process.send_signal(number)
        said, complaints = process.communicate(timeout=20)
    assert (process.returncode, said, complaints) == (0, "", "")


def test_a_port_in_use_is_told_in_one_sentence() -> None:
    with DemoSite() as city:
        done = finished("--port", str(city.port))
    assert done.returncode == 1
    assert "cannot be used" in done.stderr
    assert "--port 0" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["--day", "yesterday"], ["--port", "x"]])
def test_a_wrong_argument_is_a_usage_error(arguments: list[str]) -> None:
    done = finished(*arguments)
    assert done.returncode == 2
    assert "usage:" in done.stderr
