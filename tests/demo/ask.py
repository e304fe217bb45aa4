"""Asks the demo site as any client would, without following redirects."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

from lakehouse.demo.site import DemoSite
from lakehouse.fetcher import Page


@dataclass(frozen=True)
class Said:
    """One response as it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode()

    @property
    def json(self) -> Any:
        """Return the body as a JSON value."""
        return json.loads(self.body)

    @property
    def page(self) -> Page:
        """Return the response as a fetcher sees it."""
        return Page("http://page.example/", self.body, self.headers.get("content-type", ""))


def ask(
    site: DemoSite, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, order: Any = None
) -> Said:
    """Return the answer to one request; `order` goes along as JSON."""
    connection = HTTPConnection("127.0.0.1", site.port, timeout=10)
    try:
        body = None if order is None else json.dumps(order)
        connection.request(method, path, body=body, headers={"Connection": "close", **(headers or {})})
        answer = connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Said(answer.status, named, answer.read())
    finally:
        connection.close()
