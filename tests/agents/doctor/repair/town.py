"""The data sources of the demo site, in both of its designs, as cases of a doctor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import lakehouse.demo
from lakehouse.agents.blueprint import Blueprint, FieldPlan, Kind, Rows
from lakehouse.agents.doctor.case import Case, Known
from lakehouse.agents.doctor.repair.retype import printed
from lakehouse.agents.extract import extract
from lakehouse.demo.site.answer import Asked
from lakehouse.demo.site.catalogue import CATALOGUE, SourceName
from lakehouse.fetcher import Page
from lakehouse.source import load_source
from tests.agents.doctor.repair.permits import read

ORIGIN = "http://127.0.0.1:8765"
DAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Town:
    """A source of the town: its case after a redesign, and what its old fetcher would have given of that day."""

    case: Case
    truth: list[dict[str, Any]]


def town(name: SourceName, kind: Kind, rows: Rows, *fields: FieldPlan, days: int = 1) -> Town:
    """Give a source whose site was redesigned; so many days lie between its last good page and the failing one."""
    contract = load_source(
        (Path(lakehouse.demo.__file__).parent / "sources" / name / "source.yaml").read_text()
    ).contract
    old = Blueprint(kind=kind, start=f"{ORIGIN}/{name}", rows=rows, fields=fields, key=contract.key)
    known, failing = page(name, 1, DAY - timedelta(days)), page(name, 2, DAY)
    records = tuple(read(printed(old), known))
    case = Case(old, contract, (Known(known, records),), (failing,), recent=days <= 3)
    return Town(case, extract(old, page(name, 1, DAY)))


def page(name: SourceName, version: int, day: date) -> Page:
    """Give the page of a source as the site answers."""
    entry = CATALOGUE[name]
    dress = entry.dresses[version]
    answer = dress.views[dress.data](Asked(dress.data, entry.records(day), origin=ORIGIN))
    assert answer is not None
    return Page(f"{ORIGIN}{dress.data}", answer.body, answer.content_type)
