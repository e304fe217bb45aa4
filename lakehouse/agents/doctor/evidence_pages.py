"""The kept pages of an incident: a few of each kind, those that failed and those that were read well."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, zip_longest
from typing import Any
from urllib.parse import urlsplit

import polars as pl

from lakehouse.agents.doctor.incident import CaptureRef
from lakehouse.fetcher import Page
from lakehouse.lake import Lake
from lakehouse.profile import FAILED_PAGE

MOST_PAGES = 20
"""Pages of each side: enough for a repair to be proved on, few enough to be looked at."""

MOST_DAYS = 3
"""Failing days from which pages are taken, the newest: what the site looks like now is what a repair must read."""

_SECRET = frozenset({"set-cookie", "authorization", "www-authenticate"})

Row = dict[str, Any]


def page_of(lake: Lake, ref: CaptureRef) -> Page:
    """Return a kept response as the page that a fetcher is shown; one without a body is an empty page."""
    body = lake.bodies.get(ref.sha256) if ref.sha256 else b""
    return Page(ref.url or ref.request_url, body, ref.content_type, dict(ref.meta), ref.headers.get("link", ""))


def pages_of(lake: Lake, refs: Iterable[CaptureRef]) -> list[Page]:
    """Return the pages among kept responses that a fetcher would be given: refusals and failed requests are none."""
    return [page_of(lake, ref) for ref in refs if is_page(ref)]


def is_page(ref: CaptureRef) -> bool:
    """Return whether a response is a page that can be parsed."""
    return ref.sha256 is not None and (ref.status or 0) < 400


def failing_pages(lake: Lake, name: str, days: Sequence[str]) -> tuple[CaptureRef, ...]:
    """Return responses of the newest failing days, those whose page the fetcher failed on first among their kind."""
    rows = _last_rounds(_captures(lake, name, days[-MOST_DAYS:]))
    failed = _captures_with(lake, f"silver/{name}__rejects", days, pl.col("_row") == FAILED_PAGE)
    newest_first = sorted(rows, key=lambda row: row["seq"])
    newest_first.sort(key=lambda row: row["day"], reverse=True)
    return _refs(_some(newest_first, lambda row: (row["capture_id"] in failed, _is_whole(row), _kind(row))))


def good_pages(lake: Lake, name: str, day: str | None, failing: Sequence[CaptureRef]) -> tuple[CaptureRef, ...]:
    """Return pages of a good day that gave records, those of the same addresses as the failing ones first."""
    if day is None:
        return ()
    gave = _captures_with(lake, f"silver/{name}", [day])
    rows = [row for row in _captures(lake, name, [day]) if row["capture_id"] in gave]
    order = {ref.request_url: place for place, ref in enumerate(failing)}
    same = sorted((row for row in rows if row["request_url"] in order), key=lambda row: order[row["request_url"]])
    other = sorted((row for row in rows if row["request_url"] not in order), key=lambda row: row["seq"])
    return _refs([*same, *_some(other, _kind)][:MOST_PAGES])


def _captures(lake: Lake, name: str, days: Sequence[str]) -> list[Row]:
    table = lake.table(f"bronze/{name}")
    there = sorted({*days} & {*table.days()})
    return table.read(there).sort("fetched_at", "seq").to_dicts() if there else []


def _captures_with(lake: Lake, name: str, days: Sequence[str], condition: pl.Expr | None = None) -> set[str]:
    table = lake.table(name)
    there = sorted({*days} & {*table.days()})
    frame = table.read(there, ["_capture", "_row"]) if there else pl.DataFrame(schema={"_capture": pl.String})
    return {*(frame if condition is None or not there else frame.filter(condition))["_capture"]}


def _last_rounds(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of each day's last fetch."""
    last = {row["day"]: row["run_id"] for row in rows}
    return [row for row in rows if row["run_id"] == last[row["day"]]]


def _some(rows: Iterable[Row], kind: Callable[[Row], Any]) -> list[Row]:
    """Return at most `MOST_PAGES` rows, one of each kind in turn, so that no kind crowds out another."""
    kinds: dict[Any, list[Row]] = {}
    for row in rows:
        kinds.setdefault(kind(row), []).append(row)
    in_turn = chain.from_iterable(zip_longest(*kinds.values()))
    return [row for row in in_turn if row is not None][:MOST_PAGES]


def _kind(row: Row) -> str:
    """Return the address without what tells one page of a kind from another: numbers, and its last word."""
    parts = urlsplit(row["request_url"])
    folder, _, last = parts.path.rpartition("/")
    names = sorted(part.partition("=")[0] for part in parts.query.split("&"))
    return "|".join((re.sub(r"\d+", "0", folder), str(bool(last)), *names))


def _is_whole(row: Row) -> bool:
    return row["sha256"] is not None and not row["error"] and (row["status"] or 0) < 400


def _refs(rows: Iterable[Row]) -> tuple[CaptureRef, ...]:
    return tuple(_ref(row) for row in rows)


def _ref(row: Row) -> CaptureRef:
    headers: dict[str, str] = json.loads(row["headers"] or "{}")
    return CaptureRef(
        capture_id=row["capture_id"],
        day=row["day"],
        request_url=row["request_url"],
        url=row["url"] or "",
        status=row["status"],
        content_type=row["content_type"] or "",
        headers={key: value for key, value in headers.items() if key.lower() not in _SECRET},
        sha256=row["sha256"],
        meta=json.loads(row["meta"] or "{}"),
        rendered=bool(row["rendered"]),
        error=row["error"] or "",
    )
