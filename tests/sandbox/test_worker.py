"""A worker runs a fetcher's three functions, and tells apart all the ways in which that can go wrong."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from datetime import date
from pathlib import Path

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
from lakehouse.fetcher import Request, Unread
from lakehouse.sandbox import FieldAnswers, Limits, Worker
from tests.sandbox.cases import LIMITS, LISTING, LOCKS, OPINIONS, fetcher, page, parse_with

SPIN = fetcher("while True:\n    pass")
SOCKET = fetcher("ctypes.CDLL(None).socket(2, 1, 0)", "import ctypes")


def children() -> set[str]:
    """Return the processes that this one has started and not yet waited for."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


def test_start_gives_the_requests_that_the_fetcher_begins_with() -> None:
    with Worker(OPINIONS, "opinions/0003", LIMITS) as worker:
        assert worker.start() == [
            Request("https://courts.example/opinions", headers={"Accept": "text/html"}, meta={"page": 1})
        ]


def test_handle_gives_records_requests_and_answers_of_one_page() -> None:
    with Worker(OPINIONS, "opinions/0003", LIMITS) as worker:
        parsed = worker.handle(page(LISTING))
    assert parsed.records[0] == {
        "title": "Ada v. Babbage",
        "docket": "26-1",
        "filed": date(2026, 11, 18),
        "url": "https://courts.example/o/1",
    }
    assert [record["docket"] for record in parsed.records] == ["26-1", "26-2", None]
    assert isinstance(parsed.records[2]["filed"], Unread)
    assert parsed.requests == [Request("https://courts.example/opinions?page=2")]
    assert FieldAnswers("docket", ("[data-col=docket]", "td:nth-child(2)"), (1, 1), 1) in parsed.answers


def test_parse_gives_no_requests() -> None:
    with Worker(OPINIONS, "opinions/0003", LIMITS) as worker:
        parsed = worker.parse(page(LISTING))
    assert (len(parsed.records), parsed.requests) == (3, [])


def test_a_page_comes_in_with_its_address_type_and_meta() -> None:
    code = fetcher("yield {'url': page.url, 'type': page.content_type, 'of': page.meta['of'], 'size': len(page.body)}")
    given = page(b"x" * 10, "https://a.example/b", "text/plain")
    with Worker(code, limits=LIMITS) as worker:
        given = type(given)(given.url, given.body, given.content_type, {"of": "court"})
        assert worker.parse(given).records == [
            {"url": "https://a.example/b", "type": "text/plain", "of": "court", "size": 10}
        ]


def test_a_body_of_twenty_megabytes_and_an_answer_of_ten_cross_the_pipe() -> None:
    code = fetcher("yield {'size': len(page.body)}\nfor number in range(10):\n    yield {'text': 'x' * 1_000_000}")
    limits = Limits(parse_seconds=60)
    with Worker(code, limits=limits) as worker:
        records = worker.parse(page(b"a" * (20 << 20))).records
    assert records[0] == {"size": 20 << 20}
    assert len(records) == 11


def test_nothing_is_carried_from_page_to_page() -> None:
    code = fetcher("SEEN.append(page.url)\nyield {'seen': len(SEEN)}", "SEEN = []")
    with Worker(code, limits=LIMITS) as worker:
        assert [worker.parse(page()).records for _ in range(3)] == [[{"seen": 1}]] * 3


def test_sets_have_the_same_order_in_every_worker() -> None:
    code = fetcher("yield {'order': list({word for word in 'a quick brown fox jumps over it'.split()})}")
    assert parse_with(code).records == parse_with(code).records


def test_an_exception_shows_the_fetchers_own_lines_and_leaves_the_worker_alive() -> None:
    code = fetcher("yield {'number': inner(page.text)}", "def inner(text):\n    return int(text)")
    with Worker(code, "opinions/0003", LIMITS) as worker:
        with pytest.raises(FetcherRaised) as raised:
            worker.parse(page(b"seven"))
        assert worker.parse(page(b"7")).records == [{"number": 7}]
    error = raised.value
    assert (error.kind, error.url, error.module) == ("ValueError", "https://courts.example/opinions", "opinions/0003")
    assert error.traceback.splitlines() == [
        "Traceback (most recent call last):",
        '  File "opinions/0003", line 9, in parse',
        "    yield {'number': inner(page.text)}",
        '  File "opinions/0003", line 2, in inner',
        "    return int(text)",
        "ValueError: invalid literal for int() with base 10: 'seven'",
    ]


