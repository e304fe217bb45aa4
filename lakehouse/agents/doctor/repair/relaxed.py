"""Repairs a listing with its own old selectors, made more tolerant: names dropped, containers dropped, tags changed."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from lakehouse.agents.doctor.proposal import Proposal
from lakehouse.agents.doctor.repair.looks import looks_of
from lakehouse.agents.doctor.repair.measured import fits_of, given, whole_score
from lakehouse.agents.scout.candidates import is_html
from lakehouse.agents.scout.outline import outline_of
from lakehouse.fetcher.html import HtmlNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lakehouse.agents.blueprint import Blueprint, FieldPlan
    from lakehouse.agents.doctor.case import Case
    from lakehouse.fetcher.page import Page

NAME = re.compile(r"(?<=[\w\])*])(?:\.[\w-]+|#[\w-]+|\[[^\]]*\])+")
TAG = re.compile(r"(?<![\w.#:\[\"=-])[a-z][a-z0-9]*(?=[.#\[])")
STEP = re.compile(r"\s*>\s*|\s+")
PLACE = re.compile(r":(?:nth-[a-z-]+|first-child|last-child)(?:\([^)]*\))?")
MOST = 3
LEAST = 0.2


def relaxed(case: Case) -> Iterator[Proposal]:
    """Propose the blueprint in force, then what is left of it when its selectors are made ever more tolerant."""
    listing = case.blueprint.kind in ("listing", "table") and case.blueprint.details is None
    if not listing or not case.failing:
        return
    looks = looks_of(case)
    # Where the rows stood in one another before, too, the records are such as that gives.
    usual = any(_are_nested(known.page, case.blueprint) for known in case.known)
    made: dict[str, Proposal] = {}
    for number, blueprint in enumerate(_variants(case.blueprint)):
        pages = given(case, blueprint)
        records = [record for page in pages for record in page]
        fits = fits_of(looks, records) if all(pages) else {}
        score = whole_score(looks, fits, len(records)) - 0.01 * number
        if score > LEAST and (usual or not any(_are_nested(page, blueprint) for page in case.failing)):
            made.setdefault(repr(records), Proposal("relaxed", _pruned(case, blueprint), fits, min(1.0, score)))
    yield from sorted(made.values(), key=lambda proposal: -proposal.score)[:MOST]


def _variants(blueprint: Blueprint) -> Iterator[Blueprint]:
    yield blueprint
    fields = tuple(map(_tolerant, blueprint.fields))
    for selector in dict.fromkeys([blueprint.rows.selector, *looser(blueprint.rows.selector)]):
        rows = blueprint.rows.model_copy(update={"selector": selector})
        yield blueprint.model_copy(update={"rows": rows, "fields": fields})


def _tolerant(field: FieldPlan) -> FieldPlan:
    """Return the field with looser forms of its selectors behind them."""
    more = [loose for selector in field.selectors for loose in looser(selector)]
    return field.model_copy(update={"selectors": tuple(dict.fromkeys([*field.selectors, *more]))})


def _are_nested(page: Page, blueprint: Blueprint) -> bool:
    """Tell whether rows stand in one another, so that what is read of one is read of the other again."""
    if blueprint.rows.form != "select" or not is_html(page):
        return False
    elements = outline_of(page).by_node
    nodes = (node for node in page.select(blueprint.rows.selector) if isinstance(node, HtmlNode))
    rows = [element for node in nodes if (element := elements.get(node.nodes[0].mem_id))]
    return any(outer.holds(inner) for outer, inner in pairwise(rows))


def _pruned(case: Case, blueprint: Blueprint) -> Blueprint:
    """Return the blueprint without selectors that answered nowhere, as its pages' traces tell."""
    answered = {(answer.selectors, answer.index) for page in case.failing for answer in page.answers}
    fields = []
    for field in blueprint.fields:
        kept = [each for index, each in enumerate(field.selectors) if (field.selectors, index) in answered]
        fields.append(field.model_copy(update={"selectors": tuple(kept) or field.selectors[:1]}))
    return blueprint.model_copy(update={"fields": tuple(fields)})


def looser(selector: str) -> list[str]:
    """Return CSS that finds what a selector finds and more, the least loose first; none for what is no plain CSS."""
    if not selector or re.search(r"(?:line|own|label|preceding)\(|\bld\+json\b|,", selector):
        return []
    css, mark, attribute = selector.partition("@")
    forms = [
        NAME.sub("", css),
        TAG.sub("", css),
        PLACE.sub("", css),
        _last(css),
        TAG.sub("", _last(css)),
        NAME.sub("", _last(css)),
    ]
    found = [form.strip() + mark + attribute for form in forms if form.strip(" >") and form.strip() != css.strip()]
    return [form for form in dict.fromkeys(found) if form.partition("@")[0]]


def _last(css: str) -> str:
    """Return the last step of a path, without what it stands in."""
    return STEP.split(re.sub(r"\([^)]*\)", lambda inner: inner[0].replace(" ", "\0"), css).strip())[-1].replace(
        "\0", " "
    )
