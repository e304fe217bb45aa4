"""What is wrong where the pages came whole: less on the site, another build, other values, or the code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from lakehouse.agents.doctor.diagnosis.facts import Facts, Failing
from lakehouse.agents.doctor.diagnosis.less import empty, fewer
from lakehouse.agents.doctor.diagnosis.page_cause import FETCHER
from lakehouse.agents.doctor.diagnosis.whole import Finding, Whole
from lakehouse.agents.scout.candidates import is_html

MOSTLY = 0.5
LIKE = 0.5
"""Sameness under which two pages are of different builds for sure."""
OFTEN = 0.1
"""Share of the reasons from which on a field is at fault."""


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
    if whole.facts.failed("contract") and fields and _has_its_records(whole) and _is_minority(fields, whole):
        names = ", ".join(f"`{name}`" for name in fields)
        return "values", (f"{whole.records} records came, and were rejected for {names}.", whole.built)
    if whole.facts.failed("drift") and whole.is_same and not whole.facts.failed("coverage"):
        return "values", ("Values no longer look like themselves, and the pages are built as before.", whole.built)
    if whole.facts.failed("coverage") and _is_data(whole) and _has_its_records(whole):
        return "values", ("The records of the data are there, and fields turned empty, as when a key is renamed.",)
    return None


def _layout(whole: Whole) -> Finding | None:
    if whole.sameness is None and not whole.facts.failed_checks:
        return None
    fell = whole.failed
    if whole.records == 0 or fell:
        lost = "No records were found" if whole.records == 0 else f"The checks said no ({', '.join(fell)})"
        return "layout", (f"{lost} on pages that are whole.", whole.built)
    if whole.records is None and whole.sameness is not None and whole.sameness < LIKE:
        return "layout", ("The pages are whole.", whole.built)
    return None


RULES: tuple[Callable[[Whole], Finding | None], ...] = (
    _unreadable_known, empty, _raised, _careless, fewer, _values, _layout,
)  # fmt: skip
"""In order; the first that is sure answers."""


def _fields_at_fault(whole: Whole) -> list[str]:
    """Return the fields that make up most of the reasons, the most frequent first."""
    counted = Counter(reason.partition(":")[0] for reason in whole.facts.reject_reasons if not FETCHER.search(reason))
    return [name for name, count in counted.most_common() if count > OFTEN * counted.total()]


def _is_minority(fields: list[str], whole: Whole) -> bool:
    known = whole.facts.blueprint.fields if whole.facts.blueprint else ()
    return len(fields) <= max(1, MOSTLY * len(known)) and "page" not in fields


def _has_its_records(whole: Whole) -> bool:
    """Tell whether about as many records came as usual, from data or from pages that are not built anew."""
    if not _is_data(whole) and whole.sameness is not None and whole.sameness < LIKE:
        return False
    usual = whole.facts.usual.rows + whole.facts.usual.rejects if whole.facts.usual else 0
    return (whole.records or 0) >= MOSTLY * usual


def _is_data(whole: Whole) -> bool:
    return bool(whole.pairs) and not any(is_html(page) for page, _ in whole.pairs)
