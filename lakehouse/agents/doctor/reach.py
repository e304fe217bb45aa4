"""How far a repaired fetcher gets over the kept pages of a day, since a repair must lose no way to further pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from lakehouse.agents.doctor.candidate import Candidate, as_release
from lakehouse.agents.doctor.incident import Incident
from lakehouse.engine.replay import Capture, captures_of
from lakehouse.engine.silver import Derived
from lakehouse.engine.worker import worker_of
from lakehouse.errors import SandboxError
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from lakehouse.sandbox import Worker

PAGES_KEPT = 0.5
"""Part of the good day's pages with records to which a way must be found; a site may have fewer, but hardly so few."""


@dataclass(frozen=True)
class Kept:
    """A kept page under the addresses that lead to it: the one that was asked for, and where redirects ended."""

    capture: Capture
    addresses: frozenset[str]


@dataclass(frozen=True)
class Reach:
    """Which pages of a day a candidate comes by, from its start on.

    `reached` of them give records, `before` did on the good day; `lost` give records and are come by no more; `asked`
    were never fetched, since the old fetcher saw no way to them.
    """

    reached: int
    before: int = 0
    lost: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()

    @property
    def doubts(self) -> tuple[str, ...]:
        """Return what a person must look at; nothing where pages are still to be fetched, for those will show it."""
        if self.asked:
            return ()
        if self.lost:
            there = len(self.lost) + self.reached
            return (f"no way leads to {len(self.lost)} of the {there} pages with records, such as {self.lost[0]}",)
        if self.reached < PAGES_KEPT * self.before:
            return (f"records came from {self.before} pages on the good day, and a way leads to {self.reached} now",)
        return ()

    def as_json(self) -> dict[str, Any]:
        """Return the measure as it is kept in the proof."""
        return {
            "reached": self.reached,
            "before": self.before,
            "lost": list(self.lost),
            "asked": list(self.asked),
        }


def reach(lake: Lake, registry: Registry, incident: Incident, candidate: Candidate, derived: Derived) -> Reach:
    """Return how far a candidate gets over the last round of a day that was parsed with it, in the sandbox."""
    name = incident.source
    kept, others = _last_round(lake, name, derived)
    with worker_of(as_release(registry, name, candidate), registry.source(name)) as worker:
        seen, asked = walk(_start(worker), lambda page: _follow(worker, page, lake), kept)
    gave = {*derived.good["_capture"]}
    with_records = [page for page in kept if page.capture.capture_id in gave]
    lost = tuple(page.capture.url for page in with_records if page.addresses.isdisjoint(seen))
    before = _pages_with_records(lake, name, incident.good_day) if incident.good_day else 0
    return Reach(len(with_records) - len(lost), before, lost, tuple(url for url in asked if url not in others))


def walk(
    start: Iterable[str], follow: Callable[[Kept], Iterable[str]], kept: Sequence[Kept]
) -> tuple[set[str], list[str]]:
    """Return the addresses that are come by, and those among them that are not of a kept page, in the pages' order."""
    pages: Mapping[str, Kept] = {address: page for page in reversed(kept) for address in page.addresses}
    seen, missing, waiting = set[str](), dict[str, None](), deque(map(bare, start))
    while waiting:
        address = waiting.popleft()
        page = pages.get(address)
        if address in seen:
            continue
        seen |= page.addresses if page else {address}
        if page:
            waiting.extend(map(bare, follow(page)))
        else:
            missing[address] = None
    return seen, list(missing)


def bare(url: str) -> str:
    """Return an address without its fragment, which never reaches a server."""
    return url.partition("#")[0]


def _last_round(lake: Lake, name: str, derived: Derived) -> tuple[list[Kept], Set[str]]:
    """Return the pages of the last fetch of a day that was parsed, and all other addresses that the day asked for.

    An ingest may have fetched the day again since: what it brought was not parsed, and says nothing here.
    """
    frame = lake.table(f"bronze/{name}").read([derived.day], ["capture_id", "request_url"])
    requested: dict[str, str] = dict(frame.iter_rows())
    parsed = frozenset(derived.captures)
    captures = [each for each in captures_of(lake, name, derived.day) if each.capture_id in parsed]
    last = max((capture.round for capture in captures), default=0)
    kept = [
        Kept(capture, frozenset({bare(capture.url), bare(requested[capture.capture_id])}))
        for capture in captures
        if capture.round == last
    ]
    return kept, {bare(url) for url in requested.values()} - {url for page in kept for url in page.addresses}


def _start(worker: Worker) -> list[str]:
    try:
        return [request.url for request in worker.start()]
    except SandboxError:
        worker.restart()
        return []


def _follow(worker: Worker, page: Kept, lake: Lake) -> list[str]:
    """Return where a page leads; one on which `follow` fails leads nowhere, and the trial on the days tells why."""
    if not worker.follows:
        return []
    try:
        return [request.url for request in worker.follow(page.capture.page(lake.bodies))]
    except SandboxError:
        worker.restart()
        return []


def _pages_with_records(lake: Lake, name: str, day: str) -> int:
    table = lake.table(f"silver/{name}")
    return table.read([day], ["_capture"])["_capture"].n_unique() if table.exists() else 0
