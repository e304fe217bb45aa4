"""A possible repair, as a rung of the ladder puts it before the gate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.doctor.case import Case, Record


@dataclass(frozen=True)
class Proposal:
    """A blueprint that may read the failing pages, and what its rung thinks of it.

    `fits` has, for each field that it reads, how well its values look like the known ones, and `score` how well the
    whole does; both from 0 to 1. They are evidence for the gate, which measures on its own. Where a language model
    wrote `code`, that is what would be released, and `given` what it read off the failing pages in the sandbox.
    """

    rung: str
    blueprint: Blueprint
    fits: Mapping[str, float] = field(default_factory=dict)
    score: float = 0.0
    notes: tuple[str, ...] = ()
    code: str = ""
    given: tuple[Record, ...] = ()


Rung = Callable[[Case], Iterable[Proposal]]
"""One way of finding candidates, best first; it raises nothing for bad pages, and says nothing where it knows nothing.
"""
