"""Names for fields that come by paths: short, different, and fit for a contract."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.fetcher.paths import Step

LONGEST = 63
MACHINE = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}|[0-9a-f]{16}", re.IGNORECASE)
"""Ids and hashes, that tell a person nothing."""
WHOLE = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "Ae", "œ": "oe", "đ": "d"})
"""Letters that are no other letter with an accent."""
HOLDERS = frozenset({"attributes", "properties", "node", "fields", "source", "data", "item", "record", "edges"})
"""Keys that wrap a whole record, and say nothing of the field."""
WRAPPED = frozenset({"value", "rendered", "text", "raw", "plain", "content_text", "t"})
"""Keys of a value inside an object, whose own key is the name."""
SHARED = frozenset(
    {"name", "id", "title", "label", "url", "href", "link", "code", "type", "date", "key", "slug", "description"}
)
"""Keys that many objects have, so that the name says whose they are."""


def snake(words: str, otherwise: str = "field") -> str:
    """A name of small letters, digits and underscores, without accents; `otherwise` where no letter would be left."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", words.translate(WHOLE)) if not unicodedata.combining(letter)
    )
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", plain)
    # A word that is half of letters outside ASCII would lose its sense with them.
    readable = sum(letter.isascii() for letter in spaced if letter.isalpha()) * 2 > sum(map(str.isalpha, spaced))
    name = re.sub(r"[^A-Za-z0-9]+", "_", spaced).strip("_").lower() if readable and not MACHINE.search(plain) else ""
    if name[:1].isdigit():
        name = f"{otherwise}_{name}"
    return name[:LONGEST].rstrip("_") or otherwise


def names_of(paths: Sequence[Sequence[Step]]) -> list[str]:
    """A name for each path: the last key, with those before it where two paths would share it."""
    keys = [_speaking([snake(step) for step in path if isinstance(step, str)]) for path in paths]
    short = [_short(each) for each in keys]
    owners = Counter(short[place] for place in {path: place for place, path in enumerate(map(tuple, paths))}.values())
    return [name if owners[name] == 1 else "_".join(each) for name, each in zip(short, keys, strict=True)]


def different(names: Sequence[str]) -> list[str]:
    """The names, those that came before numbered from 2."""
    found: dict[str, None] = {}
    for name in names:
        number, unique = 1, name[:LONGEST]
        while unique in found:
            number += 1
            unique = f"{name[: LONGEST - 4]}_{number}"
        found[unique] = None
    return list(found)


def _speaking(keys: list[str]) -> list[str]:
    kept = [key for key in keys[:-1] if key not in HOLDERS] + keys[-1:]
    if len(kept) > 1 and kept[-1] in WRAPPED:
        kept.pop()
    return kept or ["value"]


def _short(keys: list[str]) -> str:
    return "_".join(keys[-2:]) if keys[-1] in SHARED else keys[-1]
