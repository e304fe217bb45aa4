"""More pairs of data pages than were captured: real pages cut in two, one half with other keys, and strange pages.

Few sites were captured as data, and the gate must learn from more than those what a renamed key and a new envelope look
like, and what another site's data does. The halves share no record, as a day of news shares none with the next month.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.cases import page_of, pair_case, plain
from benchmarks.rungs import case_of
from lakehouse.agents.doctor.case import Case, Known, Record
from lakehouse.agents.doctor.gate.answer import answer
from lakehouse.agents.scout.candidates import candidates, is_html
from lakehouse.contract import Contract, Field
from lakehouse.fetcher import Page

FEWEST = 4
"""Items from which on a list is cut in two."""

STRANGE = 3
"""Strange pages for each case."""

PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


@dataclass(frozen=True)
class DataPair:
    """A case of data, with the group of its site; `wanted` is empty where the page is another source's."""

    name: str
    group: str
    case: Case
    wanted: tuple[Record, ...] = ()


def data_pairs(folders: Sequence[Path]) -> Iterator[DataPair]:
    """Yield halves with other keys for each captured data page, and strange data for all of them."""
    pages = {folder: page_of(folder, "after") for folder in folders}
    pages = {folder: page for folder, page in pages.items() if not is_html(page)}
    for folder, page in pages.items():
        strangers = _strangers(folder, pages)
        captured = case_of(pair_case(folder))
        yield from _strange(f"{folder.name} as captured", folder, captured, strangers[:STRANGE])
        halved = _halved(page, folder) if page.is_json else None
        if halved is None:
            continue
        for change in CHANGES:
            yield changed(f"{folder.name} {change.__name__}", group_of(folder), halved, change)
        yield from _strange(f"{folder.name} halved", folder, halved, strangers[STRANGE:])


def changed(name: str, group: str, halved: Case, change: Callable[[Any], Any]) -> DataPair:
    """Return the case with its failing page changed; wanted is what the old fetcher read of it."""
    (failing,) = halved.failing
    body = json.dumps(change(json.loads(failing.text)), ensure_ascii=False).encode()
    wanted = answer(halved.blueprint, halved.failing).records
    return DataPair(name, group, replace(halved, failing=(Page(failing.url, body, failing.content_type),)), wanted)


def group_of(folder: Path) -> str:
    """Return the group of sites that share a template or an operator."""
    return str(json.loads((folder / "meta.json").read_text(encoding="utf-8"))["group"])


def respelled(document: Any) -> Any:
    """Write every key in another style, with the same words."""
    return _with_keys(document, lambda key: "_".join(part.casefold() for part in PART.findall(key)) + "_")


def shortened(document: Any) -> Any:
    """Shorten every key to what nobody recognises, and put an envelope around all."""
    short = _with_keys(document, lambda key: f"{key[:1].lower()}{zlib.crc32(key.encode()) % 1000}")
    return {"status": "ok", "result": {"page": 1, "payload": short}}


CHANGES = (respelled, shortened)


def halves(document: Any) -> tuple[Any, Any] | None:
    """Return a document with the first and with the second half of its longest list; None where it has no list."""
    longest = max(_lists(document), key=len, default=[])
    if len(longest) < FEWEST:
        return None
    middle = len(longest) // 2
    return _put(document, longest, longest[:middle]), _put(document, longest, longest[middle:])


def _halved(page: Page, folder: Path) -> Case | None:
    """Return the case of a data page whose first half is known, its second failing."""
    records = [plain(r) for r in json.loads((folder / "after.json").read_text(encoding="utf-8"))]
    parts = halves(json.loads(page.text))
    learned = candidates(page, records)[:1]
    if parts is None or not learned:
        return None
    before, after = (
        Page(page.url, json.dumps(part, ensure_ascii=False).encode(), "application/json") for part in parts
    )
    known = answer(learned[0], [before]).records
    if not known or not answer(learned[0], [after]).records:
        return None
    contract = Contract(fields={plan.name: Field(type="text") for plan in learned[0].fields}, min_rows=1)
    return Case(learned[0], contract, (Known(before, known),), (after,))


def _strange(name: str, folder: Path, case: Case, strangers: Sequence[Page]) -> Iterator[DataPair]:
    url = case.failing[0].url
    for place, page in enumerate(strangers):
        yield DataPair(f"{name} {place}", group_of(folder), replace(case, failing=(Page(url, page.body),)))


def _strangers(own: Path, pages: dict[Path, Page]) -> list[Page]:
    """Return a data page of each other group, in an order of their own for each case."""
    others = sorted(pages, key=lambda folder: zlib.crc32(f"{own.name} {folder.name}".encode()))
    first = {group_of(folder): pages[folder] for folder in reversed(others) if group_of(folder) != group_of(own)}
    return list(first.values())


def _lists(value: Any) -> Iterator[list[Any]]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _lists(inner)
    elif isinstance(value, list):
        if any(isinstance(item, dict) for item in value):
            yield value
        for inner in value:
            yield from _lists(inner)


def _put(value: Any, old: list[Any], new: list[Any]) -> Any:
    if value is old:
        return new
    if isinstance(value, dict):
        return {key: _put(inner, old, new) for key, inner in value.items()}
    return [_put(inner, old, new) for inner in value] if isinstance(value, list) else value


def _with_keys(value: Any, spelled: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {spelled(key): _with_keys(inner, spelled) for key, inner in value.items()}
    return [_with_keys(inner, spelled) for inner in value] if isinstance(value, list) else value
