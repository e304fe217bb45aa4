"""What a repair starts from: pages that a fetcher no longer reads, and pages that it read well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lakehouse.agents.blueprint import Blueprint
from lakehouse.contract import Contract
from lakehouse.fetcher.page import Page

Record = Mapping[str, str]
"""Field to value as it is printed on the page; the items of a list are joined by line breaks."""


@dataclass(frozen=True)
class Known:
    """A page of a good day, and the records that it gave."""

    page: Page
    records: tuple[Record, ...]


@dataclass(frozen=True)
class Case:
    """One source to repair: nothing in it can be changed by a candidate.

    `blueprint` is that of the release in force. `recent` says that the failing pages were captured so soon after the
    known ones that most of the known records should still be on them.
    """

    blueprint: Blueprint
    contract: Contract
    known: tuple[Known, ...]
    failing: tuple[Page, ...]
    recent: bool = False

    @property
    def records(self) -> list[Record]:
        """Return all known records."""
        return [record for known in self.known for record in known.records]

    @property
    def fields(self) -> list[str]:
        """Return the names of the fields that known records fill, in the contract's order."""
        return [name for name in self.contract.fields if any(record.get(name) for record in self.records)]
