"""Repairs the fetcher of pages with one record each: every field finds its place on the failing page anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.doctor.case import Case
from lakehouse.agents.doctor.proposal import Proposal
from lakehouse.agents.doctor.repair.detail_choice import Choice, choose, fit_of
from lakehouse.agents.doctor.repair.detail_fit import Bench
from lakehouse.agents.doctor.repair.detail_known import KnownField, known_fields
from lakehouse.agents.doctor.repair.detail_offers import offers
from lakehouse.agents.extract import extract
from lakehouse.agents.scout.fidelity import printed
from lakehouse.fetcher.page import Page

MOST_SELECTORS = 3
KNOWN_PAGES = 3


def details(case: Case) -> Iterable[Proposal]:
    """Propose where the fields of a page's one record stand now; nothing where known pages are no such pages."""
    if not _is_detail(case):
        return
    known = known_fields(case, [offers(page.page) for page in case.known[:KNOWN_PAGES]])
    page = case.failing[0]
    bench = Bench(known, offers(page), _still_read(case.blueprint, page))
    if chosen := choose(bench, known):
        yield _proposal(case, known, chosen)


def _is_detail(case: Case) -> bool:
    pages = [*(known.page for known in case.known), *case.failing]
    one_each = all(len(known.records) == 1 for known in case.known)
    return bool(case.known and case.failing and case.fields) and one_each and not any(page.is_json for page in pages)


def _still_read(blueprint: Blueprint, page: Page) -> dict[str, list[str]]:
    """Return what the blueprint in force reads on a failing page."""
    records = extract(blueprint, page)
    return {name: printed(value).split("\n") for name, value in records[0].items() if value} if records else {}


def _proposal(case: Case, known: Sequence[KnownField], chosen: Mapping[str, Sequence[Choice]]) -> Proposal:
    plans = tuple(_plan(field, chosen[field.name]) for field in known if field.name in chosen)
    fits = {name: fit_of(ranked) for name, ranked in chosen.items()}
    blueprint = Blueprint(
        kind="detail", start=case.blueprint.start, rows=Rows(form="one"), fields=plans, key=case.blueprint.key
    )
    score = sum(fits.values()) / len(known)
    return Proposal("details", blueprint, fits, score)


def _plan(field: KnownField, ranked: Sequence[Choice]) -> FieldPlan:
    best = field.texts(ranked[0].offer)
    same = [choice.offer.spot.selector for choice in ranked if field.texts(choice.offer) == best]
    reader = "items" if field.is_list else "link" if field.is_address else "text"
    return FieldPlan(name=field.name, reader=reader, selectors=tuple(same[:MOST_SELECTORS]))
