"""The truth in the form in which a right fetcher gives it."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from lakehouse.demo.site.catalogue import CATALOGUE, SourceName


def true_records(source: SourceName, day: date, origin: str) -> list[dict[str, Any]]:
    """Return the records of a day in the page's order; paths become addresses below `origin`."""
    return [_record(thing, origin) for thing in CATALOGUE[source].records(day)]


def _record(thing: Any, origin: str) -> dict[str, Any]:
    record = {field.name: getattr(thing, field.name) for field in fields(thing)}
    return record | ({"url": origin + record["url"]} if "url" in record else {})
