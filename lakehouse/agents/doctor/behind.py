"""Records on pages of their own whose listing no longer led there: a few of these pages are fetched to repair for."""

from __future__ import annotations

import asyncio

from lakehouse.agents.doctor.case import Case
from lakehouse.agents.doctor.repair.links_behind import relisted
from lakehouse.agents.scout.behind import details_of
from lakehouse.agents.scout.look import page_of
from lakehouse.errors import WebError
from lakehouse.fetcher.page import Page
from lakehouse.settings import Settings
from lakehouse.source import Source
from lakehouse.web import FetchRequest, WebClient, WebPolicy


def with_pages_behind(case: Case, source: Source, config: Settings) -> Case:
    """Return the case with a few pages to which its failing listing leads now; as it is where it has such pages."""
    if case.whole is None or case.failing or not case.listing:
        return case
    return case.with_failing([*case.listing, *asyncio.run(_fetched(case, source, config))])


async def _fetched(case: Case, source: Source, config: Settings) -> tuple[Page, ...]:
    """Ask for the pages behind the rows; those that cannot be fetched, or are refused, are none."""
    async with WebClient(WebPolicy.of(source, config)) as web:

        async def fetch(url: str) -> Page:
            answer = await web.fetch(FetchRequest(url=url, render=source.render))
            if answer.status >= 400:
                raise WebError(f"the answer was {answer.status}.", url=url)
            return page_of(answer)

        return await details_of(case.listing[0], relisted(case), fetch)
