"""The rung that remembers: what worked on another site of the platform, told in this source's fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.doctor.case import Case, Record
from lakehouse.agents.doctor.fingerprint import classes, fingerprint_of, stem
from lakehouse.agents.doctor.memory import Build, Remembered, recall
from lakehouse.agents.doctor.proposal import Proposal, Rung
from lakehouse.agents.doctor.repair.looks import FieldLook, looks_of
from lakehouse.agents.doctor.repair.measured import given
from lakehouse.agents.doctor.repair.missing import with_missing
from lakehouse.agents.doctor.repair.offered import offered
from lakehouse.agents.doctor.repair.retype import printed
from lakehouse.agents.scout.candidates import is_html
from lakehouse.agents.scout.outline import outline_of
from lakehouse.fetcher.page import Page
from lakehouse.lake import Lake

CLASS = re.compile(r"\.([A-Za-z_-][\w-]*)")

LIKE = 0.4
"""Likeness of values to the known ones below which a remembered field is another one."""

ROLE = 0.3
"""What it counts besides that both sources found their field by the same selector before."""


def remembering(lake: Lake) -> Rung:
    """Return the rung that offers what worked on near platforms; it learns nothing from what failed."""

    def remembered(case: Case) -> Iterator[Proposal]:
        page = next((page for page in case.failing if is_html(page)), None)
        found = fingerprint_of(page) if page else None
        if page is None or found is None or case.blueprint.details is not None:
            return
        looks = looks_of(case)
        for repair in recall(lake, found):
            blueprint = translated(repair, case, page, looks)
            note = "it worked on another site of the platform"
            proposal = offered("remembered", case, blueprint, note) if blueprint else None
            if proposal is not None:
                yield proposal

    return remembered


def translated(repair: Remembered, case: Case, page: Page, looks: Sequence[FieldLook]) -> Blueprint | None:
    """Return another site's new build as a blueprint of this case, its fields by their roles; None where none fits."""
    rows, plans = _on_page(repair.new, page)
    there = case.blueprint.model_copy(update={"kind": repair.new.kind, "rows": rows, "fields": plans})
    records = [record for page_records in given(case, printed(there)) for record in page_records]
    if not records:
        return None
    roles = _roles(repair.old, case.blueprint)
    matched = _matched(looks, plans, records, roles)
    if not matched:
        return None
    names = {plan.name: name for name, plan in matched.items()}
    needs = tuple(names[need] for need in rows.needs if need in names)
    fields = tuple(plan.model_copy(update={"name": name}) for name, plan in matched.items())
    update = {"fields": fields, "rows": rows.model_copy(update={"needs": needs})}
    return with_missing(page, there.model_copy(update=update), looks)


def _matched(
    looks: Sequence[FieldLook],
    plans: Sequence[FieldPlan],
    records: Sequence[Record],
    roles: frozenset[tuple[str, str]],
) -> dict[str, FieldPlan]:
    """Return for each field of the case the remembered one that plays its role, each once, the surest first."""
    rated = []
    for look in looks:
        for plan in plans:
            like = look.likeness([record.get(plan.name) or None for record in records])
            if like >= LIKE:
                rated.append((like + ROLE * ((plan.name, look.name) in roles), look.name, plan))
    matched: dict[str, FieldPlan] = {}
    for _, name, plan in sorted(rated, key=lambda each: -each[0]):
        if name not in matched and plan not in matched.values():
            matched[name] = plan
    return {look.name: matched[look.name] for look in looks if look.name in matched}


def _roles(old: Build, blueprint: Blueprint) -> frozenset[tuple[str, str]]:
    """Return the pairs of a remembered field and one of this source that were found by the same selector before."""
    mine = {(_bare(selector), plan.reader): plan.name for plan in blueprint.fields for selector in plan.selectors}
    return frozenset(
        (plan.name, mine[way])
        for plan in old.fields
        for selector in plan.selectors
        if (way := (_bare(selector), plan.reader)) in mine
    )


def _bare(selector: str) -> str:
    return CLASS.sub(lambda found: f".{stem(found[1])}", selector)


def _on_page(build: Build, page: Page) -> tuple[Rows, tuple[FieldPlan, ...]]:
    """Return rows and fields with class names as this page's build has them: a hash is another one on every site."""
    counts = Counter(name for element in outline_of(page).elements for name in classes(element))
    here: dict[str, str] = {}
    for name, _ in counts.most_common():
        here.setdefault(stem(name), name)
    fields = tuple(
        plan.model_copy(update={"selectors": tuple(_renamed(each, counts, here) for each in plan.selectors)})
        for plan in build.fields
    )
    return build.rows.model_copy(update={"selector": _renamed(build.rows.selector, counts, here)}), fields


def _renamed(selector: str, there: Mapping[str, int], here: Mapping[str, str]) -> str:
    def name_of(found: re.Match[str]) -> str:
        name = found[1]
        return f".{name if name in there else here.get(stem(name) or name, name)}"

    return CLASS.sub(name_of, selector)
