"""How well a page looks like one that was known, whatever its build."""

from __future__ import annotations

from dataclasses import dataclass

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.diagnosis.facts import Failing
from lakehouse.agents.doctor.diagnosis.known_rows import distinctive
from lakehouse.agents.doctor.diagnosis.page_cause import page_cause
from lakehouse.agents.doctor.diagnosis.structure import heading_of, title_of
from lakehouse.agents.doctor.moved_leads import Lead, Lost, likeness
from lakehouse.agents.scout.candidates import is_html
from lakehouse.agents.scout.match import bare
from lakehouse.fetcher.page import Page

OVERLAP, NAME, LED, KIND = 0.6, 0.15, 0.15, 0.1
"""What each kind of evidence weighs: records that are there again, the name, what led there, the same kind of page."""
BOTH = 2


@dataclass(frozen=True)
class Likeness:
    """How much a page looks like the lost one, from 0 to 1, and by what."""

    score: float
    evidence: tuple[str, ...]


def look_alike(page: Page, status: int, lead: Lead, lost: Lost) -> Likeness:
    """Return how much a page looks like the lost one; walls and error pages do not at all.

    The worse error is to rank a wrong page first: so the records weigh the most, and a name without them is little.
    """
    cause = page_cause(Failing(page.url, page, status))
    if cause.cause is not None:
        return Likeness(0.0, (cause.says,))
    overlap, told = _overlap(page, lost)
    name = max((likeness(old, new) for old in lost.names for new in _names(page)), default=0.0)
    same_kind = any(is_html(each.page) == is_html(page) and each.page.is_json == page.is_json for each in lost.known)
    score = OVERLAP * overlap + NAME * name + LED * lead.promise + KIND * same_kind
    evidence = [lead.why, *([told] if told else [])]
    if name:
        evidence.append(f"its name shares {name:.0%} of its words with the known one".replace("%", " %"))
    return Likeness(round(score, 3), tuple(evidence))


def _names(page: Page) -> list[str]:
    return [title_of(page), heading_of(page)] if is_html(page) else []


def _overlap(page: Page, lost: Lost) -> tuple[float, str]:
    """Return the best share of a known page's records, or of its only record's values, that stand on the page."""
    text = bare(page.html.html if is_html(page) else page.text)
    best, told = 0.0, ""
    for known in lost.known:
        found, of, what = _found(text, known)
        if of and found / of > best:
            best, told = found / of, f"{found} of {of} known {what} stand on it"
    return best, told


def _found(text: str, known: Known) -> tuple[int, int, str]:
    wanted = [values for values in distinctive(known.records) if values]
    if len(wanted) == 1:
        return sum(value in text for value in wanted[0]), len(wanted[0]), "values"
    # One value may stand anywhere, as the name of a street does; two of one record seldom meet by chance.
    hits = sum(sum(value in text for value in values) >= min(BOTH, len(values)) for values in wanted)
    return hits, len(wanted), "records"
