"""The pages and the records of an incident beside each other: when it went well, and now."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lakehouse.agents.doctor.evidence_pages import page_of
from lakehouse.agents.doctor.incident import CaptureRef, Incident
from lakehouse.agents.doctor.report_outline import Pair, beside, lines_of
from lakehouse.errors import CorruptInStore, NotInStore
from lakehouse.lake import Lake
from lakehouse.lake.table import Table

MOST_SIDES = 3
MOST_ROWS = 5
LONGEST_VALUE = 200


@dataclass(frozen=True)
class Side:
    """One address, as it was on the good day and as it is: either may be missing."""

    address: str
    before: CaptureRef | None
    after: CaptureRef | None
    pairs: tuple[Pair, ...]
    before_picture: str = ""
    after_picture: str = ""


@dataclass(frozen=True)
class Records:
    """A few records with where they come from; `note` says why there are none."""

    title: str
    fields: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def sides_of(lake: Lake, incident: Incident) -> tuple[Side, ...]:
    """Return the first failing addresses with their good pages, or with any good page where one had none."""
    good = {ref.request_url: ref for ref in incident.good}
    newest: dict[str, CaptureRef] = {}
    for ref in sorted(incident.failing, key=lambda ref: ref.day, reverse=True):
        newest.setdefault(ref.request_url, ref)
    other = next((ref for address, ref in good.items() if address not in newest), None)
    shown = list(newest.items())[:MOST_SIDES]
    return tuple(_side(lake, good.get(address, other), ref) for address, ref in shown)


def records_of(lake: Lake, incident: Incident, proof: Mapping[str, Any]) -> tuple[Records, ...]:
    """Return records of the last good day, those that are in the table now, and those that the candidate gives."""
    name, newest = incident.source, incident.days[-1:]
    table = lake.table(f"silver/{name}")
    good = _stored(table, incident.good_day) if incident.good_day else []
    before = good or [dict(row) for row in proof.get("before", ())]
    title = f"the last good day, {incident.good_day}" if incident.good_day else "the last good day"
    return (
        _records(title, before, "There is no good day."),
        _records(f"the table now, {', '.join(newest)}", _stored(table, *newest), "The table has no row of that day."),
        _records("the candidate", proof.get("after", ()), "No candidate was tried on the failing days."),
    )


def _side(lake: Lake, before: CaptureRef | None, after: CaptureRef) -> Side:
    left, right = (_lines(lake, ref) for ref in (before, after))
    pictures = (_picture(lake, ref) for ref in (before, after))
    return Side(after.request_url, before, after, tuple(beside(left, right)), *pictures)


def _lines(lake: Lake, ref: CaptureRef | None) -> list[str]:
    if ref is None:
        return []
    if ref.sha256 is None:
        return [f"(no answer: {ref.error})"]
    try:
        return lines_of(page_of(lake, ref))
    except (NotInStore, CorruptInStore) as error:
        return [f"({error})"]


def _picture(lake: Lake, ref: CaptureRef | None) -> str:
    if ref is None or ref.screenshot is None:
        return ""
    try:
        return base64.b64encode(lake.bodies.get(ref.screenshot)).decode()
    except (NotInStore, CorruptInStore):
        return ""


def _stored(table: Table, *days: str) -> list[dict[str, Any]]:
    there = sorted({*days} & {*table.days()})
    if not there:
        return []
    rows = table.read(there).sort("_capture", "_row").head(MOST_ROWS).to_dicts()
    return [{key: value for key, value in row.items() if key != "day" and not key.startswith("_")} for row in rows]


def _records(title: str, rows: Sequence[Mapping[str, Any]], note: str) -> Records:
    names = dict.fromkeys(key for row in rows for key in row if key != "day" and not key.startswith("_"))
    told = tuple(tuple(_cell(row.get(name)) for name in names) for row in rows[:MOST_ROWS])
    return Records(title, tuple(names), told, "" if rows else note)


def _cell(value: Any) -> str:
    text = "" if value is None else f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
