"""What a source is called when nobody gave it a name."""

from __future__ import annotations

import re
from itertools import chain, count
from urllib.parse import unquote, urlsplit

from lakehouse.source.names import RESERVED_ENDINGS

LONGEST = 40
IDLE = frozenset({"", "index", "home", "main", "www", "api", "data", "list", "v1", "v2", "v3", "html", "php", "en"})
"""Parts of addresses that say nothing of what is there."""


def name_of(url: str, taken: list[str]) -> str:
    """Return a name for the source at an address, from its path or else its host, that no other source has."""
    parts = urlsplit(url)
    path = [_plain(re.sub(r"\.\w{1,5}$", "", part)) for part in unquote(parts.path).split("/")]
    telling = [part for part in path if part not in IDLE and not part.isdigit()]
    host = _plain((parts.hostname or "").removeprefix("www.").partition(".")[0])
    name = (telling[-1] if telling else host)[:LONGEST].strip("_")
    name = name if re.match(r"[a-z]", name) else f"source_{name}".strip("_")
    for ending in RESERVED_ENDINGS:
        name = name.removesuffix(ending)
    numbered = (f"{name}_{number}" for number in count(2))
    return next(each for each in chain([name], numbered) if each not in taken)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
