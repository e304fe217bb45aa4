"""A finding says what speaks for it, and which field tells its records apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.scout import induce, scout
from lakehouse.agents.scout.evidence import with_evidence
from lakehouse.fetcher import Page
from tests.agents.builder.pages import PERMITS, URL, table
from tests.agents.scout.pages import BOOKS, cards

CELLS = st.text("abc 12", min_size=0, max_size=6).map(str.strip)


def plan(*names: str) -> Blueprint:
    fields = tuple(FieldPlan(name=name, selectors=(f"td.{name}",)) for name in names)
    return Blueprint(
        kind="listing", start=URL, rows=Rows(form="select", selector="table.permits tbody tr"), fields=fields
    )


def test_rows_fill_and_first_values_are_counted() -> None:
    page = table([("B-1", "Ana", "", "$1"), ("B-2", "Bo", "May 4, 2026", "$2"), ("B-3", "Cy", "", "$3")])
    seen = with_evidence(plan("permit", "issued", "nothing"), page).evidence
    assert seen.rows == 3
    assert seen.fill == {"permit": 1.0, "issued": 0.333, "nothing": 0.0}
    assert seen.samples == {"permit": ["B-1", "B-2", "B-3"], "issued": ["May 4, 2026"]}


def test_what_is_found_and_what_is_learned_have_evidence_and_a_key() -> None:
    page = cards()
    by_example = induce(page, [{"title": b["title"], "url": b["url"]} for b in BOOKS[:2]])
    for finding, key in ((scout(page), ("code",)), (by_example, ("url",))):
        assert finding.evidence.rows == len(BOOKS)
        assert finding.key == key
        assert all(share == 1.0 for share in finding.evidence.fill.values())
        assert 0 < finding.evidence.score < 1


def test_more_rows_speak_for_a_finding() -> None:
    few = table([("B-1", "Ana", "May 3, 2026", "$1"), ("B-2", "Bo", "May 4, 2026", "$2")])
    assert with_evidence(plan("permit"), few).evidence.score < with_evidence(plan("permit"), PERMITS).evidence.score


def test_a_key_that_is_there_is_kept_and_one_that_is_gone_is_sought_again() -> None:
    chosen = plan("applicant", "permit").model_copy(update={"key": ("permit",)})
    assert with_evidence(chosen, PERMITS).key == ("permit",)
    lost = plan("applicant").model_copy(update={"key": ("permit",)})
    assert with_evidence(lost, PERMITS).key == ("applicant",)


def test_a_page_without_records_is_evidence_of_nothing() -> None:
    seen = with_evidence(plan("permit"), Page(URL, b"<html><body><p>None today</p></body></html>"))
    assert (seen.evidence.rows, seen.evidence.score, seen.key) == (0, 0.0, ())


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8))
def test_a_key_is_always_unique_and_always_filled(cells: list[tuple[str, str]]) -> None:
    page = table([("x", a, b, "$1") for a, b in cells])
    found = with_evidence(plan("applicant", "issued"), page)
    for name in found.key:
        values = [pair[("applicant", "issued").index(name)] for pair in cells]
        assert all(values)
        assert len({" ".join(value.split()) for value in values}) == len(cells)
