"""The columns of a table: what stands at each path in each record, whole and in pieces."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lakehouse.agents.extract import resolve
from lakehouse.agents.scout.formats.leaves import leaves
from lakehouse.agents.scout.formats.pieces import pieces
from lakehouse.fetcher.cut import Cut, cut
from lakehouse.fetcher.data import show
from lakehouse.fetcher.paths import write_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lakehouse.agents.doctor.repair.data_tables import Table
    from lakehouse.fetcher.paths import Step

SAMPLE = 300
"""Records that are compared; all of them are looked at by the gate."""
MOST = 500
LONGEST = 4_000


@dataclass(frozen=True, eq=False)
class Column:
    """One path of a table, perhaps cut; `keys` are the names on the way to it, `place` its number."""

    path: tuple[Step, ...]
    raw: tuple[Any, ...]
    keys: tuple[str, ...]
    place: int
    options: Cut = field(default_factory=Cut)
    prefix: str = ""

    @property
    def selector(self) -> str:
        """The path as the fetcher language writes it."""
        return self.prefix + write_path(self.path)

    @cached_property
    def texts(self) -> list[str | None]:
        """What a reader of text gives in each record."""
        return [cut(shown, self.options) or None if (shown := show(value)[:LONGEST]) else None for value in self.raw]

    @cached_property
    def filled(self) -> list[str]:
        """The texts that are there."""
        return [text for text in self.texts if text]

    @property
    def fill(self) -> float:
        """The share of records that have a text."""
        return len(self.filled) / max(1, len(self.raw))

    @property
    def is_many(self) -> bool:
        """Whether some records have a list here."""
        return any(isinstance(value, list) for value in self.raw)


def columns(table: Table, old_cuts: Sequence[Mapping[str, Any]] = ()) -> list[Column]:
    """Return the columns of a table; each text one also in the pieces of its frames, and as the old fields were cut."""
    found: list[Column] = []
    for place, leaf in enumerate(leaves(table.records[:SAMPLE])):
        whole = Column(leaf.path, tuple(leaf.values), _keys(table, leaf.path), place, prefix=table.prefix)
        found += [whole, *_parts(whole, [piece.cut for piece in pieces(leaf)], old_cuts)]
    return found[:MOST]


def _keys(table: Table, path: Sequence[Step]) -> tuple[str, ...]:
    if table.names and len(path) == 1 and isinstance(path[0], int) and path[0] < len(table.names):
        return (table.names[path[0]],)
    return tuple(step for step in path if isinstance(step, str))


def _parts(whole: Column, cuts: Sequence[Cut], old_cuts: Sequence[Mapping[str, Any]]) -> Iterator[Column]:
    if not any(isinstance(value, str) for value in whole.raw):
        return
    seen = {tuple(whole.texts)}
    for options in [*(resolve(dict(old)) for old in old_cuts), *cuts]:
        part = replace(whole, options=Cut(**options))
        if part.filled and 2 * len(part.filled) >= len(whole.filled) and tuple(part.texts) not in seen:
            seen.add(tuple(part.texts))
            yield part
