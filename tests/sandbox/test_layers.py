"""Each lock holds something back that gets through where it alone, or with those that also hold it, is left open."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lakehouse.errors import FetcherOutOfMemory, FetcherRaised, FetcherRefused, ForbiddenCall
from lakehouse.sandbox.inside import landlock
from tests.sandbox.cases import LIMITS, fetcher, parse_with

RAW = "static facade"
READ_SHADOW = fetcher("yield {'read': len(open('/etc/shadow').read())}")
READ_PASSWD = fetcher("yield {'read': len(open('/etc/passwd').read())}")
SOCKET = fetcher("yield {'socket': ctypes.CDLL(None).socket(2, 2, 0)}", "import ctypes")
DUMPABLE = fetcher("yield {'dumpable': ctypes.CDLL(None).prctl(3)}", "import ctypes")
HOARD = fetcher(f"yield {{'taken': len(bytes({LIMITS.memory}))}}")
LIST = fetcher("yield {'found': os.listdir('/')[0]}", "import os")

needs_landlock = pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has a user to give up")


def test_the_static_check_refuses_what_would_run_without_it() -> None:
    reach = fetcher("yield {'found': page.__class__.__name__}")
    assert parse_with(reach, without="static").records == [{"found": "Page"}]
    with pytest.raises(FetcherRefused):
        parse_with(reach)


def test_the_facade_hides_modules_that_would_be_there_without_it() -> None:
    module = fetcher("yield {'name': sys.executable or 'python'}", "import sys")
    assert parse_with(module, without=RAW).records
    with pytest.raises(FetcherRaised, match="fetchers may not import 'sys'"):
        parse_with(module, without="static")


def test_without_resource_limits_a_fetcher_takes_more_memory_than_it_may() -> None:
    assert parse_with(HOARD, without="static rlimits").records == [{"taken": LIMITS.memory}]
    with pytest.raises(FetcherOutOfMemory) as error:
        parse_with(HOARD, without="static")
    assert error.value.limit == LIMITS.memory


def test_without_seccomp_a_fetcher_opens_a_socket() -> None:
    assert parse_with(SOCKET, without=f"{RAW} seccomp").records != [{"socket": -1}]
    with pytest.raises(ForbiddenCall):
        parse_with(SOCKET, without=RAW)


@needs_landlock
def test_without_landlock_and_seccomp_a_fetcher_reads_a_file_and_with_either_it_does_not() -> None:
    assert parse_with(READ_PASSWD, without=f"{RAW} seccomp landlock").records[0]["read"] == len(
        Path("/etc/passwd").read_text()
    )
    for without in (f"{RAW} seccomp", f"{RAW} landlock"):
        with pytest.raises(FetcherRaised, match="PermissionError"):
            parse_with(READ_PASSWD, without=without)


@needs_landlock
def test_landlock_alone_keeps_root_from_listing_a_folder() -> None:
    alone = f"{RAW} seccomp user undumpable rlimits"
    assert parse_with(LIST, without=f"{alone} landlock").records
    with pytest.raises(FetcherRaised, match="PermissionError"):
        parse_with(LIST, without=alone)


@needs_root
def test_without_giving_up_root_a_fetcher_reads_what_only_root_may() -> None:
    open_doors = f"{RAW} seccomp landlock"
    assert parse_with(READ_SHADOW, without=f"{open_doors} user").records != [{"read": 0}]
    with pytest.raises(FetcherRaised, match="PermissionError"):
        parse_with(READ_SHADOW, without=open_doors)


def test_without_being_undumpable_others_of_the_same_user_may_look_into_a_worker() -> None:
    open_doors = f"{RAW} seccomp landlock user"
    assert parse_with(DUMPABLE, without=f"{open_doors} undumpable").records == [{"dumpable": 1}]
    assert parse_with(DUMPABLE, without=open_doors).records == [{"dumpable": 0}]


def test_a_worker_knows_nothing_of_the_engines_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hunter2")
    environment = fetcher("yield {'names': sorted(os.environ)}", "import os")
    names = parse_with(environment, without=RAW).records[0]["names"]
    assert isinstance(names, list)
    assert set(names) <= {"LC_CTYPE", "PYTHONHASHSEED", "TZ"}


def test_a_worker_inherits_no_descriptor_but_its_pipes_and_its_leash() -> None:
    listing = fetcher("yield {'open': sorted(os.listdir('/proc/self/fd'))}", "import os")
    with Path("/etc/passwd").open():
        found = parse_with(listing, without=f"{RAW} seccomp landlock user undumpable").records[0]["open"]
    assert isinstance(found, list)
    assert len(found) == 5, "standard three, the leash, and the folder being listed"
