"""The breaker: shuts after failures in a row, lets one try later, and waits longer each time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.llm.breaker import Breaker
from lakehouse.llm.database import Database
from lakehouse.llm.ledger import SCHEMA


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(tmp_path: Path, clock: Clock) -> Breaker:
    return _breaker(tmp_path, clock)


def _breaker(folder: Path, clock: Clock, address: str = "m of ollama") -> Breaker:
    return Breaker(Database(folder / "b.sqlite", SCHEMA), address, 3, 60.0, 900.0, clock)


def test_failures_in_a_row_shut_it(breaker: Breaker) -> None:
    for _ in range(2):
        breaker.failed("too much to do")
        assert breaker.admit(10) == ""
    breaker.failed("out of order")
    assert breaker.admit(10) == breaker.why_shut() == "out of order"


def test_an_answer_between_failures_lets_it_count_anew(breaker: Breaker) -> None:
    for _ in range(5):
        breaker.failed("a")
        breaker.failed("b")
        breaker.worked()
    assert breaker.why_shut() == ""


def test_after_the_pause_one_call_may_try_and_the_others_wait_for_it(breaker: Breaker, clock: Clock) -> None:
    for _ in range(3):
        breaker.failed("a")
    clock.seconds += 61
    assert breaker.admit(10) == ""
    assert breaker.admit(10) == "a"
    clock.seconds += 11
    assert breaker.admit(10) == "", "the one that tried was killed"
    breaker.worked()
    assert breaker.admit(10) == breaker.admit(10) == ""


def test_each_try_that_fails_doubles_the_pause_up_to_the_longest(breaker: Breaker, clock: Clock) -> None:
    for _ in range(3):
        breaker.failed("a")
    pauses = []
    for _ in range(8):
        began = clock.seconds
        while breaker.why_shut():
            clock.seconds += 60
        pauses.append(clock.seconds - began)
        breaker.failed("a")
    assert pauses == [60, 120, 240, 480, 900, 900, 900, 900]


def test_it_can_be_shut_at_once_but_not_for_ever(breaker: Breaker, clock: Clock) -> None:
    breaker.shut("nobody answers there")
    clock.seconds += 59
    assert breaker.why_shut() == "nobody answers there"
    clock.seconds += 1
    assert breaker.why_shut() == ""
    breaker.shut("wait", 1e9)
    clock.seconds += 900
    assert breaker.why_shut() == ""


def test_all_processes_share_it_and_addresses_do_not(tmp_path: Path, clock: Clock) -> None:
    _breaker(tmp_path, clock).shut("a")
    assert _breaker(tmp_path, clock).why_shut() == "a"
    assert _breaker(tmp_path, clock, "m of openai").why_shut() == ""


@settings(max_examples=25)
@given(st.lists(st.sampled_from(["worked", "failed", "later"]), max_size=40))
def test_it_is_shut_only_after_as_many_failures_in_a_row(
    tmp_path_factory: pytest.TempPathFactory, events: list[str]
) -> None:
    clock = Clock()
    breaker, row = _breaker(tmp_path_factory.mktemp("b"), clock), 0
    for event in events:
        if event == "later":
            clock.seconds += 30
        else:
            row = row + 1 if event == "failed" else 0
            breaker.failed("a") if event == "failed" else breaker.worked()
        assert row >= 3 or breaker.why_shut() == ""
