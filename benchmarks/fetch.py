"""What a polite, stored fetch of many small pages costs, against a bare loop and against Scrapy.

`python -m benchmarks.fetch` runs all; `--memory` only the peak of 10,000 pages. The other commands are its own parts,
each in a process of its own: `serve`, `bare`, `ours` and `scrapy`, of which the last three print what they measured.
"""

from __future__ import annotations

import asyncio
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.report import report

PAGES = 1_000
MEMORY_PAGES = 10_000
ROUNDS = 3
WIDTH = 16
LEAST_RATIO = 0.35
MOST_MB = 300

SOURCE = """\
name: {name}
start: {start}
private_hosts: [127.0.0.1]
politeness: {{delay: 0, concurrency: {width}, robots: false}}
limits: {{max_pages: {pages}}}
contract: {{key: title, fields: {{title: text}}}}
"""
FETCHER = '''"""Fetcher of the pages of the benchmark."""
from lakehouse.fetcher import Request, text


def start():
    for number in range({pages}):
        yield Request(f"{start}page/{{number}}")


def parse(page):
    yield {{"title": text(page.one(), "h1")}}
'''


def body(number: int) -> bytes:
    """Return a page of about 3 KB that no other page equals."""
    words = random.Random(number).choices(["court", "opinion", "docket", "filed", "judge", "appeal", "county"], k=330)
    rows = "".join(f"<li>{word} {n * number}</li>" for n, word in enumerate(words[:60]))
    return f"<!doctype html><h1>Page {number}</h1><ul>{rows}</ul><p>{' '.join(words[60:])}</p>".encode()


class Pages(asyncio.Protocol):
    """Answers each request with the page of its number, at as little cost as can be, for it shares the machine."""

    answers: tuple[bytes, ...] = ()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        """Answer; clients of this benchmark send each request in one piece and wait."""
        path = data.split(b" ", 2)[1]
        self._transport.write(self.answers[int(path.rpartition(b"/")[2] or 0)])


async def serve(pages: int) -> None:
    """Serve until killed; the first line on stdout is the address."""
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n"
    bodies = [body(number) for number in range(pages)]
    Pages.answers = tuple(head.format(len(each)).encode() + each for each in bodies)
    server = await asyncio.get_running_loop().create_server(Pages, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", flush=True)
    await server.serve_forever()


async def bare(start: str, pages: int, folder: Path) -> None:
    """Fetch with nothing but aiohttp and write the bodies to files."""
    numbers = iter(range(pages))

    async def work(session: aiohttp.ClientSession) -> None:
        for number in numbers:
            async with session.get(f"{start}page/{number}") as response:
                (folder / str(number)).write_bytes(await response.read())

    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(work(session) for _ in range(WIDTH)))


def prepared(start: str, pages: int, folder: Path) -> Callable[[], object]:
    """Return the fetch of a day as the engine does it.

    A day of one page goes before, for what a process does once (imports, the sandbox's self-test) is no cost of a page.
    """
    from lakehouse.engine.bronze import fetch_day
    from lakehouse.lake import Lake
    from lakehouse.registry import Registry

    quiet()
    lake = Lake.open(str(folder))
    registry = Registry(lake)
    today = datetime.now(UTC).date().isoformat()
    for name, count in (("warm", 1), ("pages", pages)):
        registry.register(SOURCE.format(name=name, start=start, pages=count, width=WIDTH))
        code = FETCHER.format(start=start, pages=count)
        registry.release(registry.stage(name, code, {}, {}), reason="benchmark")
    fetch_day(lake, registry, "warm", today)
    return lambda: fetch_day(lake, registry, "pages", today)


