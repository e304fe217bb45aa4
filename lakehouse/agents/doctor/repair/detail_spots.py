"""A place on a page where a value of its one record may stand, and what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lakehouse.agents.scout.match import bare
from lakehouse.fetcher.links import absolute

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lakehouse.fetcher.page import Page

LONGEST = 6_000
MOST_ITEMS = 150


class Source(NamedTuple):
    """What tells a place apart.

    `kind` is "ld" (linked data), "prop" (microdata), "meta" (the head), "label", "body" or "image"; `owner` the type of
    an entity; `key` its path, or the name, the label or the selector of anything else.
    """

    kind: str
    owner: str
    key: str


@dataclass(frozen=True)
class Spot:
    """A place by its selector; `words` are those of the names around it, `heading` stands above it."""

    selector: str
    source: Source
    words: frozenset[str] = frozenset()
    heading: str = ""


@dataclass(frozen=True, eq=False)
class Offer:
    """A spot and what stands there: its texts in order, and the address of the first."""

    spot: Spot
    texts: tuple[str, ...]
    address: str

    @cached_property
    def bare_texts(self) -> tuple[str, ...]:
        """The texts in the form in which two are compared."""
        return tuple(map(bare, self.texts))


def read_spots(page: Page, spots: Iterable[Spot]) -> list[Offer]:
    """Return what stands at each spot of a page, without the empty ones."""
    first_of = {spot.selector: spot for spot in reversed(list(spots))}
    return [offer for spot in reversed(first_of.values()) if (offer := _read(page, spot))]


def _read(page: Page, spot: Spot) -> Offer | None:
    nodes = page.one().select(spot.selector)[:MOST_ITEMS]
    texts = tuple(text for node in nodes if (text := node.text[:LONGEST]))
    written = nodes[0].address if nodes else None
    address = absolute(page.base, written) if written else None
    found = address if isinstance(address, str) else ""
    return Offer(spot, texts, found) if texts or found else None
