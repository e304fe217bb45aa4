"""What a fetcher raised, asked again: it does no I/O, so that the same question has the same answer.

A run that ended, and a kept page on which `follow` failed, tell of it in words only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lakehouse.agents.doctor.evidence_pages import page_of
from lakehouse.agents.doctor.incident import CaptureRef
from lakehouse.engine.worker import worker_of
from lakehouse.errors import FetcherRaised, RegistryError, SandboxError
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from lakehouse.sandbox import PageInput, Worker

RAISED = re.compile(r"the fetcher raised")
"""What every `FetcherRaised` says, wherever it is quoted."""


def raised_on(pages: Sequence[CaptureRef]) -> str:
    """Return what is kept of the first page on which `follow` raised, or an empty string."""
    return next((ref.error for ref in pages if RAISED.search(ref.error)), "")


def raised_again(lake: Lake, registry: Registry, name: str, pages: Sequence[CaptureRef]) -> str:
    """Return the traceback of the release in force, asked for its start and to follow the pages on which it raised.

    Empty where it does not raise any more, or where nothing can be asked.
    """
    try:
        with worker_of(registry.in_force(name), registry.source(name)) as worker:
            return next(_tracebacks(worker, lake, [ref for ref in pages if RAISED.search(ref.error)]), "")
    except FetcherRaised as error:
        return error.traceback
    except (RegistryError, SandboxError):
        # The words that are kept remain the evidence; diagnosis and proof meet the same refusal and tell of it.
        return ""


def _tracebacks(worker: Worker, lake: Lake, pages: Sequence[CaptureRef]) -> Iterator[str]:
    try:
        worker.start()
    except FetcherRaised as error:
        yield error.traceback
    for page in (page_of(lake, ref) for ref in pages):
        try:
            worker.follow(PageInput(page.url, page.body, page.content_type, page.meta, page.link_header))
        except FetcherRaised as error:
            yield error.traceback
