"""The registry's two marks: ids that sort by time, and the SHA-256 of what is kept."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from uuid import uuid4

FORM = "%Y%m%dT%H%M%S.%fZ"


def time_ordered_id(at: datetime) -> str:
    """Return an id that nobody else makes and that sorts by `at`, which is UTC."""
    return f"{at:{FORM}}-{uuid4().hex[:8]}"


def moment_of(mark: str) -> datetime | None:
    """Return the time by which an id sorts; None for one that is not made so."""
    try:
        return datetime.strptime(mark.partition("-")[0], FORM).replace(tzinfo=UTC)
    except ValueError:
        return None


def sha256(text: str | bytes) -> str:
    """Return the SHA-256 of a text's UTF-8, or of bytes, in hex."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()
