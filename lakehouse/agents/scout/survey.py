"""From an address to the best finding behind it, with what a person should know before it becomes a source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.extract import extract
from lakehouse.agents.names import queryable
from lakehouse.agents.scout.behind import behind, details_of
from lakehouse.agents.scout.candidates import candidates, is_html
from lakehouse.agents.scout.evidence import with_evidence
from lakehouse.agents.scout.feasibility import Feasibility, feasibility
from lakehouse.agents.scout.follow import Verified, verify
from lakehouse.agents.scout.look import Look, Viewer
from lakehouse.agents.scout.outcome import Note
from lakehouse.agents.scout.tidy import retyped, tidy
from lakehouse.errors import BrowserMissing, NothingFound
from lakehouse.fetcher.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lakehouse.agents.scout.follow import Fetch
    from lakehouse.settings import Settings


Reader = Callable[[Page], tuple[list[Blueprint], str]]
"""What is asked for the findings on a page where there are none; the text says why it has none."""


@dataclass(frozen=True)
class Survey:
    """What was found at an address: the page, its findings with the best first, and whether it can be fetched daily.

    `details` are a few of the pages behind the rows, where these are to be read.
    """

    page: Page
    findings: tuple[Blueprint, ...]
    report: Feasibility
    rendered: bool = False
    details: tuple[Page, ...] = ()

    @property
    def best(self) -> Blueprint:
        """Return the finding that would become a source."""
        return self.findings[0]

    @property
    def records(self) -> list[dict[str, Any]]:
        """Return the records that the best finding gives on the pages at hand."""
        return [record for page in (self.page, *self.details) for record in extract(self.best, page)]

    def only(self, fields: Sequence[str]) -> Survey:
        """Return the survey with no other fields in its best finding than these; raises `NothingFound` for others."""
        part = self.best.of_records
        there = {field.name: field for field in part.fields}
        if missing := [name for name in fields if name not in there]:
            raise NothingFound(
                f"the finding has no field {missing[0]!r}.", url=self.page.url, hint=f"It has {', '.join(there)}."
            )
        needs = tuple(name for name in part.rows.needs if name in fields)
        best = self.best.with_records(tuple(there[name] for name in fields), needs=needs)
        key = self.best.key if set(self.best.key) <= set(fields) else ()
        evidence = best.evidence.renamed({name: name for name in fields})
        best = best.model_copy(update={"key": key, "evidence": evidence})
        return replace(self, findings=(best, *self.findings[1:]))


async def survey(
    url: str,
    settings: Settings,
    *,
    examples: Sequence[Mapping[str, str]] = (),
    private_hosts: Iterable[str] = (),
    cadence: str = "daily",
    delay: float = 1.0,
    details: bool = False,
    otherwise: Reader | None = None,
) -> Survey:
    """Look at an address and return what is there; raises `NothingFound`, `NotFeasible` or the `WebError` that came.

    `otherwise` is asked for findings on a page where there are none, and says why where it has none either.

    A page that is a shell for its scripts is looked at again in a browser, where there is one. With `details` the pages
    behind the rows give the records, and `NothingFound` is raised where the rows lead to none.
    """
    async with Viewer(settings, private_hosts=private_hosts, delay=delay) as viewer:
        look = await viewer.look(url)
        robots = await viewer.robots(look.page.url)
        page, found, shown = look.page, candidates(look.page, examples), None
        report = feasibility(look, robots, found[0] if found else None, cadence=cadence)
        if report.needs_script or _may_be_a_shell(page):
            shown = await _rendered(viewer, look, found, examples, needed=report.needs_script or not found)
            page, found = shown or (page, found)
        why = ""
        if not found and otherwise:
            found, why = otherwise(page)
        if not found:
            raise _nothing(page.url, why)
        # A source is rendered as a whole or not at all, so its other pages are looked at as its days will see them.
        fetch = partial(viewer.fetch, render=shown is not None)
        verified = await verify(_wanted(found[0], page, examples), page, fetch)
        if details:
            best, pages = await _with_details(verified, page, fetch, examples)
        else:
            best, pages = _without_details(verified.blueprint), ()
    report = feasibility(look, robots, best, cadence=cadence, rendered=page if shown else None)
    if verified.details and not details:
        report = replace(report, notes=(*report.notes, _have_pages(verified.blueprint, page)))
    return Survey(page, (best, *found[1:]), report, rendered=shown is not None, details=pages)


def _wanted(found: Blueprint, page: Page, examples: Sequence[Mapping[str, str]]) -> Blueprint:
    """Return a finding as a table wants it; what a person named by example is kept as it was named."""
    return with_evidence(retyped(found, page) if examples else queryable(tidy(found, page)), page)


async def _with_details(
    verified: Verified, page: Page, fetch: Fetch, examples: Sequence[Mapping[str, str]]
) -> tuple[Blueprint, tuple[Page, ...]]:
    """Return the blueprint whose records come from the pages behind its rows, and a few of these pages."""
    listing = verified.blueprint
    pages = await details_of(page, listing, fetch, verified.details) if listing.follow.details else ()
    part = behind(listing, page, pages, examples)
    if part is None:
        raise NothingFound(
            "the records of this page lead to no pages of their own that could be read.",
            url=page.url,
            hint="Add it without --details.",
        )
    whole = listing.model_copy(update={"details": part, "key": ()})
    return with_evidence(whole if examples else queryable(whole), *pages), pages


def _without_details(blueprint: Blueprint) -> Blueprint:
    return blueprint.model_copy(update={"follow": blueprint.follow.model_copy(update={"details": ""})})


def _have_pages(blueprint: Blueprint, page: Page) -> Note:
    count = len(extract(blueprint, page))
    return Note("details", f"{count} records have pages of their own; --details reads them.")


def _may_be_a_shell(page: Page) -> bool:
    """Tell whether scripts may bring records that are not in the page as it came.

    The worse error is to take the frame of a page for its records, so every page with scripts is rendered once.
    """
    return is_html(page) and bool(page.select("script:not([type*=json])"))


async def _rendered(
    viewer: Viewer, look: Look, found: Sequence[Blueprint], examples: Sequence[Mapping[str, str]], *, needed: bool
) -> tuple[Page, list[Blueprint]] | None:
    """Return the rendered page and its findings, or None where they are not more than those of the raw page."""
    try:
        page = (await viewer.look(look.page.url, render=True)).page
    except BrowserMissing as error:
        if not needed:
            return None
        raise NothingFound(
            "this page shows its records by script, and there is no browser here to run it.",
            url=look.page.url,
            hint=error.hint,
        ) from error
    after = candidates(page, examples)
    before = len(extract(found[0], look.page)) if found else 0
    return (page, after) if after and len(extract(after[0], page)) > before else None


def _nothing(url: str, why: str = "") -> NothingFound:
    example = 'Show one that you see there: `lakehouse add URL --example \'{"title": "..."}\'`.'
    return NothingFound("no records were found on this page.", url=url, hint=f"{example} {why}".strip())
