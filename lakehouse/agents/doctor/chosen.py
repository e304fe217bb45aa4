"""A rung that shows a model the likeliest regions of a page, with samples, and lets it choose by number or say none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from lakehouse.agents.doctor.proposal import Proposal
from lakehouse.agents.doctor.quoting import known_records
from lakehouse.agents.doctor.repair.fit import Candidate, Fit
from lakehouse.agents.doctor.repair.glance import promising
from lakehouse.agents.doctor.repair.looks import looks_of
from lakehouse.agents.doctor.repair.view import View, view
from lakehouse.agents.doctor.repair.written import written
from lakehouse.agents.model.skeleton import is_html
from lakehouse.agents.scout.outline import outline_of
from lakehouse.agents.scout.regions import regions as regions_of
from lakehouse.llm import Door, Prompt, Quote

if TYPE_CHECKING:
    from lakehouse.agents.doctor.case import Case
    from lakehouse.agents.scout.columns import Column

CHOICES = 8
"""Regions that a model may choose from."""
COLUMNS = 18
SAMPLES = 3
LONGEST = 60
KNOWN = 3
METHOD = "chosen"

INSTRUCTIONS = """\
A web page was redesigned, and the table that was read off it must be found on it again. The quote "known records" shows
rows of that table as they were before, the quote "regions" numbered parts of the page as it is now, each with numbered
columns and a few values. Choose the region that holds records of the same kind, and for each field the column that says
the same thing as the field did; leave out fields that no column says. The values themselves may be new ones. Where no
region holds such records, choose none."""


class Choice(BaseModel):
    """What the model answers."""

    model_config = ConfigDict(extra="ignore")

    region: int | None = Field(description="The number of the region, or null for none.")
    columns: dict[str, int] = Field(default_factory=dict, description="The number of the column of each field.")


def chosen(case: Case, door: Door, source: str) -> Iterator[Proposal]:
    """Propose the region and the columns that a model chooses; nothing where a page has one record, or is no markup."""
    looks = looks_of(case)
    if not looks or not case.failing or case.blueprint.details is not None:
        return
    page = max(case.failing, key=lambda page: len(page.text))
    if not is_html(page):
        return
    tree = outline_of(page)
    views = [view(page, tree, region) for region in promising(regions_of(tree), looks, CHOICES)]
    if not views:
        return
    quotes = (Quote("known records", known_records(case, KNOWN, LONGEST)), Quote("regions", _told(views)))
    choice = door.ask(Prompt(INSTRUCTIONS, quotes), Choice, source=source)
    fit = _fit(case, views, choice)
    made = written(case, fit) if fit is not None else None
    if made is not None:
        yield Proposal(METHOD, made.blueprint, made.fits, made.score, ("chosen by a language model",))


def _fit(case: Case, views: Sequence[View], choice: Choice) -> Fit | None:
    """Return what was chosen, as far as there is such a thing: numbers that lead nowhere are no choice."""
    if choice.region is None or not 1 <= choice.region <= len(views):
        return None
    seen, looks = views[choice.region - 1], {look.name: look for look in looks_of(case)}
    columns = _shown(seen)
    picked = {
        name: Candidate(column, likeness, likeness)
        for name, number in choice.columns.items()
        if name in looks and 1 <= number <= len(columns)
        for column in [columns[number - 1]]
        for likeness in [looks[name].likeness(column.values)]
    }
    score = sum(each.likeness for each in picked.values()) / len(looks)
    return Fit(seen, picked, score) if picked else None


def _shown(seen: View) -> list[Column]:
    return sorted(seen.columns, key=lambda column: -column.fill)[:COLUMNS]


def _told(views: Sequence[View]) -> str:
    lines: list[str] = []
    for number, seen in enumerate(views, 1):
        lines.append(f"region {number}, {len(seen.region.rows)} rows")
        for place, column in enumerate(_shown(seen), 1):
            values = [" ".join(value.split())[:LONGEST] for value in column.values if value][:SAMPLES]
            lines.append(f"  column {place}: {' | '.join(values)}")
    return "\n".join(lines)
