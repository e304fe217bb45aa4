"""Repairs the fetcher of pages with one record each by a record that is still there: where its values stand now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from statistics import fmean
from typing import TYPE_CHECKING

from lakehouse.agents.doctor.gate.retold import common_lines
from lakehouse.agents.doctor.proposal import Proposal
from lakehouse.agents.doctor.repair.detail import details, is_detail, own_address
from lakehouse.agents.doctor.repair.found_again import found_again
from lakehouse.agents.extract import read_field
from lakehouse.agents.scout.fidelity import printed
from lakehouse.agents.scout.induce import induce
from lakehouse.agents.scout.match import agree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lakehouse.agents.blueprint import FieldPlan
    from lakehouse.agents.doctor.case import Case, Record
    from lakehouse.fetcher.page import Page

LEAST = 0.5
"""Share of a page's known values that must be read again for a proposal to be one."""

NEARLY = 0.7
"""Lines of a list, of both sides, that must be the known ones for a place to be where it stands."""


def detail_anchors(case: Case) -> Iterator[Proposal]:
    """Propose the blueprint that reads a known record where it stands on its page.

    A value that is found again nowhere, or not as a whole, is read where such values most likely stand now.
    """
    if not is_detail(case):
        return
    found = ((page, there[0]) for page in case.failing if (there := found_again(page, case.records)))
    page, there = max(found, key=lambda pair: len(pair[1]), default=(None, {}))
    if page is None:
        return
    record = next(record for record in case.records if there.items() <= record.items())
    again = {plan.name: plan for plan in _plans(page, record) if _reads(plan, page, record)}
    if len(again) >= max(2, LEAST * len(there)):
        yield _proposal(case, page, again)


def _plans(page: Page, record: Record) -> tuple[FieldPlan, ...]:
    learned = induce(page, [{name: value for name, value in record.items() if value}])
    return learned.fields if learned.kind == "detail" else ()


def _reads(plan: FieldPlan, page: Page, record: Record) -> bool:
    """Tell whether a plan reads the known value, or nearly all lines of a list."""
    said = printed(read_field(page.one(), plan))
    return agree(said, record[plan.name]) or common_lines(said, record[plan.name]) >= NEARLY


def _proposal(case: Case, page: Page, again: Mapping[str, FieldPlan]) -> Proposal:
    """Return the details' own proposal for the page, or none of it, with the places of what was found again."""
    own = own_address(case.blueprint)
    missing = [name for name in case.fields if name not in again and name not in own]
    likely = next(iter(details(replace(case, failing=(page,)))), None) if missing else None
    others = {plan.name: plan for plan in likely.blueprint.fields if plan.name in missing} if likely else {}
    plans = {**own, **again, **others}
    blueprint = case.blueprint.model_copy(
        update={
            "kind": "detail",
            "rows": case.blueprint.rows.model_validate({"form": "one"}),
            "fields": tuple(plans[name] for name in [*own, *case.fields] if name in plans),
        }
    )
    fits = dict.fromkeys([*own, *again], 1.0) | {name: likely.fits[name] for name in others if likely}
    note = f"{len(again)} values of a known record were found again"
    return Proposal("anchors", blueprint, fits, fmean([fits.get(name, 0.0) for name in plans]), (note,))
