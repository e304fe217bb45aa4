"""The engine's end of the pipe gives one whole answer or an error, whatever the other end writes."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lakehouse.sandbox.pipe import LENGTH, Pipe, Unruly

MOST = 1_000


class Ends:
    """Both pipes, with the ends of the worker in the hands of the test."""

    def __init__(self) -> None:
        self.command_out, commands = os.pipe()
        answers, self.answer_in = os.pipe()
        self.pipe = Pipe(commands, answers, MOST)
        self._open = [self.command_out, commands, answers]

    def close(self) -> None:
        for descriptor in (*self._open, self.answer_in):
            if descriptor >= 0:
                os.close(descriptor)
        self._open = []
        self.answer_in = -1

    def hang_up(self) -> None:
        os.close(self.answer_in)
        self.answer_in = -1


@pytest.fixture
def ends() -> Iterator[Ends]:
    ends = Ends()
    yield ends
    ends.close()


def test_a_command_goes_out_with_its_lengths_and_the_answer_comes_back(ends: Ends) -> None:
    def worker() -> None:
        os.read(ends.command_out, 100)
        os.write(ends.answer_in, LENGTH.pack(4) + b"done")

    thread = threading.Thread(target=worker)
    thread.start()
    assert ends.pipe.exchange(b"header", b"body", 10) == b"done"
    thread.join()


def test_an_answer_in_single_bytes_is_put_together(ends: Ends) -> None:
    def worker() -> None:
        os.read(ends.command_out, 100)
        for byte in LENGTH.pack(4) + b"done":
            os.write(ends.answer_in, bytes([byte]))

    thread = threading.Thread(target=worker)
    thread.start()
    assert ends.pipe.exchange(b"h", b"", 10) == b"done"
    thread.join()


def test_no_answer_is_a_time_out(ends: Ends) -> None:
    with pytest.raises(TimeoutError):
        ends.pipe.exchange(b"h", b"", 0.05)


def test_a_worker_that_reads_nothing_is_a_time_out(ends: Ends) -> None:
    with pytest.raises(TimeoutError):
        ends.pipe.exchange(b"h", b"x" * (4 << 20), 0.2)


def test_an_answer_that_lay_there_in_time_counts_however_late_it_is_read(ends: Ends) -> None:
    os.write(ends.answer_in, LENGTH.pack(4) + b"done")
    assert ends.pipe.receive(deadline=0) == b"done"


def test_an_answer_that_trickles_in_is_not_waited_for_past_its_time(ends: Ends) -> None:
    os.write(ends.answer_in, LENGTH.pack(MOST) + b"x")
    with pytest.raises(TimeoutError):
        ends.pipe.receive(deadline=0)


def test_a_worker_that_hangs_up_is_the_end(ends: Ends) -> None:
    ends.hang_up()
    with pytest.raises(EOFError):
        ends.pipe.exchange(b"h", b"", 5)


def test_an_answer_that_announces_too_much_is_unruly_before_it_has_come(ends: Ends) -> None:
    def worker() -> None:
        os.read(ends.command_out, 100)
        os.write(ends.answer_in, LENGTH.pack(MOST + 1))

    thread = threading.Thread(target=worker)
    thread.start()
    with pytest.raises(Unruly, match="longer than 1000 bytes"):
        ends.pipe.exchange(b"h", b"", 10)
    thread.join()


def test_an_answer_before_the_question_is_unruly(ends: Ends) -> None:
    os.write(ends.answer_in, LENGTH.pack(1) + b"x")
    with pytest.raises(Unruly, match="before it was asked"):
        ends.pipe.exchange(b"h", b"", 5)


def test_an_answer_while_the_page_is_still_on_its_way_is_unruly(ends: Ends) -> None:
    def worker() -> None:
        os.read(ends.command_out, 1)
        os.write(ends.answer_in, LENGTH.pack(1) + b"x")

    thread = threading.Thread(target=worker)
    thread.start()
    with pytest.raises(Unruly, match="before it had read the page"):
        ends.pipe.exchange(b"h", b"x" * (4 << 20), 10)
    thread.join()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_arbitrary_bytes_give_an_answer_or_one_of_three_errors(written: bytes) -> None:
    ends = Ends()

    def worker() -> None:
        os.read(ends.command_out, 100)
        os.write(ends.answer_in, written)
        ends.hang_up()

    thread = threading.Thread(target=worker)
    thread.start()
    try:
        answer = ends.pipe.exchange(b"h", b"", 5)
    except (EOFError, Unruly):
        answer = None
    thread.join()
    ends.close()
    assert answer == (written[LENGTH.size :] if is_whole(written) else None)


def is_whole(written: bytes) -> bool:
    """Tell whether these bytes are a length and exactly so much after it."""
    return len(written) >= LENGTH.size and LENGTH.unpack_from(written)[0] == len(written) - LENGTH.size
