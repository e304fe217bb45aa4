"""From rows of data to a finding: its fields, typed and named, its key, and what speaks for it."""

from __future__ import annotations

from math import log2, sqrt
from typing import TYPE_CHECKING, Any

from lakehouse.agents.blueprint import Blueprint, Evidence, FieldPlan
from lakehouse.agents.extract import rows_of
from lakehouse.agents.scout.formats.leaves import Leaf, leaves
from lakehouse.agents.scout.formats.naming import different, names_of, snake
from lakehouse.agents.scout.formats.pieces import with_pieces
from lakehouse.agents.scout.formats.vote import vote
from lakehouse.agents.scout.plans import written
from lakehouse.fetcher.data import show
from lakehouse.fetcher.paths import write_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.blueprint import Kind, Rows
    from lakehouse.fetcher.page import Page

MOST = 40
"""Fields that a finding has at most: those that say most."""
SAMPLE = 500
SAMPLES = 3
LONGEST_SAMPLE = 200
OF_OTHERS = 0.2
"""What counts of values that belong to a list inside the records; that list is a finding of its own."""
HALF_SCORE = 8.0
"""Weight at which a finding's score is one half."""


def offer(
    page: Page, kind: Kind, rows: Rows, *, names: Sequence[str] = (), records: Sequence[Any] | None = None
) -> Blueprint | None:
    """The finding that rows of data make, or None where they hold nothing.

    `names` are those of columns that have numbers only; `records` what the rows are known to give.
    """
    records = [node.value for node in rows_of(page, rows)] if records is None else records
    columns = best(with_pieces(leaves(records[:SAMPLE])))
    if not columns:
        return None
    fields = plan(columns, names)
    key = key_of(fields, columns)
    fields = [field.model_copy(update={"required": field.name in key}) for field in fields]
    return Blueprint(
        kind=kind,
        start=page.url,
        rows=rows,
        fields=tuple(fields),
        key=key,
        evidence=evidence(fields, columns, len(records)),
    )


def best(found: Sequence[Leaf]) -> list[Leaf]:
    """The leaves that say most, in their order; of two that say the same everywhere, the one with the shorter path."""
    different_ones: dict[tuple[str, ...], Leaf] = {}
    for leaf in sorted(found, key=lambda leaf: len(leaf.path)):
        different_ones.setdefault(_said(leaf), leaf)
    chosen = sorted(different_ones.values(), key=weight, reverse=True)[:MOST]
    return [leaf for leaf in found if any(leaf is each for each in chosen)]


def _said(leaf: Leaf) -> tuple[str, ...]:
    said = tuple(show(value) for value in leaf.values)
    # Zeros and noes agree by chance; what differs from record to record, or is one word in all, does not.
    differs = len(set(said)) > 2 or (
        len(said) > 1 and len(set(said)) == 1 and said[0].isalpha() and said[0] not in ("true", "false")
    )
    return said if differs else (*said, write_path(leaf.path), leaf.piece)


def plan(columns: Sequence[Leaf], names: Sequence[str] = ()) -> list[FieldPlan]:
    """A field for each leaf."""
    numbered = [leaf.path[0] for leaf in columns]
    if names and all(isinstance(place, int) and place < len(names) for place in numbered):
        named = [snake(names[place]) for place in numbered if isinstance(place, int)]
    else:
        named = names_of([leaf.path for leaf in columns])
    pieces = [f"{name}_{leaf.piece}" if leaf.piece else name for leaf, name in zip(columns, named, strict=True)]
    return [_field(leaf, name) for leaf, name in zip(columns, different(pieces), strict=True)]


def _field(leaf: Leaf, name: str) -> FieldPlan:
    reading = vote(leaf.values, name)
    return FieldPlan(
        name=name,
        reader=reading.reader,
        selectors=(write_path(leaf.path),),
        options={**reading.options, **written(leaf.cut)},
    )


def key_of(fields: Sequence[FieldPlan], columns: Sequence[Leaf]) -> tuple[str, ...]:
    """The field that tells records apart in every row: by its name, else an address, else the first text; or none."""
    apart = [field for field, leaf in zip(fields, columns, strict=True) if _tells_apart(leaf)]
    ranked = sorted(apart, key=_keyness)
    return (ranked[0].name,) if ranked and _keyness(ranked[0]) < 4 else ()


def _tells_apart(leaf: Leaf) -> bool:
    return len(leaf.values) > 1 and len({show(value) for value in leaf.present}) == len(leaf.values)


def _keyness(field: FieldPlan) -> int:
    name, reader = field.name, field.reader
    if name in ("id", "uuid", "guid", "key", "identifier"):
        return 0
    if name.endswith(("_id", "_no", "_number", "_key")) or name in ("slug", "number", "no", "code"):
        return 1
    return 2 if reader == "link" else 3 if reader == "text" else 4


def weight(leaf: Leaf) -> float:
    """How much a leaf says: filled, different from record to record, long enough to be worth reading."""
    present = [show(value) for value in leaf.present]
    length = sum(map(len, present)) / len(present)
    return len(present) / len(leaf.values) * (0.1 + len(set(present)) / len(present)) * min(1.0, 0.3 + length / 30)


def evidence(fields: Sequence[FieldPlan], columns: Sequence[Leaf], rows: int) -> Evidence:
    """What speaks for the finding; its score grows with rows and with what the fields say, up to 1."""
    total = log2(1 + rows) * sqrt(sum(weight(leaf) * (OF_OTHERS if None in leaf.path else 1) for leaf in columns))
    named = list(zip(fields, columns, strict=True))
    return Evidence(
        rows=rows,
        fill={field.name: round(len(leaf.present) / len(leaf.values), 3) for field, leaf in named},
        samples={field.name: [_shortened(value) for value in leaf.present[:SAMPLES]] for field, leaf in named},
        score=round(total / (total + HALF_SCORE), 4),
    )


def _shortened(value: Any) -> str:
    return show(value)[:LONGEST_SAMPLE]
