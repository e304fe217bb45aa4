"""A page that is built in another way than the last good one, while its rows are still read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.diagnosis.structure import same_structure
from lakehouse.agents.doctor.diagnosis.twins import twin_of
from lakehouse.agents.doctor.evidence_pages import good_pages, page_of
from lakehouse.agents.doctor.incident import CaptureRef
from lakehouse.agents.doctor.warning import EarlyWarning
from lakehouse.checks.result import share
from lakehouse.fetcher.errors import PageError
from lakehouse.lake import Lake

CALM = 0.95
"""Likeness from which on nothing is looked into: most days end here, after the pages of two days."""

MOST_PAGES = 3
MOST_PAIRS = 6
"""Pairs of good days from which the band is learned."""

LEAST_PAIRS = 3
SLACK = 0.05
"""Likeness below the band that is no news: optional parts of rows come and go."""


def drifted_structure(lake: Lake, name: str, days: Sequence[str]) -> EarlyWarning | None:
    """Return a warning where the newest good day's pages are unlike those before, more than these among themselves.

    `days` are good ones, oldest first. What is as usual is learned from the source alone: pages whose build changes
    with every visit have a wide band. After one day the new build is the usual one.
    """
    newest = days[-MOST_PAIRS - 2 :]
    if len(newest) < LEAST_PAIRS + 2:
        return None
    now = likeness(lake, name, newest[-2], newest[-1])
    if now is None or now >= CALM:
        return None
    pairs = [likeness(lake, name, *pair) for pair in pairwise(newest[:-1])]
    usual = [pair for pair in pairs if pair is not None]
    if len(usual) < LEAST_PAIRS or now >= least_likeness(usual):
        return None
    told = f"The page is built in another way: {share(now)} as on {newest[-2]}, at least {share(min(usual))} before."
    return EarlyWarning("structure", "", told, newest[-1])


def least_likeness(usual: Sequence[float]) -> float:
    """Return the lower end of the band that days of a likeness to each other leave: their width once more below."""
    return min(usual) - max(SLACK, max(usual) - min(usual))


def likeness(lake: Lake, name: str, before: str, after: str) -> float | None:
    """Return how far the page of a day that changed most is built as its twin of a day before; None without twins."""
    pages = good_pages(lake, name, after, ())[:MOST_PAGES]
    earlier = good_pages(lake, name, before, pages)
    told = [_likeness(lake, earlier, page) for page in pages]
    return min((each for each in told if each is not None), default=None)


def _likeness(lake: Lake, earlier: Sequence[CaptureRef], ref: CaptureRef) -> float | None:
    if any(ref.sha256 == other.sha256 for other in earlier):
        return 1.0
    page = page_of(lake, ref)
    same = [other for other in earlier if other.request_url == ref.request_url]
    twin = twin_of(page.url, [Known(page_of(lake, other), ()) for other in same or earlier])
    try:
        return same_structure(twin.page, page) if twin else None
    except PageError:
        return None
