"""Kinds of change that sites make, each done to a page whose records are known."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.mutating.build import reorder, to_cards, unwrap, wrap
from benchmarks.mutating.cells import change_dates, change_decimals, delete_field, merge_fields, split_field
from benchmarks.mutating.classes import hash_classes, rename_classes
from benchmarks.mutating.rows import advertisements, fewer_rows, look_alikes
from benchmarks.mutating.sheet import Sheet

KINDS: tuple[Callable[[Sheet], bool], ...] = (
    rename_classes,
    hash_classes,
    wrap,
    unwrap,
    reorder,
    to_cards,
    delete_field,
    split_field,
    merge_fields,
    change_dates,
    change_decimals,
    look_alikes,
    advertisements,
    fewer_rows,
)
"""Each changes a sheet in place, and its records where the change makes others true; False where it cannot be done."""
