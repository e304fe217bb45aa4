"""Repairs the fetcher of pages with one record each: every field finds its place on the failing page anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp
from statistics import fmean

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.doctor.case import Case
from lakehouse.agents.doctor.proposal import Proposal
from lakehouse.agents.doctor.repair.detail_fit import Bench
from lakehouse.agents.doctor.repair.detail_known import KnownField, known_fields
from lakehouse.agents.doctor.repair.detail_offers import offers
from lakehouse.agents.doctor.repair.detail_spots import Offer
from lakehouse.agents.doctor.repair.detail_weights import WEIGHTS

MOST_SELECTORS = 3
PAGES = 3


@dataclass(frozen=True)
class Choice:
    """An offer for a field, and how much speaks for it."""

    offer: Offer
    worth: float


def details(case: Case) -> Iterable[Proposal]:
    """Propose where the fields of a page's one record stand now; nothing where known pages are no such pages."""
    if not _is_detail(case):
        return
    known = known_fields(case, [offers(page.page) for page in case.known])
    found = offers(case.failing[0])
    bench = Bench(known, found)
    chosen = {field.name: ranked for field in known if (ranked := _ranked(bench, field))}
    if chosen:
        yield _proposal(case, known, chosen)


def _is_detail(case: Case) -> bool:
    pages = [*(known.page for known in case.known), *case.failing]
    one_each = all(len(known.records) == 1 for known in case.known)
    return bool(case.known and case.failing and case.fields) and one_each and not any(page.is_json for page in pages)


def _ranked(bench: Bench, field: KnownField) -> list[Choice]:
    choices = [Choice(offer, _worth(signs)) for offer in bench.offers if (signs := bench.signs(field, offer))]
    return sorted(choices, key=lambda choice: -choice.worth)


def _worth(signs: dict[str, float]) -> float:
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in signs.items())


def _proposal(case: Case, known: Sequence[KnownField], chosen: dict[str, list[Choice]]) -> Proposal:
    plans = tuple(_plan(field, chosen[field.name]) for field in known if field.name in chosen)
    fits = {name: _fit(ranked[0]) for name, ranked in chosen.items()}
    blueprint = Blueprint(
        kind="detail", start=case.blueprint.start, rows=Rows(form="one"), fields=plans, key=case.blueprint.key
    )
    score = fmean(fits.get(field.name, 0.0) for field in known)
    return Proposal("details", blueprint, fits, score)


def _fit(choice: Choice) -> float:
    return 1 / (1 + exp(-(choice.worth - 6)))


def _plan(field: KnownField, ranked: Sequence[Choice]) -> FieldPlan:
    best = ranked[0].offer
    said = field.texts(best)
    same = [choice.offer.spot.selector for choice in ranked[:40] if field.texts(choice.offer) == said]
    reader = "items" if field.is_list else "link" if field.look.kind == "url" else "text"
    return FieldPlan(name=field.name, reader=reader, selectors=tuple(same[:MOST_SELECTORS]))
