"""What a page of the site is asked for, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class MenuItem:
    """One entry of the site's menu."""

    title: str
    path: str


@dataclass(frozen=True)
class Asked:
    """One request as a view sees it: `words` are the parts of the path that its route names."""

    path: str
    records: Sequence[Any]
    query: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""
    menu: Sequence[MenuItem] = ()


@dataclass(frozen=True)
class Answer:
    """One response before caching and compression."""

    body: bytes
    content_type: str = HTML
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


View = Callable[[Asked], Answer | None]
"""A view answers a request, or None where there is no such page."""


def moved_to(pattern: str) -> View:
    """Return a view that sends every request on for good; words of the route and the query fill the pattern."""

    def redirect(asked: Asked) -> Answer:
        words = {"page": "1", **asked.query, **asked.words}
        target = pattern.format(**{name: quote(word, safe="") for name, word in words.items()})
        return Answer(b"", status=301, headers={"Location": target})

    return redirect
