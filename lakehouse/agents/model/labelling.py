"""What a model's code reads off pages, in the sandbox, and the blueprint of our own that gives the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.extract import extract
from lakehouse.agents.model.skeleton import is_html
from lakehouse.agents.scout.fidelity import printed
from lakehouse.agents.scout.induce import induce
from lakehouse.errors import SandboxUnavailable
from lakehouse.fetcher import Money, Unread
from lakehouse.fetcher.page import Page
from lakehouse.sandbox import Limits, PageInput, Record, Value, Worker, self_test
from lakehouse.sandbox.inside.layers import REQUIRED

LABELLED = 5
"""Pages that are read for their labels."""
LIMITS = Limits(parse_seconds=5, memory=384 << 20, output=4 << 20, records=5000)

COLUMN = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_FIELDS = 16

Labels = tuple[dict[str, str], ...]


@dataclass(frozen=True)
class Labelled:
    """Records of each page, as text, field by field."""

    code: str
    pages: tuple[Labels, ...]

    @property
    def records(self) -> Labels:
        """Return the records of all pages."""
        return tuple(record for page in self.pages for record in page)


def labelled(code: str, pages: Sequence[Page], fields: Sequence[str], name: str) -> Labelled:
    """Return what a model's module reads off pages; raises `SandboxError`.

    Without `fields` their names are the model's, as far as they are names of columns. Raises `SandboxUnavailable` where
    the sandbox lacks one of its required locks: such code runs locked or not at all.
    """
    missing = set(REQUIRED) - set(self_test())
    if missing:
        raise SandboxUnavailable(f"code of a model needs the lock {missing.pop()}.", layer="seccomp")
    with Worker(code, name=name, limits=LIMITS) as worker:
        parsed = [
            worker.parse(PageInput(each.url, each.body, each.content_type, each.meta)) for each in pages[:LABELLED]
        ]
    return Labelled(code, tuple(_labels(each.records, fields) for each in parsed))


def _labels(records: Sequence[Record], fields: Sequence[str]) -> Labels:
    names = fields or _named(records)
    told = ({name: _text(record.get(name)) for name in names} for record in records)
    return tuple({name: value for name, value in record.items() if value} for record in told if any(record.values()))


def _named(records: Sequence[Record]) -> list[str]:
    """Return the names that a model gave, as far as they are names of columns."""
    names = dict.fromkeys(name for record in records for name in record)
    return [name for name in names if COLUMN.fullmatch(name)][:MOST_FIELDS]


def _text(value: Value) -> str:
    if isinstance(value, Unread):
        return value.raw
    return f"{value.amount} {value.currency or ''}".strip() if isinstance(value, Money) else printed(value)


def learned(found: Labelled, pages: Sequence[Page]) -> Blueprint | None:
    """Return the blueprint that our own induction learns from the labels of the fullest page, if it can."""
    page, labels = max(zip(pages, found.pages, strict=False), key=lambda pair: len(pair[1]))
    if not labels or not is_html(page):
        return None
    return induce(page, labels)


def given(blueprint: Blueprint, pages: Sequence[Page]) -> Labels:
    """Return the records, as text, that a blueprint reads off the pages that were labelled."""
    found = (record for page in pages[:LABELLED] for record in extract(blueprint, page))
    return tuple({name: text for name, value in record.items() if (text := printed(value))} for record in found)