def quiet() -> None:
    """Log from warnings up, as the command line does."""
    import logging

    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def scrapy(start: str, pages: int, folder: Path) -> float:
    """Let Scrapy store the same bodies; returns its own count of seconds, from the spider's opening to its end."""
    from scrapy import Spider
    from scrapy.crawler import CrawlerProcess
    from scrapy.http import Request, Response

    class PagesSpider(Spider):
        name = "pages"

        async def start(self) -> AsyncIterator[Any]:
            for number in range(pages):
                yield Request(f"{start}page/{number}", dont_filter=True)

        def parse(self, response: Response, **_: Any) -> None:
            (folder / response.url.rpartition("/")[2]).write_bytes(response.body)

    settings = {
        "ROBOTSTXT_OBEY": False,
        "CONCURRENT_REQUESTS": WIDTH,
        "CONCURRENT_REQUESTS_PER_DOMAIN": WIDTH,
        "DOWNLOAD_DELAY": 0,
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "TELNETCONSOLE_ENABLED": False,
    }
    process = CrawlerProcess(settings)
    crawler = process.create_crawler(PagesSpider)
    process.crawl(crawler)
    process.start()
    assert crawler.stats
    return crawler.stats.get_value("elapsed_time_seconds")


def measure(part: str, start: str, pages: int) -> None:
    """Run one part in this process and print its seconds and its peak memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if part == "scrapy":
            seconds = scrapy(start, pages, folder)
        else:
            work = prepared(start, pages, folder) if part == "ours" else lambda: asyncio.run(bare(start, pages, folder))
            begun = time.perf_counter()
            work()
            seconds = time.perf_counter() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        stored = kept(folder) if part == "ours" else {file.read_bytes() for file in folder.iterdir()}
    if stored != {body(number) for number in range(pages)}:
        raise SystemExit(f"{part} did not store the {pages} pages as they are.")
    print(json.dumps({"seconds": seconds, "mb": peak}))


def kept(folder: Path) -> set[bytes]:
    """Return every body of today's captures, read back from the lake."""
    from lakehouse.lake import Lake

    lake = Lake.open(str(folder))
    return {lake.bodies.get(sha256) for sha256 in lake.table("bronze/pages").read()["sha256"]}


@contextmanager
def server(pages: int) -> Iterator[str]:
    """Return the address of a server in another process."""
    command = [sys.executable, "-m", "benchmarks.fetch", "serve", str(pages)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def part(name: str, start: str, pages: int) -> dict[str, float]:
    """Run a part in a fresh process and return what it measured."""
    command = [sys.executable, "-m", "benchmarks.fetch", name, start, str(pages)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def speed() -> tuple[dict[str, object], list[str]]:
    """Compare the three; the median of rounds that follow one another, so that a busy machine slows all alike."""
    with server(PAGES) as start:
        rounds = [
            {name: part(name, start, PAGES)["seconds"] for name in ("bare", "ours", "scrapy")} for _ in range(ROUNDS)
        ]
    ratio = statistics.median(each["bare"] / each["ours"] for each in rounds)
    faster = statistics.median(each["scrapy"] / each["ours"] for each in rounds)
    figures: dict[str, object] = {
        "pages": PAGES,
        "pages_per_second": {
            name: round(PAGES / statistics.median(each[name] for each in rounds)) for name in rounds[0]
        },
        "of_bare_aiohttp": round(ratio, 2),
        "times_scrapy": round(faster, 2),
    }
    misses = [f"{ratio:.2f} of bare aiohttp, under {LEAST_RATIO}"] if ratio < LEAST_RATIO else []
    return figures, misses + ([f"{faster:.2f} times as fast as Scrapy"] if faster <= 1 else [])


def memory() -> tuple[dict[str, object], list[str]]:
    """Fetch ten times as many pages and look at the peak."""
    with server(MEMORY_PAGES) as start:
        few, many = (part("ours", start, pages)["mb"] for pages in (PAGES, MEMORY_PAGES))
    figures: dict[str, object] = {"mb_at_1000_pages": round(few), "mb_at_10000_pages": round(many)}
    return figures, [f"{many:.0f} MB for {MEMORY_PAGES} pages, over {MOST_MB}"] if many > MOST_MB else []


def main(arguments: list[str]) -> None:
    """Run what the arguments say."""
    match arguments:
        case ["serve", pages]:
            asyncio.run(serve(int(pages)))
        case [("bare" | "ours" | "scrapy") as name, start, pages]:
            measure(name, start, int(pages))
        case [] | ["--memory"]:
            results = [memory()] if arguments else [speed(), memory()]
            figures = {key: value for figures, _ in results for key, value in figures.items()}
            report("fetch", figures, [miss for _, misses in results for miss in misses])
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
