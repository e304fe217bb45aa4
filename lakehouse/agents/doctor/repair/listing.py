"""Repairs a listing whose page was built anew: its regions are compared, field by field, with what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.agents.doctor.proposal import Proposal
from lakehouse.agents.doctor.repair.companions import companions_of
from lakehouse.agents.doctor.repair.fit import Fit, fit
from lakehouse.agents.doctor.repair.glance import promising
from lakehouse.agents.doctor.repair.judged import judged
from lakehouse.agents.doctor.repair.looks import looks_of
from lakehouse.agents.doctor.repair.view import view
from lakehouse.agents.doctor.repair.written import written
from lakehouse.agents.scout.outline import outline_of
from lakehouse.agents.scout.regions import regions as regions_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lakehouse.agents.doctor.case import Case
    from lakehouse.agents.doctor.repair.looks import FieldLook
    from lakehouse.fetcher.page import Page

LOOKED_AT = 14
"""Regions of a page that are looked at closely."""
WRITTEN = 6
MOST = 4


def regions(case: Case) -> Iterator[Proposal]:
    """Propose the regions of the failing pages whose columns look most like the known fields, best first.

    Nothing is said of sources whose records stand on pages of their own.
    """
    alone = case.blueprint.kind == "detail" or case.blueprint.details is not None
    looks = [] if alone else looks_of(case)
    if not looks or not case.failing:
        return
    page = max(case.failing, key=lambda page: len(page.text))
    made = [proposal for fit in _fits(case, page, looks)[:WRITTEN] if (proposal := written(case, fit))]
    yield from judged(case, made)[:MOST]


def _fits(case: Case, page: Page, looks: Sequence[FieldLook]) -> list[Fit]:
    tree = outline_of(page)
    companions = companions_of(case)
    found = promising(regions_of(tree), looks, LOOKED_AT)
    fits = [fit(view(page, tree, region), looks, companions) for region in found]
    return sorted((each for each in fits if each.chosen), key=lambda each: -each.score)