def test_an_exception_inside_a_reader_is_blamed_on_the_line_that_called_it() -> None:
    code = fetcher("yield {'a': text(page.one(), 'td[')}", "from lakehouse.fetcher import text")
    with pytest.raises(FetcherRaised) as raised:
        parse_with(code)
    assert raised.value.kind == "SelectorError"
    assert "line 8, in parse" in raised.value.traceback
    assert "lakehouse" not in raised.value.traceback.splitlines()[1]


def test_the_text_of_an_exception_cannot_move_a_terminals_cursor() -> None:
    with pytest.raises(FetcherRaised) as raised:
        parse_with(fetcher("raise ValueError('\\x1b[2J' + chr(0x202e) + 'x' * 9_999)"))
    assert "\x1b" not in str(raised.value)
    assert "\u202e" not in raised.value.traceback
    assert len(raised.value.text) <= 2_000


def test_a_deep_recursion_shows_its_last_calls_only() -> None:
    with pytest.raises(FetcherRaised) as raised:
        parse_with(fetcher("yield again(1)", "def again(number):\n    return again(number + 1)"))
    assert "calls left out)" in raised.value.traceback
    assert len(raised.value.traceback.splitlines()) < 30


def test_a_record_that_cannot_leave_is_named_with_its_field() -> None:
    with pytest.raises(FetcherRaised, match="record 2, field 'b': a set cannot leave the sandbox"):
        parse_with(fetcher("yield {'a': 1}\nyield {'a': 1, 'b': {1}}"))


def test_a_request_that_is_none_is_an_exception_of_the_fetcher() -> None:
    code = fetcher("return []").replace("return []", "yield 'https://a.example'", 1)
    with Worker(code, limits=LIMITS) as worker, pytest.raises(FetcherRaised, match="request 1 is a str"):
        worker.start()


def test_a_header_with_a_line_break_is_an_exception_of_the_fetcher() -> None:
    request = "yield Request('https://a.example', headers={'a': 'b\\r\\nHost: c'})"
    code = fetcher("return []", "from lakehouse.fetcher import Request").replace("return []", request, 1)
    with Worker(code, limits=LIMITS) as worker, pytest.raises(FetcherRaised, match="its headers are no dict"):
        worker.start()


def test_a_fetcher_that_never_ends_is_stopped_and_gone() -> None:
    before = children()
    with Worker(SPIN, "spin/0001", Limits(parse_seconds=0.5)) as worker:
        with pytest.raises(FetcherTimeout) as timeout:
            worker.parse(page())
        assert children() == before
        with pytest.raises(SandboxError, match="the worker is not running"):
            worker.parse(page())
    assert (timeout.value.seconds, timeout.value.url) == (0.5, "https://courts.example/opinions")


def test_processor_time_is_counted_over_the_life_of_a_worker() -> None:
    with (
        Worker(SPIN, limits=Limits(parse_seconds=30, cpu_seconds=1)) as worker,
        pytest.raises(FetcherTimeout) as timeout,
    ):
        worker.parse(page())
    assert timeout.value.seconds == 1


def test_a_body_that_leaves_no_memory_is_told_from_a_malformed_answer() -> None:
    with Worker(OPINIONS, limits=Limits(memory=160 << 20)) as worker, pytest.raises(FetcherOutOfMemory):
        worker.parse(page(b"x" * (200 << 20)))


def test_a_worker_that_the_kernel_kills_for_memory_is_told_from_one_that_broke_the_protocol() -> None:
    with Worker(SPIN, limits=Limits(parse_seconds=30)) as worker:
        assert worker._process
        os.kill(worker._process.pid, signal.SIGKILL)
        with pytest.raises(FetcherOutOfMemory):
            worker.parse(page())


