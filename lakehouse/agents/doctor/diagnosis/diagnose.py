"""From facts to a diagnosis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lakehouse.agents.doctor.diagnosis.facts import Facts, Failing
from lakehouse.agents.doctor.diagnosis.judge import judge_whole
from lakehouse.agents.doctor.diagnosis.page_cause import PageCause, page_cause
from lakehouse.agents.doctor.diagnosis.treatments import TREATMENTS
from lakehouse.agents.doctor.incident import PASSING, Class, Diagnosis

MOST_OF_ALL = 0.5
"""Share of the captures that must speak for a cause that is no matter of the page's build."""
SOME = 0.1
"""Share of lost captures up to which a day is taken for whole, as the fetch itself does."""
MOST_SENTENCES = 4


def diagnose(facts: Facts) -> Diagnosis:
    """Return the cause of a failure, its signs as sentences, and what follows.

    First what became of each page, since nothing can be said of code that saw no page; then what is wrong with the
    pages that came whole. Signs that contradict each other give "unknown", and a person is asked.
    """
    causes = [page_cause(failing, facts.twin(failing)) for failing in facts.failing]
    if not causes:
        return _without_pages(facts)
    lost = [cause for cause in causes if cause.cause is not None]
    return _by_start(facts, causes) or _by_lost_pages(facts, causes, lost) or _by_whole_pages(facts, causes, lost)


def readable(facts: Facts) -> tuple[Failing, ...]:
    """Return the failing captures that a repair may learn from: no walls, no error pages, nothing that broke off."""
    return tuple(each for each in facts.failing if _is_readable(page_cause(each, facts.twin(each))))


def _is_readable(cause: PageCause) -> bool:
    """Tell whether a page came whole; after a redirect elsewhere it did, at another address."""
    return cause.cause is None or (cause.cause == "moved" and cause.is_page)


def _without_pages(facts: Facts) -> Diagnosis:
    if facts.reads_known is False or facts.traceback:
        said = facts.error or "The fetcher failed before it asked for a page."
        return diagnosis("code", (said[:300],))
    return diagnosis("unknown", (facts.error[:300] or "There is no page to look at.",))


def _by_start(facts: Facts, causes: Sequence[PageCause]) -> Diagnosis | None:
    """Judge by the start page where it was lost, since all others hang on it."""
    start = facts.blueprint.start if facts.blueprint else ""
    found = [cause for failing, cause in zip(facts.failing, causes, strict=True) if failing.url == start]
    kinds = {cause.cause for cause in found}
    return _of(found) if len(kinds) == 1 and None not in kinds else None


def _by_lost_pages(facts: Facts, causes: Sequence[PageCause], lost: Sequence[PageCause]) -> Diagnosis | None:
    """Judge by the pages that were lost where they are most of all, or more than a few of a day else in order."""
    share, kinds = len(lost) / len(causes), {cause.cause for cause in lost}
    if not lost or (share < MOST_OF_ALL and (share < SOME or _is_unwell(facts))):
        return None
    if kinds <= PASSING:
        return _of([cause for cause in lost if cause.cause == "limited"] or lost)
    if len(kinds) == 1:
        return _of(lost)
    common, count = Counter(cause.cause for cause in lost).most_common(1)[0]
    if count > (1 - SOME) * len(lost):
        return _of([cause for cause in lost if cause.cause == common])
    return diagnosis("unknown", _told(_each_once(lost)))


def _is_unwell(facts: Facts) -> bool:
    """Tell whether more is wrong than that records are missing."""
    return bool(facts.traceback) or any(facts.failed(check) for check in ("contract", "coverage", "drift"))


def _by_whole_pages(facts: Facts, causes: Sequence[PageCause], lost: Sequence[PageCause]) -> Diagnosis:
    whole = [failing for failing, cause in zip(facts.failing, causes, strict=True) if cause.cause is None]
    cause, because = judge_whole(facts, whole)
    beside = (f"{len(lost)} of {len(causes)} pages did not come: {lost[0].says}",) if lost else ()
    if lost and cause == "quiet":
        return diagnosis("unknown", (*because, *beside))
    return diagnosis(cause, (*because, *beside))


def _of(found: Sequence[PageCause]) -> Diagnosis:
    cause = found[0].cause or "unknown"
    address = next((each.address for each in found if each.address), "")
    return diagnosis(cause, _told(found), address)


def _each_once(found: Sequence[PageCause]) -> list[PageCause]:
    return list({cause.cause: cause for cause in found}.values())


def _told(found: Sequence[PageCause]) -> tuple[str, ...]:
    said = list(dict.fromkeys(cause.says for cause in found))
    more = [f"{len(said) - MOST_SENTENCES} more pages did the like."] if len(said) > MOST_SENTENCES else []
    return (*said[:MOST_SENTENCES], *more)


def diagnosis(cause: Class, because: tuple[str, ...], address: str = "") -> Diagnosis:
    """Return a diagnosis with the treatment that its class calls for."""
    return Diagnosis(cause=cause, because=because, treatment=TREATMENTS[cause], address=address)
