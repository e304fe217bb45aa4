"""Permits as an office gives them in every format, and the case of a doctor whose fetcher read one of these formats."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Kind, Rows
from lakehouse.agents.doctor.case import Case, Known, Record
from lakehouse.agents.extract import extract
from lakehouse.agents.scout.fidelity import printed as as_text
from lakehouse.contract import Contract
from lakehouse.fetcher import Page

NAMES: tuple[str, ...] = ("number", "holder", "filed", "expires", "fee", "url")
STREETS = ("Elm", "Oak", "Main", "High", "Mill", "Lake")
HOLDERS = ("Baker & Sons", "Orchard Homes LLC", "T. Whitfield", "Harbor Works Inc.", "Ames Roofing", "City of Dell")
CONTRACT = Contract.model_validate(
    {
        "fields": {
            "number": {"type": "text", "required": True},
            "holder": "text",
            "filed": "date",
            "expires": "date",
            "fee": "decimal",
            "url": "url",
        },
        "key": ["number"],
    }
)


def permits(first: int = 0, count: int = 12) -> list[dict[str, str]]:
    """Give permits as they are printed; those of other numbers are others."""
    return [
        {
            "number": f"B-{2400 + place}",
            "holder": f"{HOLDERS[place * 5 % 6]}, {place + 1} {STREETS[place % 6]} St",
            "filed": f"2024-{1 + place % 12:02}-{1 + place * 7 % 28:02}",
            "expires": f"2026-{1 + (place + 5) % 12:02}-{1 + place * 11 % 28:02}",
            "fee": f"{40 + place * 13}.50",
            "url": f"https://permits.example/view/B-{2400 + place}",
        }
        for place in range(first, first + count)
    ]


def answer(document: Any, url: str = "https://permits.example/api") -> Page:
    """Give a page of JSON."""
    return Page(url, json.dumps(document).encode(), "application/json")


def table(rows: list[list[str]], delimiter: str = ",", above: str = "") -> Page:
    """Give a page of comma-separated text, perhaps under other lines."""
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return Page("https://permits.example/list.csv", (above + written.getvalue()).encode(), "text/csv")


def case(
    page: Page,
    failing: Page,
    rows: Rows | None = None,
    kind: Kind = "json",
    *,
    recent: bool = False,
    paths: Mapping[str, str] | None = None,
) -> Case:
    """Give the case of a source that failed on a page; its fetcher read each field at its name, or at its path."""
    fields = tuple(
        FieldPlan(name=name, reader="link" if name == "url" else "text", selectors=(path,))
        for name, path in (paths or dict(zip(NAMES, NAMES, strict=True))).items()
    )
    old = Blueprint(kind=kind, start=page.url, rows=rows or Rows(form="json"), fields=fields, key=("number",))
    return Case(old, CONTRACT, (Known(page, tuple(read(old, page))),), (failing,), recent)


def read(blueprint: Blueprint, page: Page) -> list[Record]:
    """Give the records of a page as text."""
    return [{name: as_text(value) for name, value in record.items()} for record in extract(blueprint, page)]