@pytest.mark.parametrize(
    "body",
    [
        "__import__('os')._exit(0)",
        "__import__('ctypes').string_at(0)",
        "__import__('ctypes').CDLL(None).abort()",
        "raise SystemExit",
        "__import__('os').write(1, b'junk')",
        "__import__('os').write(1, (2**31).to_bytes(4, 'big') + b'[' * 10_000)",
        "__import__('os').write(1, bytes([0, 0, 0, 2]) + b'[]')",
        "__import__('os').write(1, bytes([0, 0, 0, 15]) + b'{\"requests\": []}' * 2)",
        "while True:\n    __import__('os').write(1, b'\\xff' * 65536)",
        "yield from ()\n__import__('os').write(1, bytes(9))",
    ],
)
def test_forged_answers_and_sudden_ends_are_malformed_answers(body: str) -> None:
    with Worker(fetcher(body), limits=LIMITS, _layers=LOCKS) as worker, pytest.raises(MalformedAnswer):
        worker.parse(page())


def test_what_is_sent_before_it_is_asked_for_is_a_malformed_answer() -> None:
    extra = "yield {'a': 1}\n__import__('gc').callbacks.append(lambda *_: __import__('os').write(1, b'x'))"
    with Worker(fetcher(extra), limits=LIMITS, _layers=LOCKS) as worker, pytest.raises(MalformedAnswer):
        [worker.parse(page()) for _ in range(3)]


def test_a_forbidden_call_is_told_apart_and_names_the_module() -> None:
    with Worker(SOCKET, "hostile/0001", LIMITS, _layers=LOCKS) as worker, pytest.raises(ForbiddenCall) as stopped:
        worker.parse(page())
    assert stopped.value.module == "hostile/0001"


def test_a_refused_module_starts_no_process() -> None:
    before = children()
    with pytest.raises(FetcherRefused):
        Worker("import os", "hostile/0001")
    assert children() == before


def test_however_a_worker_ends_it_leaves_no_process_and_no_descriptor() -> None:
    with Worker(OPINIONS, limits=LIMITS):
        "What is loaded once for all workers is loaded now."
    before = (children(), len(os.listdir("/proc/self/fd")))
    for code in (OPINIONS, SPIN, SOCKET, fetcher("1 / 0"), fetcher("__import__('os')._exit(1)")):
        with (
            contextlib.suppress(SandboxError),
            Worker(code, limits=Limits(parse_seconds=0.5), _layers=LOCKS) as worker,
        ):
            worker.parse(page())
    assert (children(), len(os.listdir("/proc/self/fd"))) == before


def test_an_error_inside_the_with_block_ends_the_worker_too() -> None:
    before = children()
    with pytest.raises(KeyError), Worker(OPINIONS, limits=LIMITS):
        raise KeyError
    assert children() == before


def test_a_busy_worker_dies_with_the_engine_however_that_dies() -> None:
    engine = subprocess.Popen([sys.executable, "-c", ENGINE], stdout=subprocess.PIPE, text=True)
    assert engine.stdout
    worker = int(engine.stdout.readline())
    engine.kill()
    engine.wait()
    engine.stdout.close()
    deadline = time.monotonic() + 20
    while Path(f"/proc/{worker}").exists() and not is_dead(worker):
        assert time.monotonic() < deadline, "the worker outlived the engine"
        time.sleep(0.05)


def is_dead(process: int) -> bool:
    """Tell whether a process that is not ours has ended, though nobody has waited for it yet."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] in {"Z", "X"}
    except FileNotFoundError:
        return True


ENGINE = textwrap.dedent(
    """
    import threading
    from lakehouse.sandbox import Limits, PageInput, Worker
    code = "def start():\\n    return []\\n\\ndef parse(page):\\n    while True:\\n        pass\\n"
    worker = Worker(code, limits=Limits(parse_seconds=300))
    # Started by a thread that has ended: the leash is not tied to it.
    thread = threading.Thread(target=worker.__enter__)
    thread.start()
    thread.join()
    print(worker._process.pid, flush=True)
    worker.parse(PageInput("https://a.example/", b""))
    """
)
