"""Which class names, ids and labels mean something to a person, and which are machine-made."""

from __future__ import annotations

import re
from functools import lru_cache

LOOKS = re.compile(
    r"(^|[-_])(odd|even|first|last|active|current|selected|hidden|visible|open|closed|alt|alternate|alternating)([-_]|$)|^row-?\w?$",
    re.IGNORECASE,
)
HASHED = re.compile(
    r"\d{2,}|[-_]\d+$|^(css|sc|jss|emotion|styled|svelte|chakra)-|__[A-Za-z0-9]{5,}$|^[a-z]{1,3}[A-Z0-9][A-Za-z0-9]{3,8}$"
)
IDENT = re.compile(r"^[A-Za-z_-][\w-]*$")


@lru_cache(maxsize=4_000)
def steady_classes(value: str) -> tuple[str, ...]:
    """The class names of an attribute's value that are likely to stay: not hashed, numbered or for looks."""
    return tuple(sorted(name for name in set(value.split()) if is_steady(name)))


def is_steady(name: str) -> bool:
    """Whether a class name or id can be written in CSS as it stands and is likely to stay."""
    return bool(IDENT.match(name)) and not LOOKS.search(name) and not HASHED.search(name)
