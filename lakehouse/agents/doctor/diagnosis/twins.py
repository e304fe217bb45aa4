"""Which known page stood where a failing one stands now."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from lakehouse.agents.doctor.case import Known


def twin_of(url: str, known: Sequence[Known]) -> Known | None:
    """Return the known page of an address, or else one whose address differs in its query, or in its last part."""
    for pattern in (str, _path, _folder):
        for each in known:
            if pattern(each.page.url) == pattern(url):
                return each
    return None


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.netloc + parts.path.rstrip("/")


def _folder(url: str) -> str:
    above, _, last = _path(url).rpartition("/")
    return f"{above}/" if above else last
