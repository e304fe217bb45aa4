"""Conditional requests: an unchanged page answers 304."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from hashlib import sha256

PUBLISHING_HOUR = time(6, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Stamp:
    """The validators of one body."""

    etag: str
    modified: datetime

    @property
    def headers(self) -> dict[str, str]:
        """Return the stamp as response headers; the tag is weak, since bodies are compressed on the way."""
        modified = format_datetime(self.modified, usegmt=True)
        return {"ETag": self.etag, "Last-Modified": modified, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}

    def answers(self, request: Mapping[str, str]) -> bool:
        """Tell whether the asker has this very body; If-None-Match counts before If-Modified-Since (RFC 9110)."""
        if "If-None-Match" in request:
            tags = {tag.strip() for tag in request["If-None-Match"].split(",")}
            return "*" in tags or self.etag in tags
        return request.get("If-Modified-Since") == self.headers["Last-Modified"]


@dataclass
class Stamps:
    """When the body of each address last changed, as far as this site has been asked for it.

    The time of change never goes back, even where the simulated day does, so that no old copy passes for a new one.
    """

    _last: dict[str, Stamp] = field(default_factory=dict)

    def stamp(self, address: str, body: bytes, day: date) -> Stamp:
        """Return the stamp of a body that is served on `day`."""
        etag = f'W/"{sha256(body).hexdigest()[:20]}"'
        last = self._last.get(address)
        if last and last.etag == etag:
            return last
        modified = datetime.combine(day, PUBLISHING_HOUR)
        if last:
            modified = max(modified, last.modified + timedelta(seconds=1))
        self._last[address] = Stamp(etag, modified)
        return self._last[address]
