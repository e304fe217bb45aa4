"""What goes into the sandbox and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from lakehouse.fetcher import Money, Request, Unread
from lakehouse.fetcher.values import JSON

Value: TypeAlias = str | int | float | bool | Decimal | date | datetime | Money | Unread | list[str] | None
"""What a field of a record may hold."""

Record: TypeAlias = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one worker may use; sizes in bytes, times in seconds."""

    parse_seconds: float = 10
    """Wall-clock time for one page."""

    memory: int = 512 << 20
    """Address space of the worker, libraries included."""

    cpu_seconds: int = 600
    """Processor time over the worker's life."""

    output: int = 16 << 20
    """Size of one answer."""

    records: int = 100_000
    """Records of one page."""

    requests: int = 10_000
    """Requests of one page."""


@dataclass(frozen=True, slots=True)
class PageInput:
    """One page as the engine fetched it."""

    url: str
    body: bytes
    content_type: str = ""
    meta: Mapping[str, JSON] = field(default_factory=dict)
    link_header: str = ""


@dataclass(frozen=True, slots=True)
class FieldAnswers:
    """How a field's selectors did on one page: `counts[i]` values came from selector i, `missed` from none."""

    field: str
    selectors: tuple[str, ...]
    counts: tuple[int, ...]
    missed: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a fetcher made of one page."""

    records: list[Record]
    requests: list[Request]
    answers: list[FieldAnswers]
