"""From an address to the best finding behind it, with what a person should know before it becomes a source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lakehouse.agents.extract import extract
from lakehouse.agents.names import queryable
from lakehouse.agents.scout.candidates import candidates, is_html
from lakehouse.agents.scout.feasibility import Feasibility, feasibility
from lakehouse.agents.scout.follow import verify
from lakehouse.agents.scout.look import Look, Viewer
from lakehouse.agents.scout.tidy import tidy
from lakehouse.errors import BrowserMissing, NothingFound

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.fetcher.page import Page
    from lakehouse.settings import Settings


@dataclass(frozen=True)
class Survey:
    """What was found at an address: the page, its findings with the best first, and whether it can be fetched daily."""

    page: Page
    findings: tuple[Blueprint, ...]
    report: Feasibility
    rendered: bool = False

    @property
    def best(self) -> Blueprint:
        """Return the finding that would become a source."""
        return self.findings[0]

    def only(self, fields: Sequence[str]) -> Survey:
        """Return the survey with no other fields in its best finding than these; raises `NothingFound` for others."""
        there = {field.name: field for field in self.best.fields}
        if missing := [name for name in fields if name not in there]:
            raise NothingFound(
                f"the finding has no field {missing[0]!r}.", url=self.page.url, hint=f"It has {', '.join(there)}."
            )
        needs = tuple(name for name in self.best.rows.needs if name in fields)
        rows = self.best.rows.model_copy(update={"needs": needs})
        kept = tuple(there[name] for name in fields)
        best = self.best.model_copy(update={"fields": kept, "rows": rows, "key": ()})
        return replace(self, findings=(best, *self.findings[1:]))


async def survey(
    url: str,
    settings: Settings,
    *,
    examples: Sequence[Mapping[str, str]] = (),
    private_hosts: Iterable[str] = (),
    cadence: str = "daily",
    delay: float = 1.0,
) -> Survey:
    """Look at an address and return what is there; raises `NothingFound`, `NotFeasible` or the `WebError` that came.

    A page that is a shell for its scripts is looked at again in a browser, where there is one.
    """
    async with Viewer(settings, private_hosts=private_hosts, delay=delay) as viewer:
        look = await viewer.look(url)
        robots = await viewer.robots(look.page.url)
        found = candidates(look.page, examples)
        report = feasibility(look, robots, found[0] if found else None, cadence=cadence)
        if report.needs_script or _may_be_a_shell(look.page):
            shown = await _rendered(viewer, look, found, examples, needed=report.needs_script or not found)
            if shown:
                page, found = shown
                best = found[0] if examples else queryable(tidy(found[0], page))
                report = feasibility(look, robots, best, cadence=cadence, rendered=page)
                return Survey(page, (best, *found[1:]), report, rendered=True)
        if not found:
            raise _nothing(look.page.url)
        wanted = found[0] if examples else queryable(tidy(found[0], look.page))
        best = (await verify(wanted, look.page, viewer.fetch)).blueprint
        # The records' own pages would need a second set of fields, which a blueprint does not have.
        best = best.model_copy(update={"follow": best.follow.model_copy(update={"details": ""})})
    return Survey(look.page, (best, *found[1:]), feasibility(look, robots, best, cadence=cadence))


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


def _nothing(url: str) -> NothingFound:
    return NothingFound(
        "no records were found on this page.",
        url=url,
        hint='Show one that you see there: `lakehouse add URL --example \'{"title": "..."}\'`.',
    )
