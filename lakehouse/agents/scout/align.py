"""Which region of a page holds given records, and which of its rows is which record."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from lakehouse.agents.scout.match import ADDRESS, address_key, bare, days
from lakehouse.fetcher.marks import DATE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lakehouse.agents.scout.region import Region
    from lakehouse.agents.scout.rows import Row

MOST_ROWS = 1500
SHARED = 0.1
ADDRESSES = ("href", "src", "data-href", "data-src", "value")


@dataclass
class Alignment:
    """A region, the row of each record (None where none holds it), and how much of the records its rows hold."""

    region: Region
    rows: list[int | None]
    held: float
    tightness: float


@dataclass(frozen=True)
class Sought:
    """A value in the forms in which it may stand in a row."""

    text: str
    address: str
    day: frozenset[str]

    @classmethod
    @lru_cache(maxsize=20_000)
    def of(cls, value: str) -> Sought:
        """The forms of a value."""
        is_address = bool(ADDRESS.match(value.strip()))
        return cls(
            bare(value),
            address_key(value) if is_address else "",
            frozenset(days(value)) if len(value) < 48 else frozenset(),
        )


@dataclass
class Hay:
    """What stands in a row: its text, its addresses and its days."""

    text: str
    addresses: str
    days: frozenset[str]

    @classmethod
    def of(cls, row: Row) -> Hay:
        """What stands in a row."""
        texts = [
            row.text,
            *(
                e.attributes[name]
                for e in row.elements
                for name in ("title", "alt", "datetime", "content")
                if e.attributes.get(name)
            ),
        ]
        addresses = {
            address_key(e.attributes[name]) for e in row.elements for name in ADDRESSES if e.attributes.get(name)
        }
        found = frozenset(day for text in texts[:6] for match in DATE.findall(text)[:4] for day in days(match))
        return cls("\n".join(map(bare, texts)), "\n".join(addresses), found)

    def holds(self, sought: Sought) -> bool:
        """Whether the value stands in the row."""
        return bool(
            sought.text in self.text
            or (sought.address and sought.address in self.addresses)
            or (sought.day & self.days)
        )


def align(found: Sequence[Region], records: Sequence[Mapping[str, str]]) -> list[Alignment]:
    """The regions that hold something of the records, best first."""
    sought = [[Sought.of(str(value)) for value in record.values() if value] for record in records]
    known: dict[tuple[int, ...], Hay] = {}
    aligned = [_align(region, sought, known) for region in found if len(records) <= len(region.rows) <= MOST_ROWS]
    return sorted((a for a in aligned if a.held > 0), key=lambda a: (-a.held, -a.tightness))


def _align(region: Region, sought: Sequence[Sequence[Sought]], known: dict[tuple[int, ...], Hay]) -> Alignment:
    hays = [_hay(row, known) for row in region.rows]
    taken: set[int] = set()
    rows: list[int | None] = []
    held = size = 0.0
    last = -1
    for values in sought:
        best = _best_row(hays, values, taken, last)
        rows.append(best[1] if best else None)
        if best:
            taken.add(best[1])
            last = best[1]
            held += best[0]
            size += len(hays[best[1]].text)
    return Alignment(region, rows, held, -size)


def _best_row(hays: Sequence[Hay], values: Sequence[Sought], taken: set[int], last: int) -> tuple[float, int] | None:
    order = [*range(last + 1, len(hays)), *range(last + 1)]
    best: tuple[float, int] | None = None
    for index in order:
        if index not in taken:
            held = [value for value in values if hays[index].holds(value)]
            # A day is shared by many rows, and stands in their headings.
            count = len(held) - SHARED * sum(bool(value.day) for value in held)
            if count and (best is None or count > best[0]):
                best = (count, index)
                if len(held) == len(values):
                    break
    return best


def _hay(row: Row, known: dict[tuple[int, ...], Hay]) -> Hay:
    """What stands in a row; many regions share their rows, and telling it once is enough."""
    key = tuple(node.mem_id for node in row.nodes)
    if key not in known:
        known[key] = Hay.of(row)
    return known[key]
