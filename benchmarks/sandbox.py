"""What the sandbox costs: the same page parsed in a locked worker and in this process, and the start of a worker.

Both run the same fetcher on the same page, warm and in turns, so that a busy machine slows both alike.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks.report import report
from lakehouse.fetcher import Page
from lakehouse.sandbox import PageInput, Worker, self_test

ROUNDS = 40
STARTS = 15
ROWS = 300
MOST_TIMES = 1.5
MOST_START_MS = 150.0

FETCHER = """
from lakehouse.fetcher import Request, date, link, money, text


def start():
    yield Request("https://courts.example/opinions")


def parse(page):
    for row in page.select("table.list-view tr:has(td)"):
        yield {
            "title": text(row, "td:nth-child(1) a"),
            "docket": text(row, "[data-col=docket]", "td:nth-child(2)"),
            "filed": date(row, "time@datetime", "td:nth-child(3)"),
            "fee": money(row, "td:nth-child(4)"),
            "url": link(row, "td a"),
        }
"""


def main() -> None:
    """Measure and report."""
    page = PageInput("https://courts.example/opinions", listing(), "text/html; charset=utf-8")
    inside, outside = parse_times(page)
    started = start_times()
    times = statistics.median(inside) / statistics.median(outside)
    start_ms = statistics.median(started) * 1000
    figures = {
        "page_bytes": len(page.body),
        "rows": ROWS,
        "in_process_ms": round(statistics.median(outside) * 1000, 2),
        "sandboxed_ms": round(statistics.median(inside) * 1000, 2),
        "times": round(times, 3),
        "start_ms": round(start_ms, 1),
        "layers": self_test(),
    }
    misses = [f"sandboxed parse takes {times:.2f} x the in-process time, at most {MOST_TIMES}"] * (times > MOST_TIMES)
    misses += [f"a worker starts in {start_ms:.0f} ms, at most {MOST_START_MS:.0f}"] * (start_ms >= MOST_START_MS)
    report("sandbox", figures, misses)


def listing() -> bytes:
    """Return a page of about 100 KB with 300 rows."""
    rows = "".join(
        f'<tr class="row"><td><a href="/opinions/{n}">Plaintiff {n} v. <em>Defendant</em> of district {n}</a></td>'
        f'<td data-col="docket">26-{n:05}</td><td><time datetime="2026-11-{n % 28 + 1:02}">Nov {n % 28 + 1}</time></td>'
        f'<td>${n}.50</td><td class="summary">{"Affirmed in part, reversed in part. " * 3}</td></tr>\n'
        for n in range(ROWS)
    )
    return f'<html><body><table class="list-view"><tr><th>Case</th></tr>{rows}</table></body></html>'.encode()


def parse_times(page: PageInput) -> tuple[list[float], list[float]]:
    """Return the seconds of each round in the sandbox and in this process; the first, cold rounds are left out."""
    namespace: dict[str, Any] = {}
    exec(compile(FETCHER, "fetcher", "exec"), namespace)
    inside, outside = [], []
    with Worker(FETCHER, "benchmark") as worker:
        for _ in range(ROUNDS):
            inside.append(seconds(lambda: worker.parse(page)))
            outside.append(seconds(lambda: list(namespace["parse"](Page(page.url, page.body, page.content_type)))))
    return inside[3:], outside[3:]


def start_times() -> list[float]:
    """Return the seconds from asking for a worker until it has its fetcher and waits for the first page."""
    return [seconds(start_and_close) for _ in range(STARTS)]


def start_and_close() -> None:
    """Start a worker and end it again."""
    with Worker(FETCHER, "benchmark"):
        pass


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
