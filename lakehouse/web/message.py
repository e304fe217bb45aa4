"""What is asked of the web client, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class FetchRequest:
    """One page that is wanted.

    `etag` and `last_modified` are the validators of an earlier answer. With `render` a GET goes through Chromium, which
    waits for the CSS selector `wait_for`, or else until the network is idle; other methods are never rendered.
    """

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    render: bool = False
    etag: str | None = None
    last_modified: str | None = None
    wait_for: str | None = None


@dataclass(frozen=True)
class Fetched:
    """One answer: `body` is free of content codings, `headers` are as they came, in lower case, without cookies.

    `redirects` are the addresses that were passed through, the one that was asked for first. `elapsed_ms` is the time
    of the last exchange, waits left out. A rendered body is what the scripts made of the page, in UTF-8.
    """

    url: str
    final_url: str
    status: int
    headers: dict[str, str]
    body: bytes
    fetched_at: datetime
    elapsed_ms: int
    not_modified: bool = False
    redirects: tuple[str, ...] = ()
    attempts: int = 1
    rendered: bool = False
