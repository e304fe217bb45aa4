"""Pages that a repaired fetcher asks for and that a failing day never fetched, since the old one saw no way to them."""

from __future__ import annotations

from lakehouse.agents.doctor.candidate import Candidate, as_release
from lakehouse.engine.replay import captures_of
from lakehouse.engine.worker import worker_of
from lakehouse.errors import SandboxError
from lakehouse.lake import Lake
from lakehouse.registry import Registry


def unfetched(lake: Lake, registry: Registry, name: str, candidate: Candidate, day: str) -> list[str]:
    """Return the addresses that a day's kept pages lead to and that are not among them, in the pages' order."""
    captures = captures_of(lake, name, day)
    there = {_bare(capture.url) for capture in captures} | _requested(lake, name, day)
    asked: dict[str, None] = {}
    with worker_of(as_release(registry, name, candidate), registry.source(name)) as worker:
        if not worker.follows:
            return []
        for capture in captures:
            try:
                requests = worker.follow(capture.page(lake.bodies))
            except SandboxError:
                # A page on which `follow` fails leads nowhere; the trial on the days tells why.
                worker.restart()
                continue
            asked |= {request.url: None for request in requests if _bare(request.url) not in there}
    return list(asked)


def _requested(lake: Lake, name: str, day: str) -> set[str]:
    return {_bare(url) for url in lake.table(f"bronze/{name}").read([day], ["request_url"])["request_url"]}


def _bare(url: str) -> str:
    return url.partition("#")[0]
