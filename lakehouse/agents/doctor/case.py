"""What a repair starts from: pages that a fetcher no longer reads, and pages that it read well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.extract import is_detail
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
    known ones that most of the known records should still be on them. Where records stand on pages of their own, all
    this is said of those pages; `whole` then is the blueprint with its listing, `listing` the failing pages of that.
    """

    blueprint: Blueprint
    contract: Contract
    known: tuple[Known, ...]
    failing: tuple[Page, ...]
    recent: bool = False
    whole: Blueprint | None = None
    listing: tuple[Page, ...] = ()

    @property
    def records(self) -> list[Record]:
        """Return all known records."""
        return [record for known in self.known for record in known.records]

    @property
    def fields(self) -> list[str]:
        """Return the names of the fields that known records fill, in the contract's order."""
        return [name for name in self.contract.fields if any(record.get(name) for record in self.records)]

    def with_failing(self, pages: Iterable[Page]) -> Case:
        """Return the case for other failing pages, those of a listing apart from those of records behind it."""
        pages = tuple(pages)
        if self.whole is None:
            return replace(self, failing=pages)
        behind = tuple(page for page in pages if is_detail(page))
        return replace(self, failing=behind, listing=tuple(page for page in pages if page not in behind))
