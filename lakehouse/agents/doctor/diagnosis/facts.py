"""What a diagnosis is made of: everything that was gathered about one failure, and nothing that has to be fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.diagnosis.twins import twin_of
from lakehouse.agents.doctor.incident import FailedCheck
from lakehouse.fetcher.page import Page
from lakehouse.profile import DayStats


@dataclass(frozen=True)
class Failing:
    """One capture of a failing day.

    `url` is the address that was asked for, and the page's own address where redirects ended. `page` is None where no
    body came; then `error` says why. `nonsense` is the site's answer to an address that cannot exist, where known.
    """

    url: str
    page: Page | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    nonsense: Page | None = None


@dataclass(frozen=True)
class Facts:
    """Everything about one failure that the diagnosis may look at; what nobody found out is left at its default.

    `known` are pages of the last good day with their records. `stats` is the failing day as it was measured, `usual`
    the last good one. `reject_reasons` begin with the field at fault, as the contract writes them. `release_changed`
    says that another release was in force on the good day; `reads_known` whether the release in force still gives
    the known pages' records; `unfollowed` that a page leads to a next one which was not fetched.
    """

    failing: tuple[Failing, ...] = ()
    known: tuple[Known, ...] = ()
    blueprint: Blueprint | None = None
    failed_checks: tuple[FailedCheck, ...] = ()
    stats: DayStats | None = None
    usual: DayStats | None = None
    error: str = ""
    traceback: str = ""
    reject_reasons: tuple[str, ...] = ()
    release_changed: bool = False
    reads_known: bool | None = None
    unfollowed: bool = False

    def twin(self, failing: Failing) -> Known | None:
        """Return the known page of a failing one, by the address that was asked for or the one where it ended."""
        found = twin_of(failing.url, self.known)
        return found or (twin_of(failing.page.url, self.known) if failing.page else None)

    def failed(self, check: str) -> bool:
        """Return whether a check of this name failed."""
        return any(each.check == check for each in self.failed_checks)
