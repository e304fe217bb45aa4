"""What addresses look like: how they end, and which words stand in them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NO_PAGE = ("#", "javascript:", "mailto:", "tel:", "data:")
HOST = re.compile(r"^(?:https?:)?//[^/]+")
ENDING = re.compile(r"\.(\w{2,5})(?:[?#]|$)")
PAGES = frozenset({"htm", "html", "shtml", "xhtml", "php", "asp", "aspx", "jsp", "cfm", "do"})
WORD = re.compile(r"[a-z]{3,}")
MOST = 0.6
"""Share of the addresses with an ending from which on all are taken to lead to files of that kind."""

FLOOR = 0.3
"""What any address is worth: those of a new site may have nothing in common with the old ones."""


@dataclass(frozen=True)
class AddressLook:
    """Shares of the known addresses that end in each way, and that have each word."""

    endings: Mapping[str, float]
    words: Mapping[str, float]

    @classmethod
    def of(cls, addresses: Sequence[str]) -> AddressLook:
        """Return what addresses look like."""
        return cls(
            _shares(Counter(map(_ending, addresses)), len(addresses)),
            _shares(Counter(word for address in addresses for word in _words(address)), len(addresses)),
        )

    @property
    def file(self) -> str:
        """Return the ending of files that the addresses lead to, "" where most have none or are pages."""
        found = max(self.endings, key=lambda ending: self.endings[ending], default="")
        return found if self.endings.get(found, 0.0) >= MOST and found not in PAGES else ""

    def likeness(self, addresses: Sequence[str]) -> float:
        """Return how much other addresses look like these; 0 where none of them leads to a page."""
        if all(address.casefold().startswith(NO_PAGE) for address in addresses):
            return 0.0
        ends = sum(self.endings.get(_ending(address), 0.0) for address in addresses)
        says = sum(max((self.words.get(word, 0.0) for word in _words(a)), default=0.0) for a in addresses)
        return FLOOR + (1 - FLOOR) * (0.55 * ends + 0.45 * says) / len(addresses)


def _shares(counts: Counter[str], size: int) -> dict[str, float]:
    return {key: count / size for key, count in counts.items()}


@lru_cache(maxsize=50_000)
def _ending(address: str) -> str:
    found = ENDING.search(HOST.sub("", address))
    return found[1].casefold() if found else ""


@lru_cache(maxsize=50_000)
def _words(address: str) -> frozenset[str]:
    return frozenset(WORD.findall(ENDING.sub("", HOST.sub("", address.casefold()), count=1)))
