"""The data sources of the demo site are read after its redesign as they were before, value by value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lakehouse.agents.blueprint import FieldPlan, Rows
from lakehouse.agents.doctor.repair.data import data
from lakehouse.agents.doctor.repair.retype import Retyped, retype
from lakehouse.agents.extract import extract
from tests.agents.doctor.repair.town import Town, town


def plan(name: str, reader: str, path: str = "", **options: Any) -> FieldPlan:
    return FieldPlan(name=name, reader=reader, selectors=(path or name,), options=options)


def healed(source: Town) -> tuple[Retyped, list[dict[str, Any]]]:
    proposal = next(iter(data(source.case)))
    found = retype(source.case, proposal.blueprint)
    return found, extract(found.blueprint, source.case.failing[0])


def permits(days: int) -> Town:
    return town(
        "permits",
        "json",
        Rows(form="json", selector="data"),
        plan("number", "text", "permit_number"),
        plan("kind", "text", "type"),
        plan("status", "text"),
        plan("address", "text"),
        plan("issued", "date", "issued_on"),
        plan("valuation", "money", currency="USD"),
        plan("contractor", "text"),
        plan("trades", "items", "trades[*]"),
        plan("updated_at", "datetime"),
        days=days,
    )


def air(days: int) -> Town:
    return town(
        "air",
        "csv",
        Rows(form="csv"),
        plan("station", "text"),
        plan("measured_at", "datetime", "measured_at_utc"),
        plan("pm25", "number"),
        plan("no2", "number"),
        plan("index", "number", "aqi"),
        plan("provisional", "boolean", "status", true=("provisional",), false=("verified",)),
        days=days,
    )


def news(days: int) -> Town:
    return town(
        "news",
        "feed",
        Rows(form="feed"),
        *(plan(name, "text") for name in ("id", "title", "summary", "author")),
        plan("url", "link", "link"),
        plan("published", "datetime"),
        plan("categories", "items", "categories[*]"),
        days=days,
    )


def fees(days: int) -> Town:
    return town(
        "fees",
        "pdf",
        Rows(form="pdf"),
        *(plan(name.lower(), "text", name) for name in ("Code", "Department", "Service", "Unit")),
        plan("fee", "money", "Fee", currency="USD"),
        plan("effective", "date", "Effective", order="MDY"),
        days=days,
    )


@pytest.mark.parametrize(
    ("source", "days"), [(news, 1), (news, 20), (permits, 1), (permits, 20), (air, 1), (air, 20), (fees, 20)]
)
def test_a_source_is_read_as_before(source: Callable[[int], Town], days: int) -> None:
    found, records = healed(case := source(days))
    assert records == case.truth
    assert min(found.sure.values()) >= 0.5
