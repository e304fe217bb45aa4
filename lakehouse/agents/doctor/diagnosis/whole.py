"""What is wrong where the pages came whole: less on the site, another build, other values, or the code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.diagnosis.facts import Facts, Failing
from lakehouse.agents.doctor.diagnosis.page_cause import FETCHER
from lakehouse.agents.doctor.diagnosis.quiet import declared_empty
from lakehouse.agents.doctor.diagnosis.row_like import row_like_items
from lakehouse.agents.doctor.diagnosis.structure import SAME, same_structure
from lakehouse.agents.doctor.incident import Class
from lakehouse.agents.scout.candidates import is_html
from lakehouse.agents.scout.scripted import needs_script
from lakehouse.fetcher.page import Page

AS_MANY = 0.9
"""Share of the items on the pages that were read, from which on nothing was lost."""
MOSTLY = 0.5
LIKE = 0.5
"""Sameness under which two pages are of different builds for sure."""

Finding = tuple[Class, tuple[str, ...]]


@dataclass(frozen=True)
class Whole:
    """Failing pages that came whole, and what else is known of the failure."""

    facts: Facts
    failing: tuple[Failing, ...]

    @cached_property
    def pairs(self) -> list[tuple[Page, Known | None]]:
        """The pages with their known twins."""
        return [(each.page, self.facts.twin(each)) for each in self.failing if each.page is not None]

    @cached_property
    def sameness(self) -> float | None:
        """How far the pages are built as the known ones, by the page that differs most; None without twins."""
        found = [same_structure(twin.page, page) for page, twin in self.pairs if twin is not None]
        return min(found, default=None)

    @property
    def is_same(self) -> bool:
        """Whether all pages are built as before."""
        return self.sameness is not None and self.sameness >= SAME

    @property
    def raised(self) -> str:
        """What the fetcher raised, or an empty string."""
        told = (self.facts.error, *self.facts.reject_reasons, *(each.error for each in self.failing))
        lines = self.facts.traceback.strip().splitlines()
        return next((text for text in told if FETCHER.search(text)), lines[-1] if lines else "")

    @property
    def records(self) -> int | None:
        """How many records the fetcher found, good or not; None where nobody counted."""
        stats = self.facts.stats
        return None if stats is None else stats.rows + stats.rejects

    @property
    def built(self) -> str:
        """How the pages are built, as a sentence."""
        if self.sameness is None:
            return "There is no known page to compare with."
        return f"The pages are built as the known ones to {self.sameness:.0%}.".replace("%", " %")


def judge_whole(facts: Facts, failing: Sequence[Failing]) -> Finding:
    """Return the class of a failure whose pages are whole, and why; "unknown" where no rule is sure.

    The worse errors are to call a loss quiet, and to repair what a person should look at.
    """
    whole = Whole(facts, tuple(failing))
    return next(
        (finding for rule in RULES if (finding := rule(whole))), ("unknown", ("No rule explains it.", whole.built))
    )


def _unreadable_known(whole: Whole) -> Finding | None:
    if whole.facts.reads_known is not False:
        return None
    who = "The release changed since the good day, and" if whole.facts.release_changed else "The release in force"
    return "code", (f"{who} no longer reads the known pages either.",)


def _raised(whole: Whole) -> Finding | None:
    if not whole.raised:
        return None
    said = f"The fetcher failed: {whole.raised[:200]}"
    if whole.sameness is None:
        return "unknown", (said, whole.built)
    if whole.facts.release_changed and not whole.is_same and whole.facts.reads_known is None:
        return "unknown", (said, whole.built, "The release changed too, so that either may be the cause.")
    return "code" if whole.is_same else "layout", (said, whole.built)


def _careless(whole: Whole) -> Finding | None:
    if not whole.facts.release_changed or whole.facts.reads_known:
        return None
    if whole.is_same:
        return "code", ("The release changed since the good day, and the pages did not.", whole.built)
    return "unknown", ("The release changed since the good day, and so did the pages.", whole.built)


def _values(whole: Whole) -> Finding | None:
    """Records there, and a few of their fields at fault: rejected, drifted, or, in data, under another key."""
    if not whole.records:
        return None
    fields = _fields_at_fault(whole)
    if whole.facts.failed("contract") and fields and _enough_records(whole) and _is_minority(fields, whole):
        names = ", ".join(f"`{name}`" for name in fields)
        return "values", (f"{whole.records} records came, and were rejected for {names}.", whole.built)
    if whole.facts.failed("drift") and whole.is_same and not whole.facts.failed("coverage"):
        return "values", ("Values no longer look like themselves, and the pages are built as before.", whole.built)
    if whole.facts.failed("coverage") and _is_data(whole) and _enough_records(whole):
        return "values", ("The records of the data are there, and fields turned empty, as when a key is renamed.",)
    return None


def _empty(whole: Whole) -> Finding | None:
    if whole.records != 0:
        return None
    said = [declared_empty(page, twin) if twin else None for page, twin in whole.pairs]
    if said and all(said):
        items = row_like_items([page for page, _ in whole.pairs], whole.facts.known)
        contradicts = f"Yet {items} items on the pages look like rows."
        return ("unknown", (str(said[0]), contradicts)) if items else ("quiet", (str(said[0]), whole.built))
    if any(said):
        return "unknown", (str(next(filter(None, said))), "Other pages of the day do not say so.")
    if any(_is_shell(page, twin) for page, twin in whole.pairs):
        return "unknown", (
            "The page is brought by scripts now; `render: true` in source.yaml may show it.",
            whole.built,
        )
    if whole.is_same and all(_has_no_rows(page, twin) for page, twin in whole.pairs):
        return "unknown", (
            "The place of the records is empty, and the page does not say that this is right.",
            whole.built,
        )
    return None


def _fewer(whole: Whole) -> Finding | None:
    """Fewer or more rows than usual, and as many items on the pages, which are built as before: it is so."""
    if not whole.records or not whole.facts.failed("volume") or not whole.is_same or whole.facts.unfollowed:
        return None
    items = row_like_items([page for page, _ in whole.pairs], whole.facts.known)
    if items is None or len(whole.pairs) != len(whole.failing) or _lacks_pages(whole):
        return None
    if AS_MANY * items <= whole.records <= max(items, 1) / AS_MANY:
        read = f"The pages have {items} items that look like rows, and {whole.records} were read."
        return "quiet", (read, whole.built)
    return None


def _lacks_pages(whole: Whole) -> bool:
    """Tell whether fewer pages came than usual, though the last one is as full as if another followed."""
    stats, usual = whole.facts.stats, whole.facts.usual
    return bool(stats and usual and stats.pages < usual.pages) and _is_full(whole)


def _layout(whole: Whole) -> Finding | None:
    if whole.sameness is None and not whole.facts.failed_checks:
        return None
    fell = [check for check in ("volume", "coverage", "contract", "drift") if whole.facts.failed(check)]
    if whole.records == 0 or fell:
        lost = "No records were found" if whole.records == 0 else f"The checks said no ({', '.join(fell)})"
        return "layout", (f"{lost} on pages that are whole.", whole.built)
    if whole.records is None and whole.sameness is not None and whole.sameness < LIKE:
        return "layout", ("The pages are whole.", whole.built)
    return None


RULES: tuple[Callable[[Whole], Finding | None], ...] = (
    _unreadable_known, _raised, _careless, _empty, _fewer, _values, _layout,
)  # fmt: skip
"""In order; the first that is sure answers."""


def _fields_at_fault(whole: Whole) -> list[str]:
    """Return the fields that make up most of the reasons, the most frequent first."""
    counted = Counter(reason.partition(":")[0] for reason in whole.facts.reject_reasons if not FETCHER.search(reason))
    return [name for name, count in counted.most_common() if count > 0.1 * counted.total()]


def _is_minority(fields: list[str], whole: Whole) -> bool:
    known = whole.facts.blueprint.fields if whole.facts.blueprint else ()
    return len(fields) <= max(1, MOSTLY * len(known)) and "page" not in fields


def _enough_records(whole: Whole) -> bool:
    usual = whole.facts.usual.rows + whole.facts.usual.rejects if whole.facts.usual else 0
    return (whole.records or 0) >= MOSTLY * usual


def _is_data(whole: Whole) -> bool:
    return bool(whole.pairs) and not any(is_html(page) for page, _ in whole.pairs)


def _is_shell(page: Page, twin: Known | None) -> bool:
    was = twin is not None and is_html(twin.page) and needs_script(twin.page, 0)
    return is_html(page) and not was and needs_script(page, 0)


def _has_no_rows(page: Page, twin: Known | None) -> bool:
    return twin is not None and len(twin.records) > 1 and row_like_items([page], [twin]) == 0


def _is_full(whole: Whole) -> bool:
    """Tell whether the last page is as full as the known ones, so that there should have been another."""
    page, twin = whole.pairs[-1]
    items = row_like_items([page], [twin]) if twin else None
    return items is None or (twin is not None and items >= len(twin.records))
