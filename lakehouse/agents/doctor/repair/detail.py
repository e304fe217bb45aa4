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
from lakehouse.agents.doctor.repair.detail_spots import Offer
from lakehouse.agents.extract import extract, read_field
from lakehouse.agents.scout.fidelity import printed
from lakehouse.fetcher.page import Page

MOST_SELECTORS = 3
KNOWN_PAGES = 3
FAILING_PAGES = 2
PLAIN = frozenset({"text", "items", "link"})
CUTS = frozenset({"after", "before", "separator", "part", "pattern"})


def details(case: Case) -> Iterable[Proposal]:
    """Propose where the fields of a page's one record stand now; nothing where known pages are no such pages."""
    if not is_detail(case):
        return
    known = known_fields(case, [offers(page.page) for page in case.known[:KNOWN_PAGES]])
    known = [field for field in known if field.name not in own_address(case.blueprint)]
    offered = [(page, offers(page)) for page in case.failing[:FAILING_PAGES]]
    same = _same_everywhere([found for _, found in offered])
    for page, found in offered:
        bench = Bench(known, found, _still_read(case.blueprint, page), same)
        if chosen := choose(bench, known):
            yield _proposal(case, page, known, chosen)


def is_detail(case: Case) -> bool:
    """Return whether every known page has one record."""
    pages = [*(known.page for known in case.known), *case.failing]
    one_each = all(len(known.records) == 1 for known in case.known)
    return bool(case.known and case.failing and case.fields) and one_each and not any(page.is_json for page in pages)


def own_address(blueprint: Blueprint) -> dict[str, FieldPlan]:
    """Return the fields that are the page's own address: no build of a page can change how they are read."""
    return {plan.name: plan for plan in blueprint.fields if plan.reader == "page_url"}


def _same_everywhere(offered: Sequence[Sequence[Offer]]) -> frozenset[str]:
    """Return the selectors that give the same on all failing pages, of which there are several."""
    if len(offered) < 2:
        return frozenset()
    said = [{offer.spot.selector: (offer.texts, offer.address) for offer in found} for found in offered]
    return frozenset(css for css, texts in said[0].items() if all(other.get(css) == texts for other in said[1:]))


def _still_read(blueprint: Blueprint, page: Page) -> dict[str, list[str]]:
    """Return what the blueprint in force reads on a failing page."""
    records = extract(blueprint, page)
    return {name: printed(value).split("\n") for name, value in records[0].items() if value} if records else {}


def _proposal(case: Case, page: Page, known: Sequence[KnownField], chosen: Mapping[str, Sequence[Choice]]) -> Proposal:
    olds = {plan.name: plan for plan in case.blueprint.fields}
    plans = tuple(
        _plan(page, field, chosen[field.name], olds.get(field.name)) for field in known if field.name in chosen
    )
    own = own_address(case.blueprint)
    blueprint = Blueprint(
        kind="detail",
        start=case.blueprint.start,
        rows=Rows(form="one"),
        fields=(*own.values(), *plans),
        follow=case.blueprint.follow,
        key=case.blueprint.key,
    )
    fits = dict.fromkeys(own, 1.0) | {name: fit_of(ranked) for name, ranked in chosen.items()}
    return Proposal("details", blueprint, fits, sum(fits.values()) / (len(known) + len(own)))


def _plan(page: Page, field: KnownField, ranked: Sequence[Choice], old: FieldPlan | None) -> FieldPlan:
    """Return how the best offer is read: by the field's reader, where it had one of its own."""
    reader = "items" if field.is_list else "link" if field.is_address else "text"
    plans = (_saying(field, ranked, choice, FieldPlan(name=field.name, reader=reader)) for choice in ranked)
    if old is None or old.reader in PLAIN:
        return next(plans).model_copy(update={"required": bool(old and old.required)})
    options = {name: value for name, value in old.options.items() if name not in CUTS}
    typed = [plan.model_copy(update={"reader": old.reader, "options": options}) for plan in plans]
    best = next((plan for plan in typed if read_field(page.one(), plan)), typed[0])
    return best.model_copy(update={"required": old.required})


def _saying(field: KnownField, ranked: Sequence[Choice], choice: Choice, plan: FieldPlan) -> FieldPlan:
    """Return the plan with the selectors of all offers that say the same as this one, its own first."""
    said = field.texts(choice.offer)
    same = [choice, *(other for other in ranked if field.texts(other.offer) == said)]
    selectors = dict.fromkeys(each.offer.spot.selector for each in same)
    return plan.model_copy(update={"selectors": tuple(selectors)[:MOST_SELECTORS]})
