"""A page that a fetcher asks for."""

from __future__ import annotations

from dataclasses import dataclass, field

from lakehouse.fetcher.values import JSON


@dataclass(frozen=True, slots=True)
class Request:
    """Ask the engine for a page; `meta` comes back with the page as `page.meta`."""

    url: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    meta: dict[str, JSON] = field(default_factory=dict)
