"""A worker is asked for one thing or the other, and goes on in a new process after any death."""

from __future__ import annotations

import pytest

from lakehouse.errors import (
    FetcherOutOfMemory,
    FetcherRaised,
    FetcherTimeout,
    ForbiddenCall,
    MalformedAnswer,
    SandboxError,
)
from lakehouse.fetcher import Request
from lakehouse.sandbox import Limits, Worker
from lakehouse.sandbox.worker import ALL_LAYERS
from tests.sandbox.cases import LIMITS, LISTING, LOCKS, OPINIONS, fetcher, page

QUICK = Limits(parse_seconds=1, memory=256 << 20, output=1 << 20, records=100, requests=10)
BAD = page(b"bad")
GOOD = page(b"good")


def either(body: str, top: str = "") -> str:
    """Return a fetcher that does its worst on the bad page only."""
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return fetcher(f"if page.text == 'bad':\n{lines}\nyield {{'a': 1}}", top)


def test_follow_gives_requests_and_parse_gives_records_of_the_same_page() -> None:
    with Worker(OPINIONS, "opinions/0003", LIMITS) as worker:
        followed, parsed, both = worker.follow(page(LISTING)), worker.parse(page(LISTING)), worker.handle(page(LISTING))
    assert followed == [Request("https://courts.example/opinions?page=2")] == both.requests
    assert parsed.records == both.records
    assert parsed.answers == both.answers
    assert (len(parsed.records), parsed.requests) == (3, [])


def test_what_parse_would_raise_does_not_stop_following() -> None:
    code = fetcher("raise ValueError('no rows')").replace(
        "def parse", "def follow(page):\n    yield from page.links('a')\n\n\ndef parse"
    )
    with Worker(code, limits=LIMITS) as worker:
        assert [request.url for request in worker.follow(page(b"<a href=/b>b</a>"))] == ["https://courts.example/b"]
        with pytest.raises(FetcherRaised, match="no rows"):
            worker.handle(page(b"<a href=/b>b</a>"))


def test_a_fetcher_without_follow_asks_for_nothing_more() -> None:
    with Worker(fetcher("yield {'a': 1}"), limits=LIMITS) as worker:
        assert not worker.follows
        assert worker.follow(page()) == []
        assert worker.handle(page()).requests == []


@pytest.mark.parametrize(
    ("definition", "follows"),
    [
        ("def follow(page):\n    return []", True),
        ("def  follow (page):\n    return []", True),
        ("def follow(\n    page,\n):\n    return []", True),
        ("def follow_all(page):\n    return []", False),
        ('TEXT = """\ndef follow(page):\n"""', False),
        ("# def follow(page):", False),
    ],
)
def test_whether_a_fetcher_follows_is_seen_as_python_sees_it(definition: str, follows: bool) -> None:
    assert Worker(fetcher("yield {'a': 1}", definition)).follows is follows


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (either("while True:\n    pass"), FetcherTimeout),
        (either("yield {'a': len(bytes(10**9))}"), FetcherOutOfMemory),
        (either("yield from ({'a': number} for number in range(101))"), MalformedAnswer),
        (either("yield {'a': 'x' * 2_000_000}"), MalformedAnswer),
        (either("os.write(1, b'forged')", "import os"), MalformedAnswer),
        (either("os._exit(0)", "import os"), MalformedAnswer),
        (either("ctypes.CDLL(None).socket(2, 1, 0)", "import ctypes"), ForbiddenCall),
    ],
    ids=["time", "memory", "records", "output", "forgery", "exit", "call"],
)
def test_after_every_kind_of_death_a_worker_goes_on_when_it_is_restarted(code: str, error: type[SandboxError]) -> None:
    layers = LOCKS if "import" in code else ALL_LAYERS
    with Worker(code, "case/0001", QUICK, _layers=layers) as worker:
        assert worker.parse(GOOD).records == [{"a": 1}]
        with pytest.raises(error):
            worker.parse(BAD)
        with pytest.raises(SandboxError, match="not running"):
            worker.parse(GOOD)
        worker.restart()
        assert worker.parse(GOOD).records == [{"a": 1}]


def test_a_living_worker_may_be_restarted_and_a_closed_one_may_be_closed_again() -> None:
    with Worker(fetcher("yield {'a': 1}"), limits=LIMITS) as worker:
        worker.restart()
        assert worker.parse(page()).records == [{"a": 1}]
        worker.close()
        worker.close()
    with pytest.raises(SandboxError, match="not running"):
        worker.start()


CLEAN_UP = """
def forever():
    try:
        yield
    finally:
        while KEPT:
            pass
steps = forever()
KEPT.append(steps)
next(steps)
yield {'a': 1}
"""


def test_what_a_page_leaves_to_be_cleaned_up_is_not_the_fault_of_the_next_one() -> None:
    code = fetcher("if page.text == 'bad':\n" + CLEAN_UP.replace("\n", "\n    ") + "\nyield {'a': 2}", "KEPT = []")
    with Worker(code, "case/0001", QUICK) as worker:
        with pytest.raises(FetcherTimeout):
            worker.parse(BAD)
        worker.restart()
        assert worker.parse(GOOD).records == [{"a": 2}]


@pytest.mark.parametrize(
    ("top", "sees"),
    [
        ("from urllib.parse import urlsplit", "urlsplit.cache_info().currsize"),
        ("from urllib.parse import urlsplit", "urlsplit(word).path is word"),
        ("from urllib.parse import urljoin, urlparse", "urlparse(word).path is word, urljoin('http://a.b/', word)"),
        ("import re", "re.compile(word).pattern is word"),
        ("import re", "re.sub(word, word, word), re.compile(word).pattern is word"),
        ("from lakehouse.fetcher import text", "text(page.one(), 'p', pattern=word), len(page.answers), page.places"),
        ("KEPT = {}", "KEPT.setdefault(word, page.url), len(KEPT), KEPT.update(more=1)"),
    ],
)
def test_a_fetcher_sees_no_trace_of_the_page_before(top: str, sees: str) -> None:
    code = fetcher(f"word = ''.join(['he', 'llo'])\nyield {{'seen': str(({sees}))}}", top)
    with Worker(code, "case/0001", LIMITS) as worker:
        assert worker.parse(page()).records == worker.parse(page()).records
