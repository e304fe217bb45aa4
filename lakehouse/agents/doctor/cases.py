"""From an incident's evidence to the case that a repair starts from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.doctor.case import Case, Known, Record
from lakehouse.agents.doctor.evidence_pages import is_page, page_of
from lakehouse.agents.doctor.gate.answer import answer
from lakehouse.agents.doctor.incident import CaptureRef, Incident
from lakehouse.agents.doctor.repair.retype import printed
from lakehouse.agents.doctor.repair.ways import ways
from lakehouse.agents.scout.induce import induce
from lakehouse.contract import Contract
from lakehouse.engine.replay import captures_of
from lakehouse.errors import RegistryError
from lakehouse.fetcher.page import Page
from lakehouse.lake import Lake
from lakehouse.registry import Registry

RECENT = 14
"""Days between a good page and a failing one within which most records are expected to be still there."""


def case_of(lake: Lake, registry: Registry, incident: Incident, failing: Sequence[Page] = ()) -> Case | None:
    """Return the case of an incident, or None where no page was ever read well.

    `failing` are other pages to repair for, such as those at a new address. Values are as printed, read off the good
    pages by the release that was in force then; where a person wrote that, they are the table's, and a blueprint is
    learned from them, its ways to further pages from the addresses that were fetched.
    """
    contract = registry.source(incident.source).contract
    good = [(ref, page_of(lake, ref)) for ref in incident.good]
    whole = _blueprint(lake, registry, incident)
    blueprint = whole.of_records if whole else None
    known = [
        Known(page, records)
        for ref, page in good
        if (records := _printed(blueprint, page) if blueprint else _stored(lake, incident, ref, contract))
    ]
    if not known:
        return None
    pages = tuple(failing) or tuple(page_of(lake, ref) for ref in incident.failing if is_page(ref))
    learned = blueprint or _learned(lake, incident, known)
    behind = whole if whole and whole.details else None
    case = Case(learned, contract, tuple(known), (), recent=_is_recent(incident), whole=behind)
    return case.with_failing(pages)


def _blueprint(lake: Lake, registry: Registry, incident: Incident) -> Blueprint | None:
    """Return the blueprint of the release that read the good day; none where a person wrote that release."""
    number = good_release(lake, incident)
    try:
        release = registry.read(incident.source, number or incident.release)
    except RegistryError:
        return None
    return Blueprint.model_validate(release.blueprint) if release.blueprint else None


def good_release(lake: Lake, incident: Incident) -> int | None:
    """Return the number of the release that parsed the good day."""
    table = lake.table(f"silver/{incident.source}__checks")
    if incident.good_day is None or not table.exists():
        return None
    numbers = table.read([incident.good_day], ["release"])["release"]
    return int(numbers[0]) if len(numbers) else None


def _learned(lake: Lake, incident: Incident, known: Sequence[Known]) -> Blueprint:
    """Return the blueprint of what a person's release gave, read off the page that it began with, where that is known.

    What it fetched from there says how it went on.
    """
    fetched = [capture.url for capture in captures_of(lake, incident.source, incident.good_day or "")]
    begun = next((each for each in known if each.page.url in fetched[:1]), known[0])
    learned = induce(begun.page, begun.records)
    start = next(iter(fetched), learned.start)
    return learned.model_copy(update={"start": start, "follow": ways(learned, begun.page, fetched)})


def _printed(blueprint: Blueprint, page: Page) -> tuple[Record, ...]:
    return answer(printed(blueprint), [page]).records


def _stored(lake: Lake, incident: Incident, ref: CaptureRef, contract: Contract) -> tuple[Record, ...]:
    """Return the records that the table has of a page, as text."""
    table = lake.table(f"silver/{incident.source}")
    if incident.good_day is None or not table.exists():
        return ()
    frame = table.read([incident.good_day]).filter(pl.col("_capture") == ref.capture_id).sort("_row")
    rows = frame.select(list(contract.fields)).iter_rows(named=True)
    return tuple({name: _text(value) for name, value in row.items() if value is not None} for row in rows)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values() if part is not None)
    return str(value)


def _is_recent(incident: Incident) -> bool:
    if incident.good_day is None or not incident.days:
        return False
    return abs((date.fromisoformat(incident.days[0]) - date.fromisoformat(incident.good_day)).days) <= RECENT
