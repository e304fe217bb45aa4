"""How well what a blueprint gives on the failing pages looks like what is known."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from lakehouse.agents.extract import extract
from lakehouse.agents.scout.fidelity import printed
from lakehouse.fetcher.errors import PageError, SelectorError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.agents.doctor.case import Case, Record
    from lakehouse.agents.doctor.repair.looks import FieldLook
    from lakehouse.fetcher.page import Page

MANDATORY = 0.6
"""Share of the known records that have a field from which on a repair must give it too."""
FEW = 3


def given(case: Case, blueprint: Blueprint) -> list[list[Record]]:
    """Return the records that a blueprint gives on each failing page, as printed; none where it cannot read one."""
    return [_records(blueprint, page) for page in case.failing]


def _records(blueprint: Blueprint, page: Page) -> list[Record]:
    try:
        found = extract(blueprint, page)
    except (PageError, SelectorError):
        return []
    return [{name: printed(value) for name, value in record.items()} for record in found]


def fits_of(looks: Sequence[FieldLook], records: Sequence[Record]) -> dict[str, float]:
    """Return for each field that records have how much its values look like the known ones."""
    fits = {look.name: look.likeness([record.get(look.name) or None for record in records]) for look in looks}
    return {name: fit for name, fit in fits.items() if fit > 0}


def whole_score(looks: Sequence[FieldLook], fits: Mapping[str, float], rows: int) -> float:
    """Return how well all fields together fit, more for more rows: mandatory fields that are missing cost most."""
    needed = [look.name for look in looks if look.fill > MANDATORY] or [look.name for look in looks]
    rated = [min(1.0, fits[name]) for name in needed if name in fits]
    if not rated:
        return 0.0
    share = len(rated) / len(needed)
    return sum(rated) / len(needed) * share**0.6 + 0.04 * log(1 + rows) - 0.1 * (rows < FEW)
