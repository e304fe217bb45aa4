"""One version of one source: its addresses and its views."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lakehouse.demo.site.answer import View


def _nothing(records: Sequence[Any]) -> list[str]:  # noqa: ARG001 - most sources have no pages behind their list
    return []


@dataclass(frozen=True)
class Dress:
    """`home` is the page for people, `data` the address that a source starts at, `details` the pages behind it."""

    home: str
    data: str
    views: Mapping[str, View]
    details: Callable[[Sequence[Any]], list[str]] = _nothing
