"""Parse the kept pages of a day again, in the sandbox, page by page."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from lakehouse.errors import FetcherOutOfMemory, FetcherRaised, FetcherTimeout, SandboxError
from lakehouse.lake import Bodies, Lake
from lakehouse.sandbox import FieldAnswers, PageInput, Parsed, Worker

COLUMNS = (
    "capture_id run_id seq status url request_url content_type headers sha256 fetched_at meta".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Capture:
    """One kept page: where it came from, and in which round of the day."""

    capture_id: str
    round: int
    url: str
    content_type: str
    sha256: str
    meta: dict[str, Any]
    link_header: str = ""

    def page(self, bodies: Bodies) -> PageInput:
        """Return what the fetcher gets to see of it."""
        return PageInput(self.url, bodies.get(self.sha256), self.content_type, self.meta, self.link_header)


@dataclass
class Replay:
    """The records of a day and what was noticed on the way.

    `failures` maps a capture to the error that its page gave; `tracebacks` holds the fetcher's own.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    pages: int = 0
    answers: dict[tuple[str, tuple[str, ...]], Counter[int]] = field(default_factory=dict)
    failures: dict[str, SandboxError] = field(default_factory=dict)

    def add(self, capture: Capture, parsed: Parsed, release: int) -> None:
        """Take the records of one page, stamped with where they come from; the fetcher has no say in that."""
        self.pages += 1
        for number, record in enumerate(parsed.records):
            stamp = {"_capture": capture.capture_id, "_release": release, "_row": number, "_round": capture.round}
            self.rows.append({**record, **stamp})
        for answer in parsed.answers:
            counts = self.answers.setdefault((answer.field, answer.selectors), Counter())
            counts.update({-1: answer.missed, **dict(enumerate(answer.counts))})

    def field_answers(self) -> list[FieldAnswers]:
        """Return, for each field, how often each of its selectors answered over the whole day."""
        return [
            FieldAnswers(name, selectors, tuple(counts[n] for n in range(len(selectors))), counts[-1])
            for (name, selectors), counts in self.answers.items()
        ]


def captures_of(lake: Lake, source: str, day: str) -> list[Capture]:
    """Return the pages of a day that can be parsed, in the order in which they were fetched.

    Also those on which `follow` failed: what it could not ask for is missing, but the page itself is whole.
    """
    table = lake.table(f"bronze/{source}")
    if not table.exists():
        return []
    frame = table.read([day], COLUMNS)
    rounds = frame.group_by("run_id").agg(pl.col("fetched_at").min()).sort("fetched_at")["run_id"].to_list()
    good = frame.filter(pl.col("sha256").is_not_null() & (pl.col("status") < 400))
    return [_capture(row, rounds.index(row["run_id"])) for row in good.sort("fetched_at", "seq").iter_rows(named=True)]


def _capture(row: dict[str, Any], number: int) -> Capture:
    return Capture(
        capture_id=row["capture_id"],
        round=number,
        url=row["url"] or row["request_url"],
        content_type=row["content_type"] or "",
        sha256=row["sha256"],
        meta=json.loads(row["meta"] or "{}"),
        link_header=json.loads(row["headers"] or "{}").get("link", ""),
    )


def replay(worker: Worker, captures: list[Capture], bodies: Bodies, release: int) -> Replay:
    """Parse every capture; a page that the fetcher cannot read costs only its own records.

    Raises `ForbiddenCall`, `MalformedAnswer` and `SandboxUnavailable`: after those nothing of the module is trusted.
    """
    outcome = Replay()
    for capture, parsed in _parse_all(worker, captures, bodies):
        if isinstance(parsed, Parsed):
            outcome.add(capture, parsed, release)
        else:
            outcome.pages += 1
            outcome.failures[capture.capture_id] = parsed
    return outcome


def _parse_all(
    worker: Worker, captures: list[Capture], bodies: Bodies
) -> Iterator[tuple[Capture, Parsed | SandboxError]]:
    for capture in captures:
        try:
            yield capture, worker.parse(capture.page(bodies))
        except FetcherRaised as error:
            yield capture, error
        except (FetcherTimeout, FetcherOutOfMemory) as error:
            worker.restart()
            yield capture, error
